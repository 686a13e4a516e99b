import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import type { Language } from '#core/text.ts'
import { DESK, follow, layerFindings, PHONE, settled, visitSignedIn } from './browser.ts'
import { aRequester, everyScreen } from './every-screen.ts'
import { ADMIN } from './program.ts'
import { peopleOfMoney } from './screens-of-money.ts'

/** Of so many screens only those whose address begins like this. */
const ONLY = process.env['PLUMBLINE_SCREENS'] ?? '/'

/** Who looks at which screens. */
let visits: readonly (readonly [email: string, paths: readonly string[]])[] = []
beforeAll(async () => {
  const screens = await everyScreen()
  const requester = await aRequester()
  const all = [[ADMIN.email, screens], [requester.email, requester.screens], ...(await peopleOfMoney())] as const
  visits = all
    .map(([email, paths]) => [email, paths.filter((path) => path.startsWith(ONLY))] as const)
    .filter(([, paths]) => paths.length > 0)
})

const views: readonly [string, Language, 'light' | 'dark', typeof DESK | typeof PHONE][] = [
  ['on a desk, dark, in German', 'de', 'dark', DESK],
  ['on a phone, light, in English', 'en', 'light', PHONE],
]

test.concurrent.each(views)(
  'whatever a button of a screen opens is accessible, also with what is wrong in it, %s',
  async (_, language, scheme, viewport) => {
    const found: string[] = []
    let opened = 0
    for (const [email, paths] of visits) {
      const visitor = await visitSignedIn({ language, scheme, viewport }, { email, password: ADMIN.password })
      const { page } = visitor
      // They are looked at; what they would write is not written.
      await page.route('**/api/**', (route) => (route.request().method() === 'GET' ? route.continue() : route.abort()))
      await page.goto(paths[0]!)
      await settled(page)
      const pressed = new Set<string>()
      for (const path of paths) {
        await follow(page, path)
        for (const name of await newButtons(page, path, pressed)) {
          const findings = await findingsBehind(page, name)
          if (findings === null) continue
          opened += 1
          found.push(...findings.map((finding) => `${path}, ${name}: ${finding}`))
          await page.keyboard.press('Escape')
          await page.goto(path)
          await settled(page)
        }
      }
      await visitor.context.close()
    }
    expect(found).toEqual([])
    expect(opened).toBeGreaterThan(0)
  },
  60 * 60_000,
)

const BUTTONS = 'main :is(button, summary):visible:not([aria-disabled=true])'

/** What a screen's buttons are called, in their order. */
async function namesOf(page: Page): Promise<readonly string[]> {
  return page
    .locator(BUTTONS)
    .evaluateAll((all) =>
      all.map((each) => (each.getAttribute('aria-label') ?? (each as { innerText?: string }).innerText ?? '').trim()),
    )
}

/** Those that no screen of its kind had before; digits tell no two kinds apart. */
async function newButtons(page: Page, path: string, pressed: Set<string>): Promise<readonly string[]> {
  const room = path.split(/[?#]/)[0]!.split('/')[1]!
  return (await namesOf(page)).filter((name) => {
    const kind = `${room}: ${name.replaceAll(/\d+/g, '0')}`
    if (name === '' || pressed.has(kind)) return false
    pressed.add(kind)
    return true
  })
}

const DRAWN = 'document.body.innerHTML'

/** What is wrong with what a button opens or changes; null when it does nothing that is seen. */
async function findingsBehind(page: Page, name: string): Promise<readonly string[] | null> {
  const place = (await namesOf(page)).indexOf(name)
  if (place === -1) return null
  const before = await page.evaluate<string>(DRAWN)
  const isPressed = page.locator(BUTTONS).nth(place).click({ timeout: 2000 })
  if (!(await isPressed.then(...DONE))) return null
  const dialog = page.getByRole('dialog')
  await dialog
    .first()
    .waitFor({ timeout: 300 })
    .then(...DONE)
  await settled(page)
  if ((await page.evaluate<string>(DRAWN)) === before) return null
  const found = await layerFindings(page)
  const submit = dialog.locator('button[type=submit]:not([aria-disabled=true])').first()
  if ((await submit.count()) > 0 && (await submit.click({ timeout: 2000 }).then(...DONE))) {
    await settled(page)
    found.push(...(await layerFindings(page)).map((finding) => `sent: ${finding}`))
  }
  return found
}

const DONE = [() => true, () => false] as const
