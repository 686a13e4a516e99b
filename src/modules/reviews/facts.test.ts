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

test('a target counts what was resolved in the month of the customer’s own zone', async () => {
  const { north, frozen } = await october()
  // 1 October begins in Berlin at 22:00 UTC (summer time), November at 23:00 UTC (winter time).
  await north.resolved('NHL-1', 'p2', '2026-09-30T21:59:59Z', 60)
  await north.resolved('NHL-2', 'p2', '2026-09-30T22:00:00Z', 60)
  await north.resolved('NHL-3', 'p2', '2026-10-31T22:59:59Z', 60)
  await north.resolved('NHL-4', 'p2', '2026-10-31T23:00:00Z', 60)

  const { facts } = await frozen('Nordhafen Logistik', '2026-10')

  expect(facts).toMatchObject({ from: '2026-09-30T22:00:00.000Z', to: '2026-10-31T23:00:00.000Z' })
  const p2 = facts.targets.find((target) => target.priority === 'p2')!
  expect(p2).toMatchObject({ met: 2, failed: 0 })
  expect(p2.trend.slice(-2)).toEqual([
    { month: '2026-09', met: 1, failed: 0 },
    { month: '2026-10', met: 2, failed: 0 },
  ])
  expect(p2.trend).toHaveLength(13)
  expect(p2.trend[0]!.month).toBe('2025-10')
})

test('met, failed and excluded are counted apart, and a near miss begins at exactly three quarters', async () => {
  const { north, frozen } = await october()
  await north.resolved('NHL-1', 'p2', '2026-10-05T10:00Z', 719)
  await north.resolved('NHL-2', 'p2', '2026-10-06T10:00Z', 720)
  await north.resolved('NHL-3', 'p2', '2026-10-07T10:00Z', 960)
  await north.resolved('NHL-4', 'p2', '2026-10-08T10:00Z', 961)
  await north.resolved('NHL-5', 'p2', '2026-10-09T10:00Z', 5000, { excluded: true })

  const { facts } = await frozen('Nordhafen Logistik', '2026-10')

  expect(facts.targets.find((target) => target.priority === 'p2')).toMatchObject({
    met: 3,
    failed: 1,
    excluded: 1,
    nearMisses: 2,
    allowedFailures: 1,
    byAllowance: true,
    verdict: 'met-by-allowance',
  })
  expect(facts.excluded).toBe(1)
  expect(facts.misses).toMatchObject({
    items: [{ number: 'NHL-4', elapsedMs: 961 * 60_000, targetMs: 960 * 60_000 }],
    more: 0,
  })
  expect(facts.nearMisses.items.map((each) => each.number)).toEqual(['NHL-3', 'NHL-2'])
})

test('what waited within the agreed hours and did not count is the pause of a miss', async () => {
  const { north, frozen } = await october()
  await north.resolved('NHL-1', 'p1', '2026-10-05T20:00Z', 300, { waitedMinutes: 90 })

  const { facts } = await frozen('Nordhafen Logistik', '2026-10')

  expect(facts.misses.items).toMatchObject([{ number: 'NHL-1', elapsedMs: 300 * 60_000, pausedMs: 90 * 60_000 }])
})

test('a target without a case is not measured, and stands there all the same', async () => {
  const { north, frozen } = await october()
  await north.resolved('NHL-1', 'p1', '2026-10-05T20:00Z', 30)

  const { facts } = await frozen('Nordhafen Logistik', '2026-10')

  expect(facts.targets.map((target) => [target.priority, target.metric, target.verdict])).toEqual([
    ['p1', 'resolution', 'met'],
    ['p1', 'response', 'not-measured'],
    ['p2', 'resolution', 'not-measured'],
    ['p3', 'resolution', 'not-measured'],
  ])
})

test('what was open when the month ended and past its time stands beside the figures, also when it ended since', async () => {
  const { north, frozen } = await october()
  const late = { metric: 'resolution', breachedAt: '2026-10-31T08:00:00Z' } as const
  await north.addIncident({ number: 'NHL-1', priority: 'p1', openedAt: '2026-10-31T04:00:00Z', clocks: [late] })
  await north.addIncident({
    number: 'NHL-2',
    priority: 'p1',
    openedAt: '2026-10-31T04:00:00Z',
    resolvedAt: '2026-11-02T10:00:00Z',
    clocks: [{ ...late, stoppedAt: '2026-11-02T10:00:00Z', elapsedMinutes: 3000 }],
  })
  await north.addIncident({
    number: 'NHL-3',
    priority: 'p1',
    openedAt: '2026-10-31T22:00:00Z',
    clocks: [{ metric: 'resolution', breachedAt: '2026-11-01T02:00:00Z' }],
  })

  const { facts } = await frozen('Nordhafen Logistik', '2026-10')

  expect(facts.targets[0]).toMatchObject({ priority: 'p1', met: 0, failed: 0, openBreached: 2 })
  expect(facts.volumes).toMatchObject({ opened: 3, resolved: 0, backlog: 3 })
})

