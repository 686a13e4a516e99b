import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import type { Language } from '#core/text.ts'
import { axeFindings, DESK, follow, PHONE, settled, visit, type Visitor, visitSignedIn } from './browser.ts'
import { aRequester, everyScreen } from './every-screen.ts'
import { ADMIN } from './program.ts'
import { peopleOfMoney } from './screens-of-money.ts'

let screens: readonly string[] = []
let requester: Awaited<ReturnType<typeof aRequester>>
let ofMoney: Awaited<ReturnType<typeof peopleOfMoney>>
beforeAll(async () => {
  screens = await everyScreen()
  requester = await aRequester()
  ofMoney = await peopleOfMoney()
})

const views: readonly [string, Language, 'light' | 'dark', typeof DESK | typeof PHONE][] = [
  ['on a desk, dark, in German', 'de', 'dark', DESK],
  ['on a phone, light, in English', 'en', 'light', PHONE],
]

test.concurrent.each(views)(
  'every screen is accessible and whole %s',
  async (_, language, scheme, viewport) => {
    const visitor = await visitSignedIn({ language, scheme, viewport })
    // German words are the longer ones.
    expect(await faultsOf(visitor, screens, { zoomed: viewport === DESK && language === 'de' })).toEqual([])
    expect(visitor.complaints).toEqual([])
    await visitor.context.close()
  },
  480_000,
)

test.concurrent.each(views)(
  'every screen of who only reports is accessible and whole %s',
  async (_, language, scheme, viewport) => {
    const who = { email: requester.email, password: ADMIN.password }
    const visitor = await visitSignedIn({ language, scheme, viewport }, who)
    await visitor.page.goto('/')
    await visitor.page.waitForURL('**/portal')
    expect(await faultsOf(visitor, requester.screens)).toEqual([])
    expect(visitor.complaints).toEqual([])
    await visitor.context.close()
  },
  240_000,
)

test.concurrent.each(views)(
  'what a supplier’s coordinator and whoever keeps the books see is accessible and whole %s',
  async (_, language, scheme, viewport) => {
    for (const [email, paths] of ofMoney) {
      const visitor = await visitSignedIn({ language, scheme, viewport }, { email, password: ADMIN.password })
      expect(await faultsOf(visitor, paths)).toEqual([])
      expect(visitor.complaints).toEqual([])
      await visitor.context.close()
    }
  },
  120_000,
)

/** What each opens over the page of an incident: who has it, its priority, links, what it says, macros; the shell's own. */
const OPENING = ['a', 'p', 'l', 'e', 'v', '?', 'b', 'Control+k']

test.concurrent.each(views)(
  'every dialog over an incident is accessible, also with what is wrong in it, %s',
  async (_, language, scheme, viewport) => {
    const visitor = await visitSignedIn({ language, scheme, viewport })
    const { page } = visitor
    // They are looked at; what they would write is not written.
    const isRead = (method: string) => method === 'GET'
    await page.route('**/api/**', (route) => (isRead(route.request().method()) ? route.continue() : route.abort()))
    await page.goto(screens.find((path) => /^\/incidents\/[\da-f-]{36}$/.test(path))!)
    await settled(page)
    const dialog = page.getByRole('dialog')
    const found: string[] = []
    const look = async (what: string) => {
      for (const finding of await axeFindings(page)) found.push(`${what}: ${finding}`)
    }
    for (const key of OPENING) {
      await page.keyboard.press(key)
      await dialog.waitFor()
      await settled(page)
      await look(key)
      // What is barred as long as nothing is chosen says so at once.
      const submit = dialog.locator('button[type=submit]:not([aria-disabled=true])')
      if ((await submit.count()) > 0) {
        await submit.click()
        await dialog.locator('[aria-invalid=true], [role=alert]').first().waitFor()
        await look(`${key}, with what is wrong`)
      }
      await page.keyboard.press('Escape')
      await dialog.waitFor({ state: 'detached' })
    }
    expect(found).toEqual([])
    expect(visitor.complaints).toEqual([])
    await visitor.context.close()
  },
  120_000,
)

/** A window of 1280 × 1024 at 400 %; a narrow phone is as wide. */
const ZOOMED = { width: 320, height: 256 }

/** Pixels by which the page is wider than its window. */
async function sidewaysOf(page: Page): Promise<number> {
  return page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth')
}

/**
 * What is wrong with screens as they are seen one after the other.
 *
 * @param zoomed Each is looked at once more as at 400 %.
 */
async function faultsOf(
  { page }: Visitor,
  paths: readonly string[],
  { zoomed = false }: { readonly zoomed?: boolean } = {},
): Promise<readonly string[]> {
  const found: string[] = []
  const [first, ...others] = paths
  await page.goto(first!)
  await settled(page)
  for (const path of [first!, ...others]) {
    if (path !== first) await follow(page, path)
    for (const finding of await axeFindings(page)) found.push(`${path}: ${finding}`)
    const sideways = await sidewaysOf(page)
    if (sideways > 0) found.push(`${path}: ${sideways} px wider than the window`)
    if (zoomed) found.push(...(await zoomedFaults(page, path)))
    // A key where its text should be.
    const key =
      /\b(app|audit|ui|people|incidents|attainment|availability|reviews|imports|customers|agreements|service-levels|today|help|corrections|periods|what-if|portal|mail|escalations|major-incidents|knowledge|contacts|work|rules|webhooks|notifications|catalogue|requests|feedback|kpis|actions|improvements|friction|forums|stakeholders|contracts|margin|changes|renewals|suppliers|budgets|privacy)\.[a-z][a-z-]*\.[a-z-]+\b/.exec(
        await page.locator('body').innerText(),
      )
    if (key) found.push(`${path}: shows ${key[0]}`)
  }
  return found
}

async function zoomedFaults(page: Page, path: string): Promise<readonly string[]> {
  const size = page.viewportSize()!
  await page.setViewportSize(ZOOMED)
  // Laid out, drawn, and what hears of its size laid out again.
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))')
  const sideways = await sidewaysOf(page)
  await page.setViewportSize(size)
  return sideways > 0 ? [`${path}: ${sideways} px wider than the window at 400 %`] : []
}

test.concurrent.each(['en', 'de'] as const)(
  'who is not signed in gets accessible pages too, in %s',
  async (language) => {
    const visitor = await visit({ language })
    const found: string[] = []
    for (const path of ['/sign-in', '/set-up', '/invitation#wrong', '/password-reset#wrong', '/unsubscribe#wrong']) {
      await visitor.page.goto(path)
      await settled(visitor.page)
      for (const finding of await axeFindings(visitor.page)) found.push(`${path}: ${finding}`)
    }
    expect(found).toEqual([])
    await visitor.context.close()
  },
)
