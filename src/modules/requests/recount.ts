import { type RawBuilder, sql } from 'kysely'
import type { OrderChange } from '#modules/service-levels'
import type { Context, Db } from '#platform/context.ts'
import type { JobWorld } from '#platform/worker.ts'
import { countThese, type PromisedBy, promiseFor } from './promise.ts'
import type { Kept } from './queries.ts'
import { openRequestStates } from './request.ts'
import { compareOrders, type Recounted, type Recounting, settlePromises } from './settle.ts'

/** Counted anew in one transaction. */
export const BATCH = 200

/** Orders whose promise a correction may touch. */
export type OrderScope =
  /** Those that ran in a calendar's hours at that time. */
  | { readonly calendarId: string; readonly from: Date; readonly to: Date }
  /** Those of a customer from a day on, by the agreement that holds for them now. */
  | { readonly customerId: string; readonly orderedFrom: Date }
  /** One; attached, by the agreement that held when it was ordered, as that is known now. */
  | { readonly requestId: string; readonly attach: boolean }

/**
 * Counts the promises of requests anew that run in a calendar's hours, or were delivered in a month that is not locked: what
 * was told of a locked one stays.
 */
export async function recountIn(world: JobWorld, calendarId: string): Promise<void> {
  const where = sql<boolean>`v.calendar_id = ${calendarId} and (r.state = any(${[...openRequestStates]})
    or r.delivered_at is not null and not exists (select from period p where p.customer_id = r.customer_id
      and p.state = 'locked' and p.month = date_trunc('month', r.delivered_at at time zone c.time_zone)::date))`
  await recountWhere(world, where, { cause: 'recompute' })
}

/** Counts the promises anew that were made before anything was to be told of them. */
export async function takeUpUntold(world: JobWorld): Promise<void> {
  const where = sql<boolean>`r.state = any(${[...openRequestStates]}) and r.promised_at is not null and r.alarm_at is null
    and r.told_bp = 0`
  await recountWhere(world, where, { cause: 'recompute' })
}

/** Counts the promises anew that a correction touches, and keeps what it replaces. */
export async function recountOrders(world: JobWorld, scope: OrderScope, correctionId: string): Promise<void> {
  await recountWhere(world, inScope(scope), { cause: 'correction', correctionId, attach: isAttaching(scope) })
}

/** What would come out differently of the promises in scope, by what is known in this transaction; a batch at a time. */
export async function foreseeOrders(
  { db, now }: Pick<Context, 'db' | 'now'>,
  scope: OrderScope,
  onChanges: (changes: readonly OrderChange[], looked: number) => Promise<void>,
): Promise<void> {
  const attach = isAttaching(scope)
  for (let after: string | null = null; ;) {
    const kept: readonly Kept[] = await take(db, inScope(scope), after)
    if (kept.length > 0) {
      const recounted = await recountKept(db, kept, { now, attach })
      await onChanges(await compareOrders(db, recounted), kept.length)
    }
    if (kept.length < BATCH) return
    after = kept.at(-1)!.id
  }
}

function isAttaching(scope: OrderScope): boolean {
  return 'orderedFrom' in scope || ('attach' in scope && scope.attach)
}

function inScope(scope: OrderScope): RawBuilder<boolean> {
  if ('requestId' in scope) return sql`r.id = ${scope.requestId} and r.state <> 'draft'`
  if ('orderedFrom' in scope) {
    return sql`r.customer_id = ${scope.customerId} and r.state <> 'draft' and r.ordered_at >= ${scope.orderedFrom}`
  }
  const { calendarId, from, to } = scope
  return sql`v.calendar_id = ${calendarId} and r.state <> 'draft' and r.ordered_at < ${to}
    and coalesce(r.delivered_at, r.closed_at, 'infinity') >= ${from}`
}

interface Recount extends Omit<Recounting, 'now'> {
  /** The agreement that holds is looked for anew. */
  readonly attach?: boolean
}