test('volumes add up: what was there, came, went and stayed', async () => {
  const { north, frozen } = await october()
  await north.addIncident({
    number: 'NHL-1',
    priority: 'p3',
    openedAt: '2026-06-01T08:00Z',
    service: 'Mail',
    site: 'Hamburg',
  })
  await north.addIncident({
    number: 'NHL-2',
    priority: 'p2',
    openedAt: '2026-09-20T08:00Z',
    resolvedAt: '2026-10-02T08:00Z',
    service: 'Mail',
  })
  await north.addIncident({
    number: 'NHL-3',
    priority: 'p2',
    openedAt: '2026-10-10T08:00Z',
    resolvedAt: '2026-10-10T09:00Z',
    service: 'Mail',
    site: 'Hamburg',
  })
  await north.addIncident({ number: 'NHL-4', priority: 'p2', openedAt: '2026-10-31T20:00Z', service: 'Print' })
  await north.addIncident({
    number: 'NHL-5',
    priority: 'p2',
    openedAt: '2026-10-11T08:00Z',
    closedAt: '2026-10-12T08:00Z',
    state: 'cancelled',
  })
  await north.addIncident({ number: 'NHL-6', priority: 'p2', openedAt: '2026-11-01T08:00Z' })

  const { facts } = await frozen('Nordhafen Logistik', '2026-10')

  expect(facts.volumes).toMatchObject({
    backlogBefore: 2,
    opened: 3,
    resolved: 2,
    withdrawn: 1,
    backlog: 2,
    byPriority: [
      { priority: 'p2', opened: 3, resolved: 2, backlog: 1 },
      { priority: 'p3', opened: 0, resolved: 0, backlog: 1 },
    ],
    byService: [
      { name: 'Mail', opened: 1, resolved: 2, backlog: 1 },
      { name: 'Print', opened: 1, resolved: 0, backlog: 1 },
      { name: null, opened: 1, resolved: 0, backlog: 0 },
    ],
    bySite: [
      { name: null, opened: 2, resolved: 1, backlog: 1 },
      { name: 'Hamburg', opened: 1, resolved: 1, backlog: 1 },
    ],
  })
  // 1 June is 152 days and some hours before the end of October, 31 October three hours.
  expect(facts.backlogAge).toEqual({ bands: [1, 0, 0, 0, 1], oldestDays: 152 })
  expect(facts.incidents.count).toBe(5)
})

test('what the source said of itself is kept beside our verdict', async () => {
  const { north, frozen } = await october()
  await north.resolved('NHL-1', 'p2', '2026-10-05T10:00Z', 100, { reportedMet: true })
  await north.resolved('NHL-2', 'p2', '2026-10-05T10:00Z', 100, { reportedMet: false })
  await north.resolved('NHL-3', 'p2', '2026-10-05T10:00Z', 2000, { reportedMet: true })
  await north.addIncident({
    number: 'NHL-4',
    priority: 'p2',
    openedAt: '2026-10-05T10:00Z',
    closedAt: '2026-10-06T10:00Z',
    state: 'closed',
    reportedMet: true,
  })

  const { facts } = await frozen('Nordhafen Logistik', '2026-10')

  expect(facts.reported).toEqual({ met: 3, failed: 1, compared: 3, bothMet: 1, onlyOurs: 1, onlyTheirs: 1 })
  expect(facts.notes).toEqual([
    { kind: 'closed-without-resolution', incidents: 1 },
    { kind: 'verdicts-differ', incidents: 2, compared: 3 },
  ])
})

test('without an agreement there is a review that says so', async () => {
  const { addCustomer, frozen } = await reviewWorld()
  const south = await addCustomer('Südwerk', 'SUD', { agreement: false })
  await south.addIncident({
    number: 'SUD-1',
    priority: 'p2',
    openedAt: '2026-10-05T10:00Z',
    resolvedAt: '2026-10-06T10:00Z',
  })

  const { facts } = await frozen('Südwerk', '2026-10')

  expect(facts).toMatchObject({
    agreements: [],
    targets: [],
    notes: [{ kind: 'no-agreement' }],
    volumes: { opened: 1, resolved: 1 },
  })
})

test('an agreement with a team or a supplier is none with the customer', async () => {
  const { north, frozen, db } = await october()
  await north.resolved('NHL-1', 'p1', '2026-10-05T10:00Z', 600)
  // As it never could be: what is in force keeps its kind.
  await db.updateTable('agreementVersion').set({ state: 'draft' }).execute()
  await db.updateTable('agreement').set({ type: 'uc', partySupplier: 'Carrier' }).execute()
  await db.updateTable('agreementVersion').set({ state: 'active' }).execute()

  const { facts } = await frozen('Nordhafen Logistik', '2026-10')

  expect(facts).toMatchObject({ agreements: [], targets: [], misses: { items: [], more: 0 } })
})

test('the month under way is reviewed as of now, and says so', async () => {
  const { north, frozen, at } = await october()
  at('2026-10-20T10:00:00Z')
  await north.addIncident({ number: 'NHL-1', priority: 'p2', openedAt: '2026-10-10T10:00:00Z' })

  const { facts } = await frozen('Nordhafen Logistik', '2026-10')

  expect(facts.notes).toEqual([{ kind: 'month-unfinished' }])
  expect(facts.backlogAge).toEqual({ bands: [0, 0, 1, 0, 0], oldestDays: 10 })
})

test('an empty month has facts of their full form', async () => {
  const { frozen } = await october()

  const { facts } = await frozen('Nordhafen Logistik', '2026-10')

  expect(reviewFacts.safeParse(facts).error).toBeUndefined()
  expect(facts).toMatchObject({
    volumes: { opened: 0, resolved: 0, backlog: 0 },
    backlogAge: { oldestDays: null },
    reported: null,
    incidents: { count: 0 },
  })
})

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
