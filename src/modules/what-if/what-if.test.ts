import fc from 'fast-check'
import { expect, test } from 'vitest'
import { plainLevel, plainRegime } from '#core/credit-terms.ts'
import { actorWith } from '#platform/testing.ts'
import { lastQuarter } from './actions.ts'
import { countWhatIf } from './count.ts'
import { forgetWhatIfs } from './forget.ts'
import { type TestWorld, testWorld } from '../../testing.ts'

const hour = 3600
const office = { opens: 8 * 60, closes: 18 * 60 }
const day = [office]
const rules = { timeZone: 'Europe/Berlin', week: [day, day, day, day, day, [], []] }
const manager = actorWith('staff', ['service-manager'])

let world: TestWorld & { at: (now: string) => void }
let customer: { id: string }
let agreement: { id: string; versions: { id: string; number: number }[] }

const targetsOf = (hours: number) =>
  (['p1', 'p2', 'p3', 'p4', 'p5'] as const).flatMap((priority) =>
    (['response', 'resolution'] as const).map((metric) => ({
      metric,
      priority,
      targetSeconds: metric === 'response' ? hour : hours * hour,
      attainmentBp: 9000,
    })),
  )

const promise = (hours: number, terms: object = {}) => ({
  calendar: 'Office',
  validFrom: '2026-07-01T00:00:00Z',
  targets: targetsOf(hours),
  terms,
})

/** Opened, put on hold for the requester, taken up again, resolved. */
async function ticket(moments: readonly [string, string, string, string], impact = 'high'): Promise<string> {
  const { call, at } = world
  at(moments[0])
  const body = { customer: customer.id, title: 'Trouble', impact, urgency: 'high' }
  const { id, number } = (await call('POST', '/incidents', body)).body
  at(moments[1])
  await call('POST', `/incidents/${id}/transitions`, { to: 'in-progress' })
  await call('POST', `/incidents/${id}/transitions`, { to: 'on-hold', reason: 'awaiting-requester' })
  at(moments[2])
  await call('POST', `/incidents/${id}/transitions`, { to: 'in-progress' })
  at(moments[3])
  const reply = await call('POST', `/incidents/${id}/transitions`, { to: 'resolved', note: 'Done' })
  expect(reply.status, reply.text).toBe(200)
  return number
}

/**
 * A customer with a resolution within eight hours; from the first quarter of 2026 a ticket that took five hours besides a
 * pause of two, one that took nine, and one in April.
 */
async function quarter(): Promise<void> {
  world = await testWorld({ now: new Date('2026-01-05T07:00:00Z') })
  const { call, work, at } = world
  customer = (await call('POST', '/customers', { name: 'Nordlicht', key: 'NL', timeZone: 'Europe/Berlin' })).body
  await call('POST', '/calendars', { name: 'Office', customer: customer.id, rules })
  const first = { ...promise(8), name: 'SLA', customer: customer.id, validFrom: '2025-01-01T00:00:00Z', activate: true }
  agreement = (await call('POST', '/agreements', first)).body
  await work()
  await ticket(['2026-01-12T08:00:00Z', '2026-01-12T08:30:00Z', '2026-01-12T10:30:00Z', '2026-01-12T15:00:00Z'])
  await ticket(['2026-02-02T07:00:00Z', '2026-02-02T08:30:00Z', '2026-02-02T08:45:00Z', '2026-02-02T16:15:00Z'])
  await ticket(['2026-04-08T08:00:00Z', '2026-04-08T08:30:00Z', '2026-04-08T09:00:00Z', '2026-04-08T10:00:00Z'], 'low')
  at('2026-05-04T08:00:00Z')
}

async function draft(hours: number, terms: object = {}): Promise<string> {
  const { body: current, headers } = await world.call('GET', `/agreements/${agreement.id}`)
  const reply = await world.call('POST', `/agreements/${agreement.id}/versions`, promise(hours, terms), {
    headers: { 'if-match': String(headers['etag'] ?? `"${current.version}"`) },
  })
  expect(reply.status, reply.text).toBe(201)
  return reply.body.versions[0].id
}

async function tried(body: object) {
  const asked = await world.call('POST', '/what-ifs', body, { as: manager })
  expect(asked.status, asked.text).toBe(202)
  await world.work()
  return (await world.call('GET', `/what-ifs/${asked.body.id}`, undefined, { as: manager })).body
}

