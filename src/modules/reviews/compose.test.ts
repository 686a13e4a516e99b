import { expect, test, vi } from 'vitest'
import { z } from 'zod'
import { newId } from '#core/id.ts'
import { reviewSection } from '#platform/review-section.ts'
import { actorWith, inContext } from '#platform/testing.ts'
import { system } from '#platform/context.ts'
import { factDifferences } from './facts-difference.ts'
import { restatementSentences } from './restate.ts'
import { reviewWorld } from './testing.ts'
import { wordingOf } from './wording.ts'

vi.setConfig({ testTimeout: 120_000 })

const CUSTOMER = 'Nordhafen Logistik'

/** A section whose records hold what a customer must not see beside what it may. */
const poisoned = reviewSection({
  key: 'money',
  number: 14,
  editions: ['customer', 'internal'],
  facts: z.object({ charged: z.int() }),
  gather: async (_, __, edition) =>
    ({ charged: 12, margin: 'POISON-MARGIN', ...(edition === 'internal' && { owner: 'POISON-NAME' }) }) as never,
  tell: ({ charged }) => ({ title: `Charged ${charged}`, blocks: [], notes: [] }),
})

const inside = reviewSection({
  key: 'pnl',
  number: 20,
  editions: ['internal'],
  facts: z.object({ result: z.string() }),
  gather: () => Promise.resolve({ result: 'POISON-RESULT' }),
  tell: ({ result }) => ({ title: result, blocks: [], notes: [] }),
})

async function october() {
  const world = await reviewWorld({ sections: [poisoned, inside] })
  const north = await world.addCustomer(CUSTOMER, 'NHL')
  await north.resolved('NHL-1', 'p2', '2026-10-05T10:00Z', 1000)
  const stakeholder = actorWith('customer', ['customer-stakeholder'], [north.id])
  return { ...world, north, stakeholder }
}

test('what a section does not name in its facts, and what is for inside, is not in the customer’s facts', async () => {
  const { frozen } = await october()
  const customer = await frozen(CUSTOMER, '2026-10')
  const own = await frozen(CUSTOMER, '2026-10', 'internal')
  expect(customer.facts.sections).toEqual({ money: { charged: 12 } })
  expect(JSON.stringify(customer.facts)).not.toContain('POISON')
  expect(own.facts.sections).toEqual({ money: { charged: 12 }, pnl: { result: 'POISON-RESULT' } })
  expect(JSON.stringify(own.facts)).not.toMatch(/POISON-(MARGIN|NAME)/)
})

test('the same month frozen twice has the same checksum; a correction is restated with what changed', async () => {
  const { frozen, north } = await october()
  const first = await frozen(CUSTOMER, '2026-10')
  expect((await frozen(CUSTOMER, '2026-10')).checksum).toBe(first.checksum)
  await north.resolved('NHL-2', 'p2', '2026-10-06T10:00Z', 30)
  const second = await frozen(CUSTOMER, '2026-10')
  expect(second.checksum).not.toBe(first.checksum)
  const restatement = {
    of: 1,
    changes: [...factDifferences(first.facts, second.facts)],
    reasons: [
      { kind: 'late-holiday' as const, at: '2026-11-04T09:00:00.000Z', reason: null, day: '2026-10-14' },
      { kind: 'corrected-timestamp' as const, at: '2026-11-04T10:00:00.000Z', reason: null },
    ],
  }
  const sentences = restatementSentences({ ...second.facts, restatement }, wordingOf(second.facts, 'en'))
  expect(sentences[0]).toBe('Against version 1 of this review:')
  expect(sentences).toContain('P2 resolution: 0 of 1 before, 1 of 2 now')
  expect(sentences.at(-2)).toContain('4 Nov 2026: a holiday entered late on 14 Oct 2026')
  expect(sentences.at(-1)).toBe('Because of a correction approved on 4 Nov 2026: a corrected moment')
})

