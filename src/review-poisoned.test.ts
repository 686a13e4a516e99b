import { expect, test, vi } from 'vitest'
import type { Edition } from '#api/reviews'
import { actorWith } from '#platform/testing.ts'
import { hasPdftotext, partsOf, pdfInside, pdfText } from './modules/reviews/documents-testing.ts'
import { CONFIDED, poisoned, SECRET, secretAmounts, told } from './review-poisoned-testing.ts'
import { testWorld } from './testing.ts'

// Three editions in two languages and all formats.
vi.setConfig({ testTimeout: 180_000 })

const manager = actorWith('staff', ['service-manager', 'administrator'])

/** A document as everything that is in it, opened to the last archive and stream, also as its pages are read. */
async function insideOf(file: string, content: Buffer): Promise<string> {
  if (!file.endsWith('.pdf')) return [...(await partsOf(content)).entries()].flat().join('\n')
  return `${pdfInside(content)}\n${hasPdftotext ? pdfText(content) : ''}`
}

/** An amount in either language, with and without its cents. */
const written = (minor: number) => {
  const whole = Math.trunc(minor / 100)
  return [String(minor), whole.toLocaleString('de'), whole.toLocaleString('en'), String(whole)]
}

test('no document of the customer’s has anything private, of another customer, or of a small group in any of its parts', async () => {
  const world = await testWorld({ now: new Date('2026-03-02T09:00Z') })
  const { call, work } = world
  const customer = await poisoned(world, 'Nordhafen')
  await poisoned(world, `${SECRET} Werke`, SECRET)
  expect((await call('POST', '/kpis/computations')).status).toBe(202)
  await work()
  const order = { customer, month: '2026-02', editions: ['customer', 'internal', 'one-page'] }
  const ordered = await call('POST', '/reviews', order, { as: manager })
  expect(ordered.status, ordered.text).toBe(202)
  await work()
  const { items } = (await call('GET', '/reviews', undefined, { as: manager })).body
  const of = (edition: Edition) => items.find((each: { edition: Edition }) => each.edition === edition)
  const texts = async (edition: Edition) => {
    const { id, documents } = of(edition)
    const found: string[] = []
    for (const { file } of documents) {
      const { bytes } = await call('GET', `/reviews/${id}/documents/${file}`, undefined, { as: manager })
      found.push(await insideOf(file, bytes))
    }
    expect(found.length).toBe(edition === 'one-page' ? 4 : 6)
    return found
  }

  const customerTexts = await texts('customer')
  const whole = customerTexts.join('\n')
  // It is read as it is written: each section is there.
  for (const [section, words] of Object.entries(told)) expect(whole, section).toContain(words)
  expect(whole).toContain('12.345,00')
  expect(whole).toContain('Ein Einsatz vor Ort im Monat')
  for (const text of [...customerTexts, ...(await texts('one-page'))]) {
    expect(text).not.toContain(SECRET)
    for (const amount of [...secretAmounts, 98_765_432].flatMap(written)) expect(text).not.toContain(amount)
    expect(text).not.toMatch(/31[.,]3\s?%|undefined|NaN|Invalid Date/)
  }
  // Of the small group neither its mean nor that both of it were discontent.
  const { facts } = (await call('GET', `/reviews/${of('customer').id}`, undefined, { as: manager })).body
  expect(JSON.stringify(facts)).not.toContain(SECRET)
  const groups = facts.sections.watermelon.services
  expect(groups.find(({ name }: { name: string }) => name === 'Kleine Gruppe')).toMatchObject({
    hidden: true,
    answers: null,
    points: null,
    csat: null,
  })

  // The internal edition does tell what stays inside, but nothing of the other customer.
  const inside = (await texts('internal')).join('\n')
  const kept = [`Kim ${SECRET}`, `Ada ${SECRET}`, `${SECRET} Maßnahme`, `${SECRET} Zulieferer Nordhafen`]
  for (const words of kept) expect(inside).toContain(words)
  for (const text of [...customerTexts, inside]) expect(text).not.toContain(CONFIDED)
  // Nor which service and site such an outage was at.
  const confided = facts.sections['major-incidents'].majors.find(({ number }: { number: string }) => number === '–')
  expect(confided).toMatchObject({ title: '–', services: [], sites: [] })
  expect(inside).not.toContain(`${SECRET} Werke`)
  expect(inside).not.toContain(`${SECRET} WLAN`)
  expect(inside).not.toContain(`${SECRET} Zulieferer ${SECRET}`)

  // Who does not see such figures reads neither, and orders one without them.
  const administrator = actorWith('staff', ['administrator'])
  for (const as of [actorWith('staff', ['agent']), administrator]) {
    for (const edition of ['customer', 'internal'] as const)
      expect((await call('GET', `/reviews/${of(edition).id}`, undefined, { as })).status).toBe(404)
    expect((await call('GET', `/reviews/${of('one-page').id}`, undefined, { as })).status).toBe(200)
  }
  const again = await call('POST', '/reviews', order, { as: administrator })
  expect([again.status, again.body.version]).toEqual([202, 2])
  // The customer's contract side reads it once it is issued; who only reports does not.
  expect((await call('POST', `/reviews/${of('customer').id}/issue`, undefined, { as: manager })).status).toBe(200)
  const path = `/reviews/${of('customer').id}`
  const theirs = (role: 'customer-stakeholder' | 'requester') => actorWith('customer', [role], [customer])
  expect((await call('GET', path, undefined, { as: theirs('customer-stakeholder') })).status).toBe(200)
  expect((await call('GET', path, undefined, { as: theirs('requester') })).status).toBe(404)
})