async function differencesOf(id: string, query = '&flips=true') {
  return (await world.call('GET', `/what-ifs/${id}/differences?limit=50${query}`, undefined, { as: manager })).body
    .items
}

interface Figure {
  readonly month: string
  readonly metric: string
  readonly before: { readonly met: number; readonly failed: number }
}

function sumOf({ steps }: { readonly steps: readonly { readonly kind: string; readonly countedSeconds: number }[] }) {
  return steps.reduce((total, { kind, countedSeconds }) => total + (kind === 'run' ? countedSeconds : 0), 0)
}

test('a shorter target shows which tickets would have been missed, as told before and counted after', async () => {
  await quarter()
  const whatIf = await tried({ versionId: await draft(4) })
  expect(whatIf).toMatchObject({
    state: 'done',
    from: '2026-01-01',
    to: '2026-04-01',
    outOfDate: false,
    incidents: 2,
    progress: 2,
    counts: { clocks: 4, flips: 1, better: 0, worse: 1 },
  })
  const resolution = whatIf.figures.filter(({ metric }: { metric: string }) => metric === 'resolution')
  expect(resolution).toEqual([
    {
      month: '2026-01',
      priority: 'p1',
      metric: 'resolution',
      before: { met: 1, failed: 0, excluded: 0 },
      after: { met: 0, failed: 1, excluded: 0 },
    },
    {
      month: '2026-02',
      priority: 'p1',
      metric: 'resolution',
      before: { met: 0, failed: 1, excluded: 0 },
      after: { met: 0, failed: 1, excluded: 0 },
    },
  ])
  // Each figure opens to its results, on both sides.
  const casesOf = async (query: string) =>
    (await world.call('GET', `/what-ifs/${whatIf.id}/cases?metric=resolution&${query}`, undefined, { as: manager }))
      .body
  expect(await casesOf('side=before&month=2026-01&priority=p1')).toMatchObject({
    total: 1,
    items: [{ verdict: 'met', month: '2026-01', elapsedSeconds: 5 * hour, title: 'Trouble' }],
  })
  const later = await casesOf('side=after&limit=1')
  expect(later).toMatchObject({ total: 2, items: [{ verdict: 'failed', month: '2026-02' }] })
  const earlier = await casesOf(`side=after&limit=1&cursor=${later.nextCursor}`)
  expect(earlier).toMatchObject({ items: [{ verdict: 'failed', month: '2026-01' }], nextCursor: null })
  expect((await casesOf('side=after&verdict=met')).total).toBe(0)
  const [flip, ...others] = await differencesOf(whatIf.id)
  expect([later.items[0].position, earlier.items[0].position]).toEqual([null, flip.position])
  expect(others).toEqual([])
  const { body } = await world.call('GET', `/what-ifs/${whatIf.id}/differences/${flip.position}/explanation`)
  expect([sumOf(body.before), sumOf(body.after)]).toEqual([5 * hour, 5 * hour])
  expect([body.before.result.state, body.after.result.state]).toEqual(['met', 'breached-stopped'])
  expect([body.before.result.targetSeconds, body.after.result.targetSeconds]).toEqual([8 * hour, 4 * hour])
})

test('what a draft would have credited is reckoned by the contract, from results as told and as they would have been', async () => {
  await quarter()
  const { call } = world
  const made = async (path: string, body: object) => {
    const reply = await call('POST', path, body)
    expect(reply.status, reply.text).toBe(201)
    return reply.body
  }
  const whatIf = await tried({ versionId: await draft(4) })
  const credits = async (as = manager) => call('GET', `/what-ifs/${whatIf.id}/credits`, undefined, { as })
  expect((await credits()).body).toEqual({ known: true, items: [] })

  const terms = { endsOn: null, noticeDays: 90 }
  const about = { customer: customer.id, number: 'V-1', title: 'Workplace', currency: 'EUR', startsOn: '2026-01-01' }
  const contract = await made('/contracts', { ...about, terms })
  const fixed = { kind: 'fixed', amountMinor: 1_000_000 }
  await made(`/contracts/${contract.id}/charge-lines`, { name: 'Operation', validFrom: '2026-01', terms: fixed })
  // A tenth of the charges is at risk for each missed month.
  const level = { ...plainLevel('solved', 900_000), name: 'Solved in time', allocationBp: 10_000 }
  await made(`/contracts/${contract.id}/credit-regimes`, {
    validFrom: '2026-01',
    terms: { ...plainRegime('at-risk', [level]), atRiskBp: 1000 },
    sources: { solved: { of: 'attainment', metric: 'resolution', priority: 'p1', service: null } },
  })

  const { body } = await credits()
  expect(body.items).toMatchObject([
    {
      contract: { id: contract.id, number: 'V-1' },
      currency: 'EUR',
      beforeMinor: 100_000,
      afterMinor: 200_000,
      months: [
        { month: '2026-01', beforeMinor: 0, afterMinor: 100_000 },
        { month: '2026-02', beforeMinor: 100_000, afterMinor: 100_000 },
        { month: '2026-03', beforeMinor: 0, afterMinor: 0 },
      ],
      levels: [{ month: '2026-01', name: 'Solved in time', before: { outcome: 'met' }, after: { outcome: 'missed' } }],
    },
  ])
  // Whoever agrees on promises may try them, and need not see what they cost.
  const { status, body: refused } = await credits(actorWith('staff', ['administrator']))
  expect([status, refused.code]).toEqual([403, 'may.charges'])
  const outsider = actorWith('limited', ['service-manager'], [])
  expect((await credits(outsider)).status).toBe(404)
})

