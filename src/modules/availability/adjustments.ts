import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { keyOf, pageFrom } from '#platform/paging.ts'
import type { AvailabilityAdjustment } from './api.ts'
import { narrowed } from './queries.ts'

export interface AdjustmentFilter {
  readonly customer?: string | undefined
  readonly service?: string | undefined
  readonly about?: string | undefined
  readonly entered?: string | undefined
  readonly limit: number
  readonly cursor?: string | undefined
}

/** The latest first. */
export async function listAvailabilityAdjustments(
  { db }: Context,
  { customer, service, about, entered, limit, cursor }: AdjustmentFilter,
): Promise<{ items: AvailabilityAdjustment[]; nextCursor: string | null }> {
  const after = keyOf(cursor, ['moment', 'id'])
  const { customerId, serviceId } = await narrowed(db, { customer, service })
  const { rows } = await sql<AvailabilityAdjustment & { readonly key: string }>`
    select a.id, a.customer_id, a.service_id, s.name as service_name, p.target_ppm, to_char(a.month, 'YYYY-MM') as month,
      to_char(a.entered_month, 'YYYY-MM') as entered_month, a.before, a.after, a.correction_id, a.created_at,
      a.created_at::text as key
    from availability_adjustment a join service s on s.id = a.service_id join availability_promise p on p.id = a.promise_id
    where true
      ${customerId === undefined ? sql`` : sql`and a.customer_id = ${customerId}`}
      ${serviceId === undefined ? sql`` : sql`and a.service_id = ${serviceId}`}
      ${about === undefined ? sql`` : sql`and a.month = ${`${about}-01`}::date`}
      ${entered === undefined ? sql`` : sql`and a.entered_month = ${`${entered}-01`}::date`}
      ${after === undefined ? sql`` : sql`and (a.created_at, a.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`}
    order by a.created_at desc, a.id desc limit ${limit + 1}`.execute(db)
  const { items, nextCursor } = pageFrom(rows, limit, ({ key, id }) => [key, id])
  return { items: items.map(({ key: _key, ...row }) => row), nextCursor }
}
