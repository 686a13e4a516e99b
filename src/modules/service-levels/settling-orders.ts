import { newId } from '#core/id.ts'
import type { Ask } from './ask.ts'
import { enterAdjustments, insertKept, type Keeping } from './kept-results.ts'
import { lastAdjusted } from './last-adjusted.ts'
import { monthsOf } from './locked-months.ts'
import { isSameResult, type Result, settle, type Settlement, verdictOf } from './settlement.ts'

/** An order, as far as results that are told of it are grouped. */
export interface ToldOrder {
  readonly id: string
  readonly customerId: string
  readonly number: string
  readonly siteId: string | null
  readonly serviceId: string | null
  readonly agreementVersionId: string | null
}

/** What an order was promised, as it is told and as it is counted anew, where that differs; null where nothing was agreed. */
export interface OrderChange<Order extends ToldOrder = ToldOrder> extends Settlement {
  readonly order: Order
  readonly was: Result | null
  readonly is: Result | null
  /** The month (`YYYY-MM`) of the customer in which the result counts, or counted; null while the promise runs. */
  readonly month: string | null
}

/** What differs between orders as they are told and as they are counted, and what is to become of it: as of clocks. */
export async function settleOrders<Order extends ToldOrder>(
  ask: Ask,
  counted: readonly { readonly order: Order; readonly was: Result | null; readonly is: Result | null }[],
): Promise<OrderChange<Order>[]> {
  const differing = counted.filter(({ was, is }) => !isSameResult(was, is))
  // What was adjusted may come out as it was told again.
  const told = counted.filter(({ was }) => verdictOf(was) !== null)
  if (differing.length === 0 && told.length === 0) return []
  const months = await monthsOf(ask, [...new Set(counted.map(({ order }) => order.customerId))])
  const ids = months.anyLocked ? told.map(({ order }) => order.id) : []
  const known = await lastAdjusted(ask, 'request', ids)
  return counted.flatMap(({ order, was, is: now }): OrderChange<Order>[] => {
    const { id, customerId } = order
    const toldIn = verdictOf(was) === null ? null : months.month(customerId, was!.stoppedAt!)
    const last = known.get(`${id} ${toldIn}`)
    // What was excluded after its month was locked is so by its adjustment.
    const is = last?.excluded === true && now !== null ? { ...now, excluded: true } : now
    if (last === undefined && isSameResult(was, is)) return []
    const settlement = settle(was, is, last, (moment) => months.locked(customerId, moment))
    if (!settlement.stored && settlement.adjustment === null) return []
    const counts = verdictOf(is) === null ? was : is
    const month = verdictOf(counts) === null ? null : months.month(customerId, counts!.stoppedAt!)
    return [{ order, was, is, month, ...settlement }]
  })
}

/** Keeps the results of orders that were replaced, and enters what differs in locked months into the open one. */
export async function keepOrderResults(ask: Ask, changes: readonly OrderChange[], keeping: Keeping): Promise<void> {
  const { now, cause, correctionId, adjust = true } = keeping
  await insertKept(
    ask,
    changes
      .filter(({ stored, was }) => stored && verdictOf(was) !== null)
      .map(({ order, was }) => ({
        id: newId(now.getTime()),
        clockId: null,
        incidentId: null,
        requestId: order.id,
        customerId: order.customerId,
        metric: 'fulfilment',
        number: order.number,
        result: was!,
        cause,
        correctionId: correctionId ?? null,
        keptAt: now,
      })),
  )
  await enterAdjustments(
    ask,
    changes
      .filter(({ adjustment, stored }) => adjustment !== null && (adjust || stored))
      .map(({ order, lockedMonth, adjustment }) => ({
        id: newId(now.getTime()),
        customer_id: order.customerId,
        request_id: order.id,
        number: order.number,
        metric: 'fulfilment',
        site_id: order.siteId,
        service_id: order.serviceId,
        agreement_version_id: order.agreementVersionId,
        month: `${lockedMonth}-01`,
        ...adjustment!.by,
        before: adjustment!.from,
        after: adjustment!.to,
      })),
    keeping,
  )
}