test('what was before is what the attainment report says, and the version that holds, unchanged, makes no difference', async () => {
  await quarter()
  const whatIf = await tried({ versionId: agreement.versions[0]!.id, from: '2026-01-01', to: '2026-05-01' })
  const report = await world.call(
    'GET',
    `/reports/attainment?customer=${customer.id}&from=2026-01-01&to=2026-05-01&groupBy=month`,
  )
  const told = (metric: string) =>
    report.body.groups.map((group: { key: string; byMetric: Record<string, { met: number; failed: number }> }) => [
      group.key.slice(0, 7),
      group.byMetric[metric]!.met,
      group.byMetric[metric]!.failed,
    ])
  const figures: Figure[] = whatIf.figures
  for (const wanted of ['response', 'resolution']) {
    const ofMetric = figures.filter(({ metric }) => metric === wanted)
    expect(ofMetric.map(({ month, before }) => [month, before.met, before.failed])).toEqual(told(wanted))
    expect(ofMetric).toHaveLength(3)
  }

  const date = (offset: number) => new Date(Date.UTC(2026, 0, 1 + offset)).toISOString().slice(0, 10)
  await fc.assert(
    fc.asyncProperty(fc.nat(130), fc.integer({ min: 1, max: 120 }), async (offset, length) => {
      const again = await tried({
        versionId: agreement.versions[0]!.id,
        from: date(offset),
        to: date(offset + length),
      })
      expect(again).toMatchObject({ state: 'done', counts: { differences: 0, flips: 0 } })
      for (const { before, after } of again.figures) expect(after).toEqual(before)
    }),
    { numRuns: 12 },
  )
})

test('a pause rule, other hours and another zone are tried, and both ways of counting explained', async () => {
  await quarter()
  const evenings = rules.week.map(() => [{ opens: 12 * 60, closes: 18 * 60 }])
  const attempts: readonly (readonly [object, object | undefined, number])[] = [
    [{ pausedBy: [] }, undefined, 7 * hour],
    [{}, { ...rules, week: evenings }, 4 * hour],
    [{}, { ...rules, timeZone: 'America/New_York' }, 2 * hour],
  ]
  for (const [terms, calendarRules, seconds] of attempts) {
    const whatIf = await tried({ versionId: await draft(8, terms), calendarRules })
    const [first] = await differencesOf(whatIf.id, '&metric=resolution')
    const { body } = await world.call('GET', `/what-ifs/${whatIf.id}/differences/${first.position}/explanation`)
    expect([body.before.result.elapsedSeconds, body.after.result.elapsedSeconds]).toEqual([5 * hour, seconds])
    expect(sumOf(body.after)).toBe(seconds)
  }
})

test('trying writes nothing of the clocks, the figures or what was told', async () => {
  await quarter()
  const everything = async () => {
    const tables = ['clock', 'attainment_month', 'adjustment', 'clock_result', 'history', 'agreement_version', 'target']
    const parts = tables.map((table) => `(select coalesce(jsonb_agg(t order by t::text), '[]') from ${table} t)`)
    const { rows } = await world.database.pool.query<{ all: string }>(`select (${parts.join(' || ')})::text as all`)
    return rows[0]!.all
  }
  const versionId = await draft(1)
  const before = await everything()
  expect((await tried({ versionId })).counts.worse).toBe(1)
  expect(await everything()).toBe(before)
})

