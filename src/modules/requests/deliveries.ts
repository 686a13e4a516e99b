import type { Db } from '#platform/context.ts'

/** A request that was delivered, and whether by the day that was promised. */
export interface Delivery {
  readonly id: string
  readonly met: boolean
}

/** Of a customer's requests that were delivered in `[from, to)` those that something was promised of, as it is told. */
export async function deliveriesOf(
  { db }: { readonly db: Db },
  customerId: string,
  { from, to }: { readonly from: Date; readonly to: Date },
): Promise<readonly Delivery[]> {
  const rows = await db
    .selectFrom('deliveryTold')
    .select(['requestId', 'fulfilmentMet'])
    .where('customerId', '=', customerId)
    .where('deliveredAt', '>=', from)
    .where('deliveredAt', '<', to)
    .where('excluded', '=', false)
    .orderBy('deliveredAt')
    .execute()
  return rows.map(({ requestId, fulfilmentMet }) => ({ id: requestId!, met: fulfilmentMet! }))
}
