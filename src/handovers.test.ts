import { expect, test } from 'vitest'
import { holdingOf } from '#core/handovers.ts'
import { newId } from '#core/id.ts'
import { incidentRoutes } from '#modules/incidents'
import { writeSample } from '#modules/sample'
import { system } from '#platform/context.ts'
import { actorWith, inContext, testCaller, testDatabase, type TestDatabase } from '#platform/testing.ts'
import { countHoldings, countHoldingsAgain, settleHoldings } from './modules/incidents/handover-count.ts'
import type { HandoverGrouping } from './modules/incidents/handover-grouping.ts'
import { holdingEventsOf, readHoldingFacts } from './modules/incidents/handover-histories.ts'
import { countRows } from './modules/people/access-queries.ts'

const HOUR_MS = 3_600_000
const now = new Date('2026-11-22T10:00:00Z')

/** The figures of a report that every history is read for: what is asked of the stored ones. */
async function counted(
  { db, pool }: TestDatabase,
  {
    from,
    to,
    site,
    groupBy,
    until,
  }: { from: string; to: string; site?: string; groupBy: HandoverGrouping; until: number },
) {
  const { rows } = await pool.query<{ id: string; month: string; service: string }>(
    `select i.id, to_char(i.opened_at at time zone c.time_zone, 'YYYY-MM') as month, coalesce(i.service_id::text, '') as service
     from incident i join customer c on c.id = i.customer_id
     where i.opened_at >= $1::date::timestamp at time zone c.time_zone
       and i.opened_at < $2::date::timestamp at time zone c.time_zone and ($3::uuid is null or i.site_id = $3)`,
    [from, to, site ?? null],
  )
  const histories = await readHoldingFacts(
    db,
    rows.map(({ id }) => id),
  )
  const each = rows.map(({ id, month, service }) => {
    const { events, end, last } = holdingEventsOf(histories.get(id)!, until)
    return { month, service, holding: holdingOf(events, end), duration: last - events[0]!.at }
  })
  const summed = (all: typeof each, team?: string) => {
    const own = all
      .map(({ holding: { stays, handovers }, duration }) => ({
        stays: stays.filter((stay) => team === undefined || (stay.team ?? '') === team),
        away: handovers.filter((handover) => team === undefined || handover.from === team).length,
        back: handovers.some((handover) => handover.back && (team === undefined || handover.to === team)),
        duration,
      }))
      .filter(({ stays, away }) => team === undefined || stays.length > 0 || away > 0)
    const ms = (kind: string) =>
      own.reduce(
        (sum, { stays }) => sum + stays.reduce((of, stay) => of + (stay.kind === kind ? stay.to - stay.from : 0), 0),
        0,
      )
    const lengths = own.map(({ duration }) => duration).toSorted((one, other) => one - other)
    const middle = (lengths.length - 1) / 2
    const reasons = [...new Set(own.flatMap(({ stays }) => stays.map(({ waitsFor }) => waitsFor)))].filter(
      (reason) => reason !== null,
    )
    return {
      incidents: own.length,
      handedOn: own.filter(({ away }) => away >= 1).length,
      handedOnTwice: own.filter(({ away }) => away >= 2).length,
      pingPong: own.filter(({ back }) => back).length,
      handovers: own.reduce((sum, { away }) => sum + away, 0),
      elapsedMs: ms('working') + ms('waiting') + ms('over'),
      workingMs: ms('working'),
      waitingMs: ms('waiting'),
      overMs: ms('over'),
      waits: reasons
        .map((reason) => {
          const waiting = own
            .map(({ stays }) => stays.filter(({ waitsFor }) => waitsFor === reason))
            .filter(({ length }) => length > 0)
          return {
            for: reason,
            incidents: waiting.length,
            waitingMs: waiting.flat().reduce((sum, stay) => sum + stay.to - stay.from, 0),
          }
        })
        .toSorted((one, other) => other.waitingMs - one.waitingMs || (one.for < other.for ? -1 : 1)),
      duration:
        team !== undefined || own.length === 0
          ? null
          : {
              meanMs: lengths.reduce((sum, length) => sum + length, 0) / lengths.length,
              medianMs: (lengths[Math.floor(middle)]! + lengths[Math.ceil(middle)]!) / 2,
            },
    }
  }
  const keys = {
    team: [...new Set(each.flatMap(({ holding }) => holding.stays.map(({ team }) => team ?? '')))],
    month: [...new Set(each.map(({ month }) => month))],
    service: [...new Set(each.map(({ service }) => service))],
  }[groupBy]
  const groups = keys.map((key) => [
    key,
    groupBy === 'team' ? summed(each, key) : summed(each.filter((one) => one[groupBy] === key)),
  ])
  return { total: summed(each), groups: Object.fromEntries(groups) as object }
}

