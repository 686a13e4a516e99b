import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, type BrowserContext, chromium, type Page, type Request } from 'playwright-core'
import { afterAll, afterEach, inject } from 'vitest'
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

// What a journey that failed was looking at says why sooner than what it waited for.
afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return
  for (const { page, complaints } of visitors.filter((each) => !each.page.isClosed())) {
    const main = await page.locator('body').innerText({ timeout: 1000 }).catch(String)
    const head = `Open when “${task.name}” failed: ${page.url()}`
    process.stderr.write(`${[head, ...complaints, main.slice(0, 4000)].join('\n')}\n`)
  }
})

export const DESK = { width: 1440, height: 900 } as const
export const PHONE = { width: 390, height: 844 } as const

export interface Visit {
  readonly language?: Language
  readonly scheme?: 'light' | 'dark'
  readonly viewport?: { readonly width: number; readonly height: number }
  /** A phone's: touched, and without a mouse. */
  readonly touch?: boolean
  /** Where the program is; the one with the sample company unless given. */
  readonly url?: string
  /** With what lets the program work without a network. */
  readonly offline?: boolean
}

export interface Visitor {
  readonly page: Page
  readonly context: BrowserContext
  readonly url: string
  readonly language: Language
  /** What the page complained about: errors of scripts, refused answers of the server. */
  readonly complaints: string[]
  /** What the program says under a key, in the visitor's language, with plain values filled in. */
  readonly says: (key: string, values?: Readonly<Record<string, string>>) => string
}

const visitors: Visitor[] = []

/** Somebody with a browser of their own, not signed in. */
export async function visit({
  language = 'en',
  scheme = 'light',
  touch = false,
  viewport = touch ? PHONE : DESK,
  url = inject('program').url,
  offline = false,
}: Visit = {}): Promise<Visitor> {
  const context = await (
    await launched()
  ).newContext({
    viewport,
    hasTouch: touch,
    isMobile: touch,
    colorScheme: scheme,
    locale: language === 'de' ? 'de-DE' : 'en-GB',
    timezoneId: 'Europe/Berlin',
    baseURL: url,
    reducedMotion: 'reduce',
    // It would fetch the whole program for each visitor.
    serviceWorkers: offline ? 'allow' : 'block',
  })
  const page = await context.newPage()
  const complaints: string[] = []
  const asked = new Set<Request>()
  underWay.set(page, asked)
  // A stream of events is never done.
  page.on('request', (request) => void (request.url().endsWith('/events/stream') || asked.add(request)))
  page.on('requestfinished', (request) => asked.delete(request))
  page.on('requestfailed', (request) => asked.delete(request))
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('response', (reply) => {
    if (reply.status() >= 500) complaints.push(`${reply.status()} ${reply.url()}`)
  })
  const visitor: Visitor = {
    page,
    context,
    url,
    language,
    complaints,
    says: (key, values = {}) => {
      const text = texts(language, key.split('.')[0]!)[key]
      if (text === undefined) throw new Error(`Nothing is said under ${key}.`)
      return text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole)
    },
  }
  visitors.push(visitor)
  return visitor
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

/** Somebody who has signed in already: the administrator of the sample company unless told otherwise. */
export async function visitSignedIn(
  wished: Visit = {},
  person: { readonly email: string; readonly password: string } = ADMIN,
): Promise<Visitor> {
  const visitor = await visit(wished)
  const { context, language } = visitor
  const headers = { 'content-type': 'application/json' }
  const ask = () => context.request.post('/api/v1/sign-in', { headers, data: person })
  let reply = await ask()
  // Journeys beside each other sign in the same person more often than the program takes from one.
  for (let tries = 1; reply.status() === 429 && tries < 10; tries++) {
    await sleep(Number(reply.headers()['retry-after'] ?? 1) * 1000)
    reply = await ask()
  }
  if (!reply.ok()) throw new Error(`Nobody was signed in: ${await reply.text()}`)
  await context.addInitScript(`localStorage.setItem('plumbline.language', '${language}')`)
  return visitor
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

/** What each page has asked for and not got yet. */
const underWay = new WeakMap<Page, ReadonlySet<Request>>()

/** Until the page's title is there, and drawing what came makes it ask for nothing more. */
export async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  const asked = underWay.get(page)!
  for (let quiet = 0; quiet < 2; quiet = asked.size === 0 ? quiet + 1 : 0)
    await page.evaluate('new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)))')
}

/** Goes to another page as a link does, without loading the application anew. */
export async function follow(page: Page, path: string): Promise<void> {
  await page.evaluate(`history.pushState({}, '', ${JSON.stringify(path)})`)
  await settled(page)
}

/** A dialog, or what hangs from a button. */
const LAYER = ':is([role=dialog], [role=menu], [role=listbox]):not([hidden])'

/** What axe finds in what is open over the page; without such a thing on the page. What lies behind is covered on purpose. */
export async function layerFindings(page: Page): Promise<string[]> {
  if ((await page.locator(LAYER).filter({ visible: true }).count()) > 0) return axeFindings(page, LAYER)
  // Wherever a page was scrolled to, some row lies half under what stays at its foot.
  await page.evaluate('scrollTo(0, 0)')
  return axeFindings(page)
}

/** What axe finds on the page as it stands, or in a part of it, one line a finding. */
export async function axeFindings(page: Page, part = 'html'): Promise<string[]> {
  // Axe is large, and stays on a page that nothing loads anew; the builder would bring it twice for each look.
  const isThere = await page.evaluate<boolean>('typeof axe === "object"')
  // Without frames there is nothing to gather from them, which would take a page of its own each time.
  const { violations } = await new AxeBuilder({ page, ...(isThere && { axeSource: ';' }) })
    .setLegacyMode()
    .include(part)
    // All rules are tried; what passed is not described, node by node, for nobody to read.
    .options({ resultTypes: ['violations'] })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    .analyze()
  return violations.map(
    ({ id, nodes }) => `${id} ${nodes[0]?.target.join(' ')} ${nodes[0]?.failureSummary?.split('\n')[1] ?? ''}`,
  )
}
