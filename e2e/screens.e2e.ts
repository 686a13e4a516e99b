import { AxeBuilder } from '@axe-core/playwright'
import { expect, inject, test } from 'vitest'
import type { Language } from '#core/text.ts'
import { DESK, PHONE, settled, signIn, visit } from './browser.ts'

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
    '/kit',
    '/nowhere',
  ]
}

const views: readonly [string, Language, 'light' | 'dark', typeof DESK | typeof PHONE][] = [
  ['on a desk, light, in English', 'en', 'light', DESK],
  ['on a desk, dark, in German', 'de', 'dark', DESK],
  ['on a phone, light, in German', 'de', 'light', PHONE],
]

test.each(views)(
  'every screen is accessible and whole %s',
  async (_, language, scheme, viewport) => {
    const visitor = await visit({ language, scheme, viewport })
    await signIn(visitor)
    const found: string[] = []
    for (const path of await screens()) {
      await visitor.page.goto(path)
      await settled(visitor.page)
      const { violations } = await new AxeBuilder({ page: visitor.page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
        .analyze()
      for (const { id, nodes } of violations)
        found.push(`${path}: ${id} ${nodes[0]?.target.join(' ')} ${nodes[0]?.failureSummary?.split('\n')[1] ?? ''}`)
      const sideways = await visitor.page.evaluate(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      )
      if (Number(sideways) > 0) found.push(`${path}: ${String(sideways)} px wider than the window`)
      // A key where its text should be.
      const body = await visitor.page.locator('body').innerText()
      const key =
        /\b(app|ui|people|incidents|attainment|reviews|imports|customers|agreements|service-levels)\.[a-z][a-z-]*\.[a-z-]+\b/.exec(
          body,
        )
      if (key) found.push(`${path}: shows ${key[0]}`)
    }
    expect(found).toEqual([])
    expect(visitor.complaints).toEqual([])
    await visitor.context.close()
  },
  180_000,
)

test.each(['en', 'de'] as const)('who is not signed in gets accessible pages too, in %s', async (language) => {
  const visitor = await visit({ language })
  const found: string[] = []
  for (const path of ['/sign-in', '/set-up', '/invitation#wrong', '/password-reset#wrong']) {
    await visitor.page.goto(path)
    await settled(visitor.page)
    const { violations } = await new AxeBuilder({ page: visitor.page }).analyze()
    found.push(...violations.map(({ id, nodes }) => `${path}: ${id} ${nodes[0]?.target.join(' ')}`))
  }
  expect(found).toEqual([])
  await visitor.context.close()
})
