import { alarmsOf, toldOf } from '#core/alarm.ts'
import { newId } from '#core/id.ts'
import {
  askOf,
  isSameResult,
  keepOrderResults,
  type OrderChange,
  type Result,
  resultOf,
  settleOrders,
  storedAlarms,
  verdictOf,
} from '#modules/service-levels'
import type { Db } from '#platform/context.ts'
import type { CountedPromise } from './promise.ts'
import type { Kept } from './queries.ts'

/** A request, locked, with its promise as it was counted now; null where nothing was agreed. */
export interface Recounted {
  readonly kept: Kept
  /** As it was before another agreement was found to hold for it; without it, `kept`. */
  readonly before?: Kept | undefined
  readonly counted: CountedPromise | null
}

/** Why promises are counted anew. */
export interface Recounting {
  readonly now: Date
  readonly cause: 'history' | 'recompute' | 'correction'
  readonly correctionId?: string | undefined
  /** False: what stays as it was told in a locked month is not adjusted either. */
  readonly adjust?: boolean
}

type Order = Recounted & OrderChange['order']

/** What comes out differently than it is told; nothing is changed. */
export function compareOrders(db: Db, recounted: readonly Recounted[]): Promise<OrderChange<Order>[]> {
  return settleOrders(
    askOf(db),
    recounted.map((each) => {
      const is = resultNow(each.counted, each.kept.exclusion !== null)
      return { order: { ...each, ...each.kept }, was: toldResult(each.before ?? each.kept, is), is }
    }),
  )
}

/** Columns of a request that a promise counted anew changes. */
type Settled = Partial<ReturnType<typeof countedColumns>>

/**
 * What is to be stored of promises that were counted anew, by request: of most what was counted. What was told in a locked
 * month stays, and an adjustment is entered in the open one; what was replaced is kept beside.
 */
export async function settlePromises(
  db: Db,
  recounted: readonly Recounted[],
  recounting: Recounting,
): Promise<ReadonlyMap<string, Settled | null>> {
  const changes = await compareOrders(db, recounted)
  await keepOrderResults(askOf(db), changes, recounting)
  const { adjust = true } = recounting
  await keepTold(
    db,
    changes.filter(({ stored }) => stored || adjust),
    recounting.now,
  )
  const changed = new Map(changes.map((change) => [change.order.id, change]))
  return new Map(
    recounted.map((each): [string, Settled | null] => {
      const change = changed.get(each.kept.id)
      const columns = countedColumns(each, recounting.now)
      // What was told in a locked month stays also when nothing new is known of it.
      if (change === undefined) return [each.kept.id, isAsTold(each) ? columns : null]
      if (!change.stored)
        return [each.kept.id, adjust && (isMoved(change) || isReattached(each)) ? { onlyAdjusted: true } : null]
      // What comes into a locked month from outside is an adjustment to it, and no part of its figures.
      return [each.kept.id, { ...columns, onlyAdjusted: change.lockedMonth !== null && verdictOf(change.is) !== null }]
    }),
  )
}

function isAsTold({ kept, counted }: Recounted): boolean {
  return isSameResult(toldNow(kept, counted), resultNow(counted, kept.exclusion !== null))
}

/** Whether what was told in a locked month was delivered at another moment than is known now: there it counts as it was told. */
function isMoved({ stored, was, order: { kept } }: OrderChange<Order>): boolean {
  return !stored && verdictOf(was) !== null && kept.deliveredAt?.toISOString() !== was!.stoppedAt
}

/** Whether another agreement was found to hold: in the locked month it counts under the one by which it was told. */
function isReattached({ kept, before }: Recounted): boolean {
  return before !== undefined && before.agreementVersionId !== kept.agreementVersionId
}

/** What was told in a locked month of orders that are taken up again, or delivered at another moment, goes on to count there. */
async function keepTold(db: Db, changes: readonly OrderChange<Order>[], now: Date): Promise<void> {
  const told = changes.filter(
    (change) =>
      (change.stored || isMoved(change) || isReattached(change.order)) &&
      change.lockedMonth !== null &&
      verdictOf(change.was) !== null &&
      !change.order.kept.onlyAdjusted,
  )
  if (told.length === 0) return
  await db
    .insertInto('requestTold')
    .values(told.map(({ order, was }) => toldRow(order.before ?? order.kept, was!, now)))
    .execute()
}