test('the report is what every history says, whether counted, settled or changed since; who may not know of one is not told', async () => {
  const database = await testDatabase()
  const { pool, db } = database
  await writeSample(database, { tickets: 300, months: 4, seed: 'handed', now })
  const call = testCaller(database, incidentRoutes, { now: () => now })
  const program = <Result>(work: Parameters<typeof inContext<Result>>[1]) =>
    inContext<Result>(database, work, { actor: system, now })
  const { rows: sites } = await pool.query<{ id: string }>(
    'select site_id as id from incident where site_id is not null group by 1 order by count(*) desc limit 1',
  )
  const periods = [
    { from: '2026-07-01', to: '2026-12-01' },
    { from: '2026-08-13', to: '2026-10-20' },
    { from: '2026-09-05', to: '2026-09-07' },
    { from: '2026-08-13', to: '2026-12-01', site: sites[0]!.id },
  ]
  const { rows: reached } = await pool.query<{ customer: string; service: string }>(
    `select customer_id as customer, service_id as service from incident where service_id is not null
     group by 1, 2 order by count(*) desc limit 1`,
  )
  const { customer, service } = reached[0]!
  const whole = actorWith('limited', ['agent'], [customer])
  const part = { customerId: customer, siteId: null, serviceId: service, teamId: null, requesterId: null }
  const readers = [
    actorWith('staff', ['agent']),
    actorWith('auditor', ['auditor']),
    whole,
    { ...whole, parts: [part], whole: [] },
    system,
  ]
  // How many incidents somebody has in sight is told by the same sums.
  const inSight = async () => {
    for (const actor of readers) {
      const [added, rows] = await inContext(
        database,
        // A customer's people have theirs counted one by one.
        async (context) => [
          await countRows(context.db, ['incident'], 'staff'),
          await countRows(context.db, ['incident'], 'customer'),
        ],
        { actor, now },
      )
      expect(added).toEqual(rows)
      expect(rows.get('incident')).toBeGreaterThan(0)
    }
  }
  const standing = async () => {
    await inSight()
    for (const period of periods) {
      for (const groupBy of ['team', 'month', 'service'] as const) {
        for (const openUntil of ['now', 'last-fact'] as const) {
          const { body } = await call(
            'GET',
            `/reports/handovers?${new URLSearchParams({ ...period, groupBy, openUntil }).toString()}`,
          )
          const { total, groups } = body as { total: Told; groups: Told[] }
          const expected = await counted(database, {
            ...period,
            groupBy,
            until: openUntil === 'now' ? now.getTime() : 0,
          })
          expect(plain(total)).toEqual(expected.total)
          expect(Object.fromEntries(groups.map((group) => [group.key, plain(group)]))).toEqual(expected.groups)
        }
      }
    }
  }
  const left = async () =>
    (
      await pool.query<{ due: number; loose: number; settled: number }>(
        `select (select count(*)::int from holding_due) as due, count(*) filter (where not settled)::int as loose,
           count(*) filter (where settled)::int as settled from holding`,
      )
    ).rows[0]!

  expect(await left()).toEqual({ due: 300, loose: 0, settled: 0 })
  await standing()

  while ((await program(countHoldings)) > 0);
  expect(await left()).toEqual({ due: 0, loose: 300, settled: 0 })
  await standing()

  await program((context) => settleHoldings(context, true))
  const { loose, settled } = await left()
  expect(settled).toBeGreaterThan(200)
  expect(loose + settled).toBe(300)
  await standing()

  // Settled ones are changed: something happened, they belong elsewhere, or are no more.
  const { rows: some } = await pool.query<{ id: string; customer_id: string }>(
    `select incident_id as id, customer_id from holding where settled and opened_on between '2026-08-20' and '2026-10-10' order by 1 limit 6`,
  )
  const [noted, reopened, moved, gone] = some.map(({ id }) => id)
  const fact = (id: string, kind: string, facts: object) =>
    pool.query(
      `insert into history (id, subject_type, subject_id, customer_id, kind, facts, visibility, sequence, occurred_at, recorded_at)
       select $1, 'incident', id, customer_id, $3, $4, 'internal', 1, $5, $5 from incident where id = $2`,
      [newId(now.getTime()), id, kind, facts, new Date(now.getTime() - HOUR_MS)],
    )
  await fact(noted!, 'incident.activity', {})
  await fact(reopened!, 'incident.state', { to: 'in-progress' })
  await pool.query("update incident set service_id = null, opened_at = opened_at - interval '40 days' where id = $1", [
    moved,
  ])
  await pool.query('delete from history where subject_id = $1', [gone])
  await pool.query('delete from incident where id = $1', [gone])
  expect(await left()).toMatchObject({ due: 3, settled: settled - 4 })
  await standing()
  await pool.query("update customer set time_zone = 'Pacific/Auckland' where id = $1", [some[0]!.customer_id])
  await standing()
  while ((await program(countHoldings)) > 0);
  await program((context) => settleHoldings(context, true))
  await standing()
  const { rows: keys } = await pool.query(
    `select from holding_sum group by customer_id, month, site_id, part, service_id, team_id, waits_for, duration_class having count(*) > 1`,
  )
  expect(keys).toEqual([])

  // Nobody but its circle knows of it; whoever counts everything does.
  const asked = '/reports/handovers?from=2026-07-01&to=2026-12-01'
  const agent = { as: actorWith('staff', ['service-manager']) }
  const before = (await call('GET', asked, undefined, agent)).body.total.incidents
  await pool.query('update incident set concerns_privacy = true where id = $1', [noted])
  expect((await call('GET', asked, undefined, agent)).body.total.incidents).toBe(before - 1)
  await inSight()
  while ((await program(countHoldings)) > 0);
  await program((context) => settleHoldings(context, true))
  expect((await call('GET', asked, undefined, agent)).body.total.incidents).toBe(before - 1)
  await inSight()
  const { rows: kept } = await pool.query('select settled from holding where incident_id = $1', [noted])
  expect(kept).toEqual([{ settled: false }])

  await countHoldingsAgain(db, some[0]!.customer_id)
  const { rows: sums } = await pool.query(
    `select sum(incidents)::int as incidents, sum(working_ms)::float8 as working from holding_sum where customer_id = $1`,
    [some[0]!.customer_id],
  )
  expect(sums).toEqual([{ incidents: 0, working: 0 }])
}, 120_000)

interface Told {
  readonly key: string
  readonly label: string
  readonly waits: readonly { readonly for: string; readonly waitingMs: number }[]
}

function plain({ key: _key, label: _label, waits, ...rest }: Told) {
  return {
    ...rest,
    waits: waits.toSorted((one, other) => other.waitingMs - one.waitingMs || (one.for < other.for ? -1 : 1)),
  }
}
