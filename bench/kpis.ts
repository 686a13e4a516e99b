import { performance } from 'node:perf_hooks'
import { addSite } from '#modules/sites'
import { addService } from '#modules/services'
import { computeChanged, computeKpis, listKpis } from '#modules/kpis'
import { type Context, system } from '#platform/context.ts'
import { type Database, transaction } from '#platform/database.ts'
import { percentile, print, rounded } from './measure.ts'
import { NOW, type Spread, type TicketWorld, withTickets } from './tickets.ts'

/**
 * All key figures of a month over all their parts, from so many tickets of one customer in two years; of all months at once;
 * what changed on a day; and the library as it is opened (`PLUMBLINE_BENCH_TICKETS=100000` for a quick look).
 */
const TICKETS = Number(process.env['PLUMBLINE_BENCH_TICKETS'] ?? 1_000_000)
const SITES = 40
const SERVICES = 20
/** Of the days of two years. */
const DAYS = 730
const OPENINGS = 30

const measured = async ({ database, customerId }: TicketWorld) => {
  const about = { tickets: TICKETS, sites: SITES, services: SERVICES }
  const month = { customerId, from: '2025-11-01', to: '2025-12-01' }
  const timed = async (work: (context: Context) => Promise<unknown>) => {
    const began = performance.now()
    const found = await inContext(database, work)
    return { seconds: rounded((performance.now() - began) / 1000), found }
  }

  const all = await timed((context) => computeKpis(context, { customerId, from: '2024-01-01', to: '2026-07-01' }))
  const { rows } = await database.pool.query<{ count: number }>('select count(*)::int as count from kpi_value')
  print({
    name: 'kpis.all-months',
    value: all.seconds,
    unit: 's',
    samples: 1,
    detail: { ...about, values: rows[0]!.count },
  })
  const one = await timed((context) => computeKpis(context, month))
  print({ name: 'kpis.month', value: one.seconds, unit: 's', samples: 1, detail: { ...about, limit: 60 } })

  await database.pool.query('delete from kpi_change')
  const { rowCount: touched } = await database.pool.query(
    `update incident set hop_count = hop_count + 1, updated_at = now() where id in (
       select id from incident where resolved_at < $2 order by resolved_at desc limit $1)`,
    [Math.ceil(TICKETS / DAYS), new Date('2025-12-31')],
  )
  const changed = await timed((context) => computeChanged(context, customerId))
  const detail = { ...about, touched, figures: changed.found, limit: 5 }
  print({ name: 'kpis.changed', value: changed.seconds, unit: 's', samples: 1, detail })

  const times: number[] = []
  for (let index = 0; index < OPENINGS; index++) {
    times.push(1000 * (await timed((context) => listKpis(context, { customer: customerId }))).seconds)
  }
  const opened = rounded(percentile(times, 0.95), 1)
  print({
    name: 'kpis.open',
    value: opened,
    unit: 'ms',
    samples: OPENINGS,
    detail: { ...about, of: 'p95', limit: 150 },
  })
}
await withTickets(TICKETS, measured, { spread: placesOf })

async function inContext<Result>({ db }: Database, work: (context: Context) => Promise<Result>): Promise<Result> {
  return transaction(db, system, 'read write', (tx) =>
    work({ db: tx, actor: system, now: NOW, requestId: 'bench', listeners: {}, enqueue: async () => undefined }),
  )
}

async function placesOf(database: Database, customerId: string): Promise<Spread> {
  return inContext(database, async (context) => {
    const siteIds: string[] = []
    const serviceIds: string[] = []
    for (let index = 0; index < SITES; index++) {
      const place = { country: 'DE', region: null, segment: `Segment ${index % 4}`, market: `Market ${index % 3}` }
      const site = { customer: customerId, name: `Site ${index}`, siteType: 'office', ...place } as const
      siteIds.push((await addSite(context, site)).id)
    }
    for (let index = 0; index < SERVICES; index++) {
      serviceIds.push(
        (await addService(context, { customer: customerId, name: `Service ${index}`, criticality: 3 })).id,
      )
    }
    return { siteIds, serviceIds }
  })
}