/** What was told of an order, as it counts in its month whatever becomes of the order. */
export function toldRow(kept: Kept, told: Result, now: Date) {
  return {
    id: newId(now.getTime()),
    requestId: kept.id,
    customerId: kept.customerId,
    siteId: kept.siteId,
    serviceId: kept.serviceId,
    agreementVersionId: kept.agreementVersionId,
    attainmentBp: kept.attainmentBp,
    deliveredAt: new Date(told.stoppedAt!),
    fulfilmentMet: told.state === 'met',
    excluded: told.excluded,
    keptAt: now,
  }
}

/** Whether it was delivered in time, when it is due, and what is still to be told of it. */
function countedColumns({ kept, counted }: Recounted, now: Date) {
  const result = resultNow(counted, kept.exclusion !== null)
  const dueAt = counted?.result.dueAt ?? null
  const alarms = counted === null ? [] : alarmsOf(counted.result, counted.atRiskBp, now.getTime())
  const isNew = kept.alarmAt === null && kept.toldBp === 0
  // What was passed before anything could be told of it is told once, as the highest of it.
  const promise = { round: 0, targetMs: 0 }
  const before = isNew ? null : { ...promise, toldBp: kept.toldBp }
  const toldBp = toldOf(promise, before, alarms, now.getTime())
  return {
    fulfilmentMet: metOf(result),
    promisedAt: dueAt === null ? null : new Date(dueAt),
    fulfilment: result === null ? null : JSON.stringify(result),
    onlyAdjusted: kept.onlyAdjusted,
    toldBp,
    ...storedAlarms(alarms, toldBp),
  }
}

/** Whether it was delivered in time; null until it is, and where nothing was promised. */
function metOf(result: Result | null): boolean | null {
  if (result?.state === 'met') return true
  return result?.state === 'breached-stopped' ? false : null
}

/** A promise as it is counted. */
export function resultNow(counted: Pick<CountedPromise, 'result'>, excluded?: boolean): Result
export function resultNow(counted: Pick<CountedPromise, 'result'> | null, excluded?: boolean): Result | null
export function resultNow(counted: Pick<CountedPromise, 'result'> | null, excluded = false): Result | null {
  if (counted === null) return null
  const { startAt, dueAt, stoppedAt, ...rest } = counted.result
  return resultOf({ ...rest, startedAt: dateOf(startAt), dueAt: dateOf(dueAt), stoppedAt: dateOf(stoppedAt) }, excluded)
}

/** A promise as it is told, by what is counted now. */
export function toldNow(kept: Kept, counted: Pick<CountedPromise, 'result'> | null): Result | null {
  return toldResult(kept, resultNow(counted, kept.exclusion !== null))
}

/**
 * A promise as it is told. Of what was last counted before results were kept, the verdict and its moments are known; the
 * rest is taken to be what is counted now.
 */
function toldResult(kept: Kept, is: Result | null): Result | null {
  if (kept.fulfilment !== null) return kept.fulfilment as unknown as Result
  if (kept.agreementVersionId === null || kept.targetSeconds === null) return null
  if (kept.fulfilmentMet === null && kept.promisedAt === null) return is
  const targetMs = (kept.targetSeconds ?? 0) * 1000
  const moments = { startedAt: kept.orderedAt, dueAt: kept.promisedAt, stoppedAt: null }
  if (kept.fulfilmentMet === null) {
    return resultOf({ state: is?.state ?? 'running', targetMs, elapsedMs: is?.elapsedMs ?? 0, ...moments }, false)
  }
  const state = kept.fulfilmentMet ? 'met' : 'breached-stopped'
  const stopped = { ...moments, stoppedAt: kept.deliveredAt }
  return resultOf({ state, targetMs, elapsedMs: is?.elapsedMs ?? 0, ...stopped }, false)
}

/**
 * The result that is shown of a promise: as it was told once it has ended, since what was told of a locked month stays, else
 * as it is counted.
 *
 * @param stored The request's `fulfilment`.
 */
export function shownResult(
  stored: unknown,
  counted: CountedPromise,
): { readonly result: Result; readonly asTold: boolean } {
  const told = stored as Result | null
  const now = resultNow(counted, told?.excluded)
  const stays = verdictOf(told) !== null && !isSameResult(told, now)
  return { result: stays ? told! : now, asTold: stays }
}

function dateOf(moment: number | null): Date | null {
  return moment === null ? null : new Date(moment)
}
