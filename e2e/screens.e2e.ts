import { expect, inject, test } from 'vitest'
import type { Language } from '#core/text.ts'
import { axeFindings, DESK, follow, PHONE, settled, visit, visitSignedIn } from './browser.ts'

interface Listed {
  readonly items: readonly { readonly id: string }[]
}

async function firstOf(path: string): Promise<string> {
  const { url, token } = inject('program')
  const reply = await fetch(`${url}/api/v1${path}`, { headers: { authorization: `Bearer ${token}` } })
  return ((await reply.json()) as Listed).items[0]!.id
}

/** Every screen there is for somebody signed in. */
async function screens(): Promise<string[]> {
  const incident = await firstOf('/incidents?limit=1')
  const customer = await firstOf('/customers?limit=1')
  const agreement = await firstOf('/agreements?limit=1')
  const calendar = await firstOf('/calendars?limit=1')
  const person = await firstOf('/people?limit=1')
  return [
    '/',
    '/incidents',
    '/incidents/new',
    `/incidents/${incident}`,
    '/attainment',
    '/reviews',
    '/reviews/new',
    '/imports',
    '/agreements',
    '/agreements/new',
    `/agreements/${agreement}`,
    `/calendars/${calendar}`,
    '/customers',
    `/customers/${customer}`,
    '/people',
    '/people/invite',
    `/people/${person}`,
    '/account',
    '/help/every-day',
    '/kit',
    '/nowhere',
  ]
}

const views: readonly [string, Language, 'light' | 'dark', typeof DESK | typeof PHONE][] = [
  ['on a desk, light, in English', 'en', 'light', DESK],
  ['on a desk, dark, in German', 'de', 'dark', DESK],
  ['on a phone, light, in German', 'de', 'light', PHONE],
]

test.concurrent.each(views)(
  'every screen is accessible and whole %s',
  async (_, language, scheme, viewport) => {
    const { page, context, complaints } = await visitSignedIn({ language, scheme, viewport })
    const found: string[] = []
    const [first, ...others] = await screens()
    await page.goto(first!)
    await settled(page)
    for (const path of [first!, ...others]) {
      if (path !== first) await follow(page, path)
      for (const finding of await axeFindings(page)) found.push(`${path}: ${finding}`)
      const sideways = await page.evaluate(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      )
      if (Number(sideways) > 0) found.push(`${path}: ${String(sideways)} px wider than the window`)
      // A key where its text should be.
      const key =
        /\b(app|ui|people|incidents|attainment|reviews|imports|customers|agreements|service-levels|today|help)\.[a-z][a-z-]*\.[a-z-]+\b/.exec(
          await page.locator('body').innerText(),
        )
      if (key) found.push(`${path}: shows ${key[0]}`)
    }
    expect(found).toEqual([])
    expect(complaints).toEqual([])
    await context.close()
  },
  180_000,
)

test.each(['en', 'de'] as const)('who is not signed in gets accessible pages too, in %s', async (language) => {
  const visitor = await visit({ language })
  const found: string[] = []
  for (const path of ['/sign-in', '/set-up', '/invitation#wrong', '/password-reset#wrong']) {
    await visitor.page.goto(path)
    await settled(visitor.page)
    for (const finding of await axeFindings(visitor.page)) found.push(`${path}: ${finding}`)
  }
  expect(found).toEqual([])
  await visitor.context.close()
})