test('a draft that says something else by now leaves its what-if out of date, and explained as it was tried', async () => {
  await quarter()
  const versionId = await draft(3)
  const whatIf = await tried({ versionId })
  const { body: current } = await world.call('GET', `/agreements/${agreement.id}`)
  const reply = await world.call('PUT', `/agreements/${agreement.id}/versions/${versionId}`, promise(6), {
    headers: { 'if-match': `"${current.version}"` },
  })
  expect(reply.status, reply.text).toBe(200)
  const { body: after } = await world.call('GET', `/what-ifs/${whatIf.id}`)
  expect([whatIf.outOfDate, after.outOfDate]).toEqual([false, true])
  const [flip] = await differencesOf(whatIf.id)
  const { body } = await world.call('GET', `/what-ifs/${whatIf.id}/differences/${flip.position}/explanation`)
  expect(body.after.result.targetSeconds).toBe(3 * hour)
})

test('what was stopped, before or while it is counted, leaves nothing behind', async () => {
  await quarter()
  const { db, pool } = world.database
  const ask = async () => (await world.call('POST', '/what-ifs', { versionId: await draft(4) }, { as: manager })).body
  const cancel = async (id: string) => world.call('POST', `/what-ifs/${id}/cancel`, {}, { as: manager })
  const before = await ask()
  expect((await cancel(before.id)).body.state).toBe('cancelled')
  await world.work()
  const meanwhile = await ask()
  const connect = async () => {
    await cancel(meanwhile.id)
    return pool.connect()
  }
  const around = { db, pool: { connect }, now: () => new Date(), signal: new AbortController().signal }
  await countWhatIf(around as unknown as Parameters<typeof countWhatIf>[0], meanwhile.id)
  for (const { id } of [before, meanwhile]) {
    const { body } = await world.call('GET', `/what-ifs/${id}`)
    expect(body).toMatchObject({ state: 'cancelled', counts: null, figures: [] })
  }
  const { rows } = await pool.query('select from what_if_difference')
  expect(rows).toEqual([])
})

test('who may not try it is refused, a customer even by the database; so is what makes no sense', async () => {
  await quarter()
  const { call, database } = world
  const stakeholder = actorWith('customer', ['customer-stakeholder'], [customer.id])
  expect((await call('GET', '/what-ifs', undefined, { as: stakeholder })).status).toBe(404)
  const { rows } = await database.pool.query<{ granted: boolean }>(
    `select has_any_column_privilege('plumbline_customer', t, 'select') as granted from unnest('{what_if,what_if_difference}'::text[]) t`,
  )
  expect(rows).toEqual([{ granted: false }, { granted: false }])
  const never = { ...rules, week: [[], [], [], [], [], [], []] }
  for (const [body, as, code] of [
    [{}, actorWith('staff', ['agent']), 'may.managers'],
    [{ from: '2026-03-01', to: '2026-02-01' }, manager, 'what-if.ends-before'],
    [{ from: '2000-01-01', to: '2026-02-01' }, manager, 'what-if.too-long'],
    [{ calendarRules: never }, manager, 'calendar.invalid'],
  ] as const) {
    const reply = await call('POST', '/what-ifs', { versionId: agreement.versions[0]!.id, ...body }, { as })
    expect(reply.body.code).toBe(code)
  }
})

test('the nightly tidying takes away what was tried three months ago', async () => {
  await quarter()
  await tried({ versionId: await draft(4) })
  const { db, pool } = world.database
  expect(await forgetWhatIfs(db, new Date('2026-08-01T08:00:00Z'))).toBe(0)
  expect(await forgetWhatIfs(db, new Date('2026-08-03T08:00:00Z'))).toBe(1)
  expect((await pool.query('select from what_if_difference')).rows).toEqual([])
})

test.each([
  ['2026-05-04T08:00:00Z', '2026-01-01', '2026-04-01'],
  ['2026-02-04T08:00:00Z', '2025-10-01', '2026-01-01'],
  ['2026-03-31T22:30:00Z', '2026-01-01', '2026-04-01'],
])('the quarter before %s is %s to %s in Berlin', (now, from, to) => {
  expect(lastQuarter('Europe/Berlin', new Date(now))).toEqual({ from, to })
})
