import { sql } from 'kysely'
import { barredBeyondBooks, barredFromContracting, require } from '#core/may.ts'
import { monthsAfter } from '#core/recurrence.ts'
import { counting, isUntold } from '#platform/confidential.ts'
import type { Context } from '#platform/context.ts'
import type { SupplierPromise } from './api.ts'
import { requireSupplierContract } from './queries.ts'

type Seen = SupplierPromise & { readonly title: string | null; readonly ours: string | null }

/**
 * What is under a month of the scorecard: each promise that was over in it, with our own clock beside it, and of what
 * few may know of what was counted alone.
 */
export async function listPromises({ db, actor }: Context, contractId: string, month: string): Promise<Seen[]> {
  if (actor.access !== 'auditor') require(barredFromContracting(actor))
  require(barredBeyondBooks(actor))
  const { id } = await requireSupplierContract(db, contractId)
  const ask = () =>
    sql<Seen & { readonly untold: boolean }>`
    select ${isUntold(sql`i.id`)} as untold, i.number, i.title, i.priority, s.name as service, b.metric, b.state, b.started_at as "startedAt",
      b.due_at as "dueAt", b.stopped_at as "stoppedAt",
      (select c.state from clock c where c.incident_id = b.incident_id and c.metric = b.metric order by c.round desc limit 1) as ours
    from supplier_contract sc join clock_behind b on b.agreement_id = sc.agreement_id
    join incident i on i.id = b.incident_id left join service s on s.id = i.service_id
    where sc.id = ${id} and b.state in ('met', 'breached-stopped')
      and b.stopped_at >= ${`${month}-01`} and b.stopped_at < ${monthsAfter(`${month}-01`, 1)}
    order by b.state = 'met', untold, case when ${isUntold(sql`i.id`)} then null else b.stopped_at end, b.id limit 500`.execute(
      db,
    )
  const { rows } = await counting(db, ask)
  const nothing = { number: null, title: null, service: null, startedAt: null, dueAt: null, stoppedAt: null }
  return rows.map(({ untold, ...row }) => (untold ? { ...row, ...nothing } : row))
}

/** Of whoever coordinates at a supplier: their tickets by number, weight and clock, and nothing that was written in them. */
export async function ownPromises({
  db,
  now,
}: Context): Promise<readonly (SupplierPromise & { readonly of: string })[]> {
  const since = new Date(monthsAfter(now.toISOString().slice(0, 10), -12))
  const { rows } = await sql<SupplierPromise & { of: string }>`
    select supplier_contract_id as of, number, priority, service, metric, state, started_at as "startedAt",
      due_at as "dueAt", stopped_at as "stoppedAt"
    from own_promises(${since})`.execute(db)
  return rows
}