test('a story is written on, checked, and not issued while something is wrong with it', async () => {
  const { call, review } = await october()
  const { id } = await review(CUSTOMER, '2026-10')
  const path = `/reviews/${id}/composition/en`
  const { body: proposed } = await call('GET', path)
  expect(proposed).toMatchObject({ version: 0, editable: true, problems: [] })
  const states = Object.fromEntries(
    proposed.chapters.map((each: { key: string; state: string }) => [each.key, each.state]),
  )
  expect(states).toMatchObject({ levels: 'told', contract: 'told', changes: 'no-source' })

  const story = { ...proposed.story, headline: 'We kept 77 % of it', version: 0 }
  const wrong = await call('PUT', path, story)
  expect(wrong.body.problems).toEqual([{ kind: 'number-outside-lock', where: 'headline', what: '77' }])
  expect((await call('POST', `/reviews/${id}/issue`, {})).body.code).toBe('review.unsound')
  // Somebody who read the version before has to read again.
  expect((await call('PUT', path, story)).status).toBe(409)

  const mended = await call('PUT', path, { ...story, headline: 'We were late, and we know why', version: 1 })
  expect(mended.body.problems).toEqual([])
  expect((await call('POST', `/reviews/${id}/issue`, {})).status).toBe(200)
  expect((await call('GET', `/reviews/${id}/story?language=en`)).body.headline).toBe('We were late, and we know why')
  expect((await call('PUT', path, { ...story, version: 2 })).body.code).toBe('review.issued')
})

test('the customer reads what was written, comments on it and confirms to have read it; before it is issued nothing', async () => {
  const { call, review, stakeholder, db, north } = await october()
  const as = { ...stakeholder, personId: newId() }
  await db
    .insertInto('person')
    .values({ id: as.personId, name: 'Eva Brandt', customerId: north.id, language: 'de' })
    .execute()
  const { id } = await review(CUSTOMER, '2026-10')
  expect((await call('POST', `/reviews/${id}/comments`, { text: 'Why?' }, { as })).status).toBe(404)
  expect((await call('GET', `/reviews/${id}/composition/en`, undefined, { as })).status).toBe(404)
  await call('POST', `/reviews/${id}/issue`, {})
  const said = await call('POST', `/reviews/${id}/comments`, { text: 'Why was it late?' }, { as })
  expect(said.body.comments).toMatchObject([{ name: 'Eva Brandt', text: 'Why was it late?' }])
  const read = await call('POST', `/reviews/${id}/reading`, {}, { as })
  expect(read.body).toMatchObject({ readings: [{ name: 'Eva Brandt' }], mine: expect.any(String) })
  expect((await call('GET', `/reviews/${id}/voices`)).body.readings).toHaveLength(1)
})

test('a review goes from its lock to closed, a step at a time, and nobody reviews their own draft', async () => {
  const { call, review } = await october()
  const { id } = await review(CUSTOMER, '2026-10')
  const path = `/reviews/${id}/cycle`
  const { body: composed } = await call('GET', `/reviews/${id}/composition/en`)
  await call('PUT', `/reviews/${id}/composition/en`, { ...composed.story, version: 0 })
  const drafted = await call('GET', path)
  expect(drafted.body).toMatchObject({ state: 'drafted', steps: ['review'] })
  expect((await call('POST', path, { step: 'close', version: drafted.body.version })).body.code).toBe(
    'review.step-not-next',
  )
  await call('POST', `/reviews/${id}/issue`, {})
  const move = async (change: object) => {
    const { version } = (await call('GET', path)).body
    return (await call('POST', path, { ...change, version })).body
  }
  expect(await move({ step: 'hold', meetingAt: '2026-11-23T09:00:00Z' })).toMatchObject({
    state: 'held',
    issueBy: '2026-11-16T09:00:00.000Z',
  })
  expect(await move({ step: 'minute' })).toMatchObject({ code: 'review.no-minutes' })
  expect(await move({ step: 'minute', minutes: 'Agreed.' })).toMatchObject({ state: 'minuted' })
  expect(await move({ step: 'close' })).toMatchObject({ state: 'closed', steps: [] })
})

