import { expect, test } from 'vitest'
import { reviewFacts } from './facts.ts'
import { reviewWorld } from './testing.ts'

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
