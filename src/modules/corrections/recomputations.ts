import { type Selectable, sql, type Updateable } from 'kysely'
import type { DB } from '#db'
import { invalid, notFound } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { require } from '#core/may.ts'
import { requireCustomer } from '#modules/customers'
import { getAgreement } from '#modules/service-levels'
import type { Context, Db } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import { keyOf, pageFrom } from '#platform/paging.ts'
import type {
  listRecomputationDifferences,
  Recomputation,
  RecomputationDifferenceFilter,
  RecomputationFilter,
  RecomputationRequest,
} from './api.ts'
import type { z } from 'zod'
import { recomputeJob } from './jobs.ts'
import { barredFromDeciding } from './may.ts'

/** Has a customer's results counted anew, in the background. */
export async function requestRecomputation(
  context: Context,
  { customer, agreement, from, dryRun }: RecomputationRequest,
): Promise<Recomputation> {
  require(barredFromDeciding(context.actor))
  const { db, now, actor, enqueue } = context
  const whose = customer ?? (agreement && (await getAgreement(db, agreement)).customerId)
  if (whose === undefined) throw invalid('recomputation.whose', {}, { errors: [{ path: 'customer', message: '' }] })
  const { id: customerId } = await requireCustomer(db, whose)
  const id = newId(now.getTime())
  const asked = { id, customerId, fromDay: from ?? null, dryRun, requestedBy: actor.personId, requestedAt: now }
  await db.insertInto('recomputation').values(asked).execute()
  await audit(context, {
    action: 'recomputation.requested',
    subjectType: 'recomputation',
    subjectId: id,
    customerId,
    facts: { from: from ?? null, dryRun },
  })
  await enqueue(recomputeJob, { recomputationId: id })
  return getRecomputation(context, id)
}

/** Stops it; when it is done already, it stays so. */
export async function cancelRecomputation(context: Context, id: string): Promise<Recomputation> {
  require(barredFromDeciding(context.actor))
  const { state, customer } = await getRecomputation(context, id)
  const stopped = state === 'computing' && (await goOn(context.db, id, { state: 'cancelled', finishedAt: context.now }))
  if (stopped) {
    const about = { subjectType: 'recomputation', subjectId: id, customerId: customer.id } as const
    await audit(context, { action: 'recomputation.cancelled', ...about })
  }
  return getRecomputation(context, id)
}

/** So long somebody may come back to what was counted anew. */
const KEPT_MS = 90 * 86_400_000

/** Takes away what was asked for long ago, with its differences, and says how much: it can be asked for again. */
export async function forgetRecomputations(db: Db, now: Date): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('recomputation')
    .where('requestedAt', '<', new Date(now.getTime() - KEPT_MS))
    .executeTakeFirst()
  return Number(numDeletedRows)
}

/** Changes one that is still counted; false when it is not any more. */
export async function goOn(db: Db, id: string, change: Updateable<DB['recomputation']>): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('recomputation')
    .set({ ...change, version: sql`version + 1` })
    .where('id', '=', id)
    .where('state', '=', 'computing')
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

function select(db: Db) {
  return db
    .selectFrom('recomputation')
    .innerJoin('customer', 'customer.id', 'recomputation.customerId')
    .leftJoin('person', 'person.id', 'recomputation.requestedBy')
    .selectAll('recomputation')
    .select(['customer.name as customerName', 'person.name as requester'])
}

type Row = Selectable<DB['recomputation']> & { readonly customerName: string; readonly requester: string | null }

function viewOf({ id, customerId, customerName, requestedBy, requester, ...row }: Row): Recomputation {
  return {
    id,
    customer: { id: customerId, name: customerName },
    from: row.fromDay,
    dryRun: row.dryRun,
    state: row.state as Recomputation['state'],
    progress: row.progress,
    total: row.total,
    counts: row.counts as Recomputation['counts'],
    requestedBy: requestedBy === null ? null : { id: requestedBy, name: requester ?? '' },
    requestedAt: row.requestedAt,
    finishedAt: row.finishedAt,
  }
}

export async function getRecomputation({ db }: Pick<Context, 'db'>, id: string): Promise<Recomputation> {
  const row = await select(db).where('recomputation.id', '=', id).executeTakeFirst()
  if (row === undefined) throw notFound('recomputation.not-found')
  return viewOf(row)
}

/** The latest first. */
export async function listRecomputations({ db }: Context, { customer, limit, cursor }: RecomputationFilter) {
  const after = keyOf(cursor, ['moment', 'id'])
  const customerId = customer === undefined ? undefined : (await requireCustomer(db, customer)).id
  const rows = await select(db)
    .select(sql<string>`recomputation.requested_at::text`.as('key'))
    .$if(customerId !== undefined, (query) => query.where('recomputation.customerId', '=', customerId!))
    .$if(after !== undefined, (query) =>
      query.where(
        sql<boolean>`(recomputation.requested_at, recomputation.id) < (${after![0]}::timestamptz, ${after![1]}::uuid)`,
      ),
    )
    .orderBy('recomputation.requestedAt', 'desc')
    .orderBy('recomputation.id', 'desc')
    .limit(limit + 1)
    .execute()
  const { items, nextCursor } = pageFrom(rows, limit, ({ key, id }) => [key, id])
  return { items: items.map(viewOf), nextCursor }
}

type Difference = z.output<typeof listRecomputationDifferences.reply>['items'][number]

/** In the order in which they were found; also while it is counted. */
export async function listRecomputationDifferencesOf(
  context: Context,
  id: string,
  { locked, limit, cursor }: RecomputationDifferenceFilter,
): Promise<{ items: Difference[]; nextCursor: string | null }> {
  await getRecomputation(context, id)
  const after = keyOf(cursor, ['number'])
  const rows = await context.db
    .selectFrom('recomputationDifference')
    .select(['position', 'number', 'metric', 'before', 'after', 'locked'])
    .where('recomputationId', '=', id)
    .$if(locked !== undefined, (query) => query.where('locked', '=', locked!))
    .$if(after !== undefined, (query) => query.where('position', '>', after![0] as number))
    .orderBy('position')
    .limit(limit + 1)
    .execute()
  const { items, nextCursor } = pageFrom(rows, limit, ({ position }) => [position])
  return { items: items.map((row) => ({ ...row, metric: row.metric as Difference['metric'] })), nextCursor }
}