test('who lost the right yesterday gets nothing, and whoever planned it sees that', async () => {
  const { call, review, db, north, database } = await october()
  const [reader, former] = [newId(), newId()]
  for (const [id, name] of [
    [reader, 'Eva Brandt'],
    [former, 'Jan Ohm'],
  ] as const)
    await db
      .insertInto('person')
      .values({ id, name, customerId: north.id, language: 'de', email: `${id}@customer.example` })
      .execute()
  const role = (personId: string, validTo: Date | null) => ({
    id: newId(),
    personId,
    role: 'customer-stakeholder',
    customerId: north.id,
    validFrom: new Date('2026-01-01'),
    validTo,
  })
  await db
    .insertInto('roleAssignment')
    .values([role(reader, null), role(former, new Date('2026-11-04T00:00:00Z'))] as never)
    .execute()
  const planned = await call('POST', '/report-schedules', {
    customer: CUSTOMER,
    language: 'de',
    day: 2,
    recipients: [reader, former],
    nextMonth: '2026-10',
  })
  expect(planned.status).toBe(201)
  const { id } = await review(CUSTOMER, '2026-10')
  const deliveries = async () => {
    const { body } = await call('GET', `/report-schedules/${planned.body.id}/deliveries`)
    return Object.fromEntries(
      body.items.map((each: { person: { name: string }; outcome: string }) => [each.person.name, each.outcome]),
    )
  }
  const { deliverReports } = await import('./deliver.ts')
  const world = {
    db,
    now: () => new Date('2026-11-05T09:41:00Z'),
    signal: new AbortController().signal,
    inTransaction: (work: Parameters<typeof inContext>[1]) =>
      inContext(database, work, { actor: system, now: new Date('2026-11-05T09:41:00Z') }),
  } as never
  const preview = async () => (await call('GET', `/report-schedules/${planned.body.id}/preview`)).body
  const standing = { month: '2026-10', dueAt: '2026-11-01T23:00:00.000Z', review: { id, issuedAt: null } }
  expect(await preview()).toMatchObject({
    ...standing,
    recipients: [
      { person: { id: reader }, outcome: 'not-issued' },
      { person: { id: former }, outcome: 'refused' },
    ],
  })
  await deliverReports(world)
  expect(await deliveries()).toEqual({ 'Eva Brandt': 'not-issued', 'Jan Ohm': 'refused' })
  await call('POST', `/reviews/${id}/issue`, {})
  await deliverReports(world)
  expect(await deliveries()).toEqual({ 'Eva Brandt': 'sent', 'Jan Ohm': 'refused' })
  const { body } = await call('GET', '/report-schedules')
  expect(body.items[0].nextMonth).toBe('2026-11')
  // The month after is not made yet: what is known is who may not read it.
  expect(await preview()).toMatchObject({ month: '2026-11', review: null, recipients: [{}, { outcome: 'refused' }] })
  const ours = { customer: CUSTOMER, language: 'de', day: 2, nextMonth: '2026-10', report: 'R38' }
  expect((await call('POST', '/report-schedules', { ...ours, recipients: [reader] })).body.code).toBe(
    'report-schedule.internal',
  )
  // Nobody waits for an edition that never comes.
  const asked = { customer: CUSTOMER, month: '2026-10', report: 'R38' }
  for (const editions of [['customer'], ['internal', 'one-page']] as const)
    expect((await call('POST', '/reviews', { ...asked, editions })).body.code).toBe('review.own-report')
  expect(
    (await call('POST', '/report-schedules', { ...ours, edition: 'customer', recipients: [reader] })).body.code,
  ).toBe('review.own-report')
  expect((await call('POST', '/reviews', asked)).body).toMatchObject({ report: 'R38', edition: 'internal' })
})
