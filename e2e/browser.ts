import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, inject } from 'vitest'
import type { Language } from '#core/text.ts'
import { ROOT } from '#platform/configuration.ts'
import { ADMIN } from './program.ts'

let browser: Browser | undefined

async function launched(): Promise<Browser> {
  const { executablePath, args } = inject('chromium')
  browser ??= await chromium.launch({ executablePath, args: [...args] })
  return browser
}

afterAll(async () => {
  await browser?.close()
  browser = undefined
})

export const DESK = { width: 1440, height: 900 } as const
export const PHONE = { width: 390, height: 844 } as const

export interface Visit {
  readonly language?: Language
  readonly scheme?: 'light' | 'dark'
  readonly viewport?: { readonly width: number; readonly height: number }
  /** Where the program is; the one with the sample company unless given. */
  readonly url?: string
}

export interface Visitor {
  readonly page: Page
  readonly context: BrowserContext
  readonly url: string
  readonly language: Language
  /** What the page complained about: errors of scripts, refused answers of the server. */
  readonly complaints: string[]
  /** What the program says under a key, in the visitor's language. */
  readonly says: (key: string) => string
}

/** Somebody with a browser of their own, not signed in. */
export async function visit({
  language = 'en',
  scheme = 'light',
  viewport = DESK,
  url = inject('program').url,
}: Visit = {}): Promise<Visitor> {
  const context = await (
    await launched()
  ).newContext({
    viewport,
    colorScheme: scheme,
    locale: language === 'de' ? 'de-DE' : 'en-GB',
    timezoneId: 'Europe/Berlin',
    baseURL: url,
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('response', (reply) => {
    if (reply.status() >= 500) complaints.push(`${reply.status()} ${reply.url()}`)
  })
  return {
    page,
    context,
    url,
    language,
    complaints,
    says: (key) => texts(language, key.split('.')[0]!)[key] ?? texts(language, 'ui')[key] ?? key,
  }
}

const catalogues = new Map<string, Readonly<Record<string, string>>>()

function texts(language: Language, part: string): Readonly<Record<string, string>> {
  const path = join(ROOT, `web/locales/${language}/${part}.json`)
  let catalogue = catalogues.get(path)
  if (catalogue === undefined) {
    catalogue = JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>
    catalogues.set(path, catalogue)
  }
  return catalogue
}

/** Signs in by the keyboard alone, as the administrator of the sample company unless told otherwise. */
export async function signIn(
  { page, says, language }: Visitor,
  { email, password }: { readonly email: string; readonly password: string } = ADMIN,
): Promise<void> {
  await page.goto('/sign-in')
  await page.getByRole('textbox', { name: says('people.email') }).waitFor()
  await page.keyboard.type(email)
  await page.keyboard.press('Tab')
  await page.keyboard.type(password)
  await page.keyboard.press('Enter')
  await page.waitForURL((at) => !at.pathname.startsWith('/sign-in'))
  await settled(page)
  // Signing in speaks the language of the account, which need not be the one of this visit.
  const headers = { 'content-type': 'application/json' }
  const changed = await page.request.patch('/api/v1/session/person', { headers, data: { language } })
  if (!changed.ok()) throw new Error(`The language was not taken: ${await changed.text()}`)
  await page.evaluate(`localStorage.setItem('plumbline.language', '${language}')`)
  await page.reload()
  await settled(page)
}

/** Until nothing is asked for any more and the page's title is there. */
export async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  await page.waitForLoadState('networkidle')
}
