import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { newId } from '#core/id.ts'
import { contentOf } from './content.ts'
import { canonicalJson, reviewFacts } from './facts.ts'
import { reviewWorld } from './testing.ts'
import { wordingOf } from './wording.ts'

async function october() {
  const world = await reviewWorld()
  const north = await world.addCustomer('Nordhafen Logistik', 'NHL')
  return { ...world, north }
}

test('the same data gives the same checksum, also later; changed data another', async () => {
  const { north, frozen, at, db } = await october()
  await north.resolved('NHL-1', 'p2', '2026-10-05T10:00Z', 100, { title: 'Printer jams' })
  const first = await frozen('Nordhafen Logistik', '2026-10')
  at('2026-11-09T08:00:00Z')
  const second = await frozen('Nordhafen Logistik', '2026-10')
  await db.updateTable('incident').set({ title: 'Printer burns' }).execute()
  const third = await frozen('Nordhafen Logistik', '2026-10')

  expect(first.checksum).toMatch(/^[0-9a-f]{64}$/)
  expect(second.checksum).toBe(first.checksum)
  expect(third.checksum).not.toBe(first.checksum)
  expect(second.facts.lockedAt).toBe('2026-11-09T08:00:00.000Z')
})

test('what happens after the month does not change what is frozen of it', async () => {
  const { north, frozen, db } = await october()
  await north.addIncident({
    number: 'NHL-1',
    priority: 'p1',
    openedAt: '2026-10-31T22:00:00Z',
    clocks: [{ metric: 'resolution' }],
  })
  const before = await frozen('Nordhafen Logistik', '2026-10')
  await db.updateTable('incident').set({ state: 'resolved', resolvedAt: '2026-11-01T01:00:00Z' }).execute()
  await db
    .updateTable('clock')
    .set({ state: 'met', stoppedAt: '2026-11-01T01:00:00Z', elapsedMs: 10_800_000 })
    .execute()
  const after = await frozen('Nordhafen Logistik', '2026-10')

  expect(after.checksum).toBe(before.checksum)
})

test('canonical JSON sorts keys at every depth and leaves out what is not there', () => {
  expect(canonicalJson({ b: [{ d: 1, c: null }], a: undefined, A: 'ü' })).toBe('{"A":"ü","b":[{"c":null,"d":1}]}')
})

test('availability is frozen where something was promised about it, and facts from before know nothing of it', async () => {
  const { north, frozen, db } = await october()
  const { facts: without } = await frozen('Nordhafen Logistik', '2026-10')
  expect('availability' in without).toBe(false)
  expect(reviewFacts.parse(without)).toEqual(without)

  await north.resolved('NHL-1', 'p1', '2026-10-05T10:00Z', 60, { service: 'Scanner-WLAN' })
  const service = await db
    .selectFrom('service')
    .select('id')
    .where('name', '=', 'Scanner-WLAN')
    .executeTakeFirstOrThrow()
  const calendar = await db.selectFrom('calendar').select('id').executeTakeFirstOrThrow()
  const of = { customerId: north.id, serviceId: service.id }
  await db
    .insertInto('availabilityPromise')
    .values({
      ...of,
      id: newId(),
      calendarId: calendar.id,
      validFrom: new Date('2026-01-01T00:00:00Z'),
      targetPpm: 999_000,
      noticeMinutes: 0,
      weights: JSON.stringify({ degraded: 5000, impaired: 0 }),
      basis: 'service',
      blind: 'up',
      parts: JSON.stringify([]),
      createdAt: new Date('2026-01-01T00:00:00Z'),
    })
    .execute()
  await db
    .insertInto('downtime')
    .values({
      ...of,
      id: newId(),
      beganAt: new Date('2026-10-05T09:00:00Z'),
      endedAt: new Date('2026-10-05T10:00:00Z'),
      severity: 'down',
      source: 'report',
      createdAt: new Date('2026-10-05T09:00:00Z'),
    })
    .execute()

  const { facts } = await frozen('Nordhafen Logistik', '2026-10')

  // October has 745 hours in Berlin; one of them is more than a thousandth.
  expect(facts.availability).toMatchObject([
    { service: 'Scanner-WLAN', agreedMs: 745 * 3_600_000, downMs: 3_600_000, targetPpm: 999_000, verdict: 'missed' },
  ])
  expect(reviewFacts.parse(facts)).toEqual(facts)
})

test('what was entered in the month about locked ones is told as a note, of results and of availability', async () => {
  const { north, frozen, db } = await october()
  await north.resolved('NHL-1', 'p1', '2026-10-05T10:00Z', 60, { service: 'Scanner-WLAN' })
  await sql`insert into availability_promise (id, customer_id, service_id, calendar_id, valid_from, target_ppm, notice_minutes,
      weights, basis, blind, parts, created_at)
    select gen_random_uuid(), ${north.id}, s.id, c.id, '2026-01-01', 999000, 0, '{}', 'service', 'up', '[]', '2026-01-01'
    from service s, calendar c where s.name = 'Scanner-WLAN' limit 1`.execute(db)
  const share = (up: number) =>
    sql`jsonb_build_object('availability', jsonb_build_object('numerator', ${up}::int, 'denominator', 100000))`
  const enter = async (before: number, after: number, at: string) =>
    sql`insert into availability_adjustment (id, customer_id, service_id, promise_id, month, entered_month, before, after, created_at)
      select gen_random_uuid(), customer_id, service_id, id, '2026-09-01', '2026-10-01', ${share(before)}, ${share(after)}, ${at}::timestamptz
      from availability_promise`.execute(db)
  await enter(100_000, 99_950, '2026-10-03T10:00Z')
  await enter(99_950, 98_514, '2026-10-04T10:00Z')
  await sql`insert into adjustment (id, customer_id, clock_id, incident_id, number, metric, priority, agreement_version_id, month, entered_month,
      met, failed, excluded, cause, created_at)
    select gen_random_uuid(), customer_id, id, incident_id, number, metric, priority, agreement_version_id, '2026-09-01', '2026-10-01',
      -1, 1, 0, 'recompute', '2026-10-04' from clock where metric = 'resolution' limit 1`.execute(db)

  const { facts, checksum } = await frozen('Nordhafen Logistik', '2026-10')

  expect(facts.notes).toEqual([
    { kind: 'adjusted-results', month: '2026-09', results: 1, met: -1, failed: 1 },
    {
      kind: 'adjusted-availability',
      month: '2026-09',
      service: 'Scanner-WLAN',
      told: { numerator: 100_000, denominator: 100_000 },
      known: { numerator: 98_514, denominator: 100_000 },
    },
  ])
  expect(reviewFacts.parse(facts)).toEqual(facts)
  const { notes } = contentOf(facts, wordingOf(facts, 'de'), { checksum })
  expect(notes.map((note) => note.replaceAll('\u00a0', ' '))).toEqual([
    'Ausgleich zu September 2026: 1 Ergebnis ist inzwischen anders bekannt (eingehalten −1, verfehlt +1); was berichtet ist, bleibt',
    'Ausgleich zu September 2026: Scanner-WLAN war zu 98,514 % verfügbar, nicht wie berichtet zu 100 %; was berichtet ist, bleibt',
  ])
  expect((await frozen('Nordhafen Logistik', '2026-09')).facts.notes).toEqual([])
})