async function recountWhere(
  { inTransaction, signal }: Pick<JobWorld, 'inTransaction' | 'signal'>,
  where: RawBuilder<boolean>,
  { attach = false, ...recounting }: Recount,
): Promise<void> {
  let after: string | null = null
  do {
    signal.throwIfAborted()
    after = await inTransaction(async ({ db, now }): Promise<string | null> => {
      const kept = await take(db, where, after, 'for update of r')
      const recounted = await recountKept(db, kept, { now, attach })
      await storePromises(db, recounted, { now, ...recounting })
      return kept.length < BATCH ? null : kept.at(-1)!.id
    })
  } while (after !== null)
}

/** Stores promises that were counted anew. Nobody did anything to the orders: their versions stay. */
export async function storePromises(db: Db, recounted: readonly Recounted[], recounting: Recounting): Promise<void> {
  const settled = await settlePromises(db, recounted, recounting)
  for (const { kept: each } of recounted) {
    const columns = settled.get(each.id)
    if (columns)
      await db
        .updateTable('request')
        .set({ ...promisedBy(each), ...columns })
        .where('id', '=', each.id)
        .execute()
  }
}

/** The next ones in the order of their ids. */
export async function take(
  db: Db,
  where: RawBuilder<boolean>,
  after: string | null,
  locking: 'for update of r' | '' = '',
): Promise<readonly Kept[]> {
  const { rows } = await sql<Kept>`
    select r.* from request r join customer c on c.id = r.customer_id
      left join calendar_version v on v.id = r.calendar_version_id
    where ${where} ${after === null ? sql`` : sql`and r.id > ${after}::uuid`}
    order by r.id limit ${BATCH} ${sql.raw(locking)}`.execute(db)
  return rows
}

/** Counts promises anew; attached, by the agreement that is known to have held when each was ordered. */
export async function recountKept(
  db: Db,
  kept: readonly Kept[],
  { now, attach }: { readonly now: Date; readonly attach: boolean },
): Promise<Recounted[]> {
  const attached: Kept[] = []
  for (const each of kept) attached.push(attach ? { ...each, ...(await heldFor(db, each)) } : each)
  const counted = await countThese(db, attached, now)
  return attached.map((each, index) => ({ kept: each, before: kept[index]!, counted: counted[index]! }))
}

/** By what an order is to be counted, by the agreement that is known to have held when it was made. */
async function heldFor(db: Db, kept: Kept): ReturnType<typeof promiseFor> {
  const { customerId, serviceId, siteId, itemId, orderedAt } = kept
  return promiseFor({ db, now: orderedAt }, { customerId, serviceId, siteId, itemId }, await plannedOf(db, kept))
}

/** Seconds by which an order is counted that nobody promised anything for: those of its plan. */
export async function plannedOf(db: Db, { id, targetSeconds, attainmentBp }: Kept): Promise<number> {
  return targetSeconds !== null && attainmentBp === null ? targetSeconds : plannedFor(db, id)
}

/** What an order would be counted by if it were attached now; null when there is none in sight. */
export async function reattached(db: Db, id: string): Promise<PromisedBy | null> {
  const kept = await db.selectFrom('request').selectAll().where('id', '=', id).executeTakeFirst()
  return kept === undefined ? null : { ...kept, ...(await heldFor(db, kept)) }
}

/** Seconds of a request's own plan: its stages one after the other, in each the longest task. */
async function plannedFor(db: Db, requestId: string): Promise<number> {
  const { rows } = await sql<{ readonly seconds: number }>`
    select coalesce(sum(longest), 0)::bigint as seconds from (
      select max(planned_seconds) as longest from request_task where request_id = ${requestId} group by stage) stages`.execute(
    db,
  )
  return rows[0]!.seconds
}

function promisedBy({
  agreementVersionId,
  calendarVersionId,
  targetSeconds,
  targetDays,
  targetEnd,
  attainmentBp,
}: Kept): Omit<PromisedBy, 'id'> & { readonly attainmentBp: number | null } {
  return { agreementVersionId, calendarVersionId, targetSeconds, targetDays, targetEnd, attainmentBp }
}
