import { addAgreementVersion, getAgreement } from '#modules/service-levels'
import { tryWhatIf, whatIfJobs } from '#modules/what-if'
import { type Context, system } from '#platform/context.ts'
import { type Database, transaction } from '#platform/database.ts'
import type { JobWorld } from '#platform/worker.ts'
import { print, rounded } from './measure.ts'
import { NOW, withTickets } from './tickets.ts'

/**
 * What a draft would have made of all tickets of a customer, each with twelve facts and a clock for each metric: with other
 * targets, so that verdicts turn, and in other hours, so that every clock comes out otherwise and is written down
 * (`PLUMBLINE_BENCH_TICKETS=5000` for a quick look).
 */
const TICKETS = Number(process.env['PLUMBLINE_BENCH_TICKETS'] ?? 50_000)

await withTickets(TICKETS, async ({ database, customerId }) => {
  const versionId = await draft(database, customerId)
  const mornings = [{ opens: 7 * 60, closes: 15 * 60 }]
  const week = [mornings, mornings, mornings, mornings, mornings, [], []]
  const rules = { timeZone: 'America/New_York', week, exceptions: [] }
  await measure(database, 'what-if.targets', versionId)
  await measure(database, 'what-if.hours', versionId, { calendarRules: rules })
})

async function measure(database: Database, name: string, versionId: string, other: object = {}): Promise<void> {
  const days = { from: '2024-01-01', to: '2026-01-01' }
  const { id } = await inContext(database, (context) => tryWhatIf(context, { versionId, ...days, ...other }))
  const { signal } = new AbortController()
  const world = { db: database.db, pool: database.pool, now: () => NOW, signal } as unknown as JobWorld
  const processor = process.cpuUsage()
  const began = performance.now()
  await whatIfJobs[0]!.run(world, { whatIfId: id })
  const seconds = rounded((performance.now() - began) / 1000)
  const { user, system: kernel } = process.cpuUsage(processor)
  const processorSeconds = rounded((user + kernel) / 1e6)
  const { rows } = await database.pool.query('select state, incidents, counts from what_if where id = $1', [id])
  print({
    name,
    value: seconds,
    unit: 's',
    samples: 1,
    detail: { tickets: TICKETS, ...rows[0], processorSeconds, limit: 10 },
  })
}

/** A draft that promises twice as much. */
async function draft(database: Database, customerId: string): Promise<string> {
  const { db, pool } = database
  const { rows } = await pool.query<{ id: string }>('select id from agreement where customer_id = $1', [customerId])
  const { id, version, versions } = await getAgreement(db, rows[0]!.id)
  const { targets, calendarId } = versions[0]!
  const added = await inContext(database, (context) =>
    addAgreementVersion(context, id, version, {
      calendar: calendarId,
      validFrom: NOW,
      services: [],
      terms: {},
      targets: targets.map(({ metric, priority, targetSeconds, attainmentBp }) => ({
        metric,
        priority,
        targetSeconds: targetSeconds / 2,
        attainmentBp,
      })),
    }),
  )
  return added.versions[0]!.id
}

async function inContext<Result>({ db }: Database, work: (context: Context) => Promise<Result>): Promise<Result> {
  return transaction(db, system, 'read write', (tx) =>
    work({ db: tx, actor: system, now: NOW, requestId: 'bench', listeners: {}, enqueue: async () => undefined }),
  )
}
