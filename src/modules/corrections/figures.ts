import { sql } from 'kysely'
import type { Context, Db } from '#platform/context.ts'
import type { AvailabilityDifference } from '#modules/availability'
import type { CorrectionAvailability, CorrectionFigure } from './api.ts'
import { getCorrection } from './queries.ts'

/** A figure as it is kept: with the id of the customer, whose name is for who may see it. */
type KeptFigure = Omit<CorrectionFigure, 'customer'> & { readonly customerId: string }

/**
 * What the differences of a correction do to the figures of months, by priority and metric, of orders in all: what was
 * counted, and what would be. Of locked months what would be is what was told and its adjustments.
 */
export async function sumFigures(db: Db, correctionId: string): Promise<KeptFigure[]> {
  const { rows } = await sql<KeptFigure>`
    with moved as (
      select d.customer_id, d.metric, coalesce(k.priority, i.priority) as priority, side.sign, side.result->>'state' as state,
        (side.result->>'excluded')::boolean as excluded,
        date_trunc('month', (side.result->>'stoppedAt')::timestamptz at time zone u.time_zone)::date as month
      from correction_difference d
      join customer u on u.id = d.customer_id
      left join incident i on i.id = d.incident_id
      left join clock k on k.id = d.clock_id
      left join request r on r.id = d.request_id
      cross join lateral (values (-1, d.before), (1, d.after)) side (sign, result)
      where d.correction_id = ${correctionId} and d.behind is null and side.result->>'stoppedAt' is not null
        and side.result->>'state' in ('met', 'breached-stopped') and (d.request_id is null or r.attainment_bp is not null)
    ), shifts as (
      select customer_id, month, priority, metric,
        coalesce(sum(sign) filter (where not excluded and state = 'met'), 0)::int as met,
        coalesce(sum(sign) filter (where not excluded and state <> 'met'), 0)::int as failed,
        coalesce(sum(sign) filter (where excluded), 0)::int as excluded
      from moved group by customer_id, month, priority, metric
    )
    select s.customer_id, to_char(s.month, 'YYYY-MM') as month, s.priority::text as priority, s.metric,
      exists (select from period p where p.customer_id = s.customer_id and p.month = s.month and p.state = 'locked') as locked,
      jsonb_build_object('met', f.met, 'failed', f.failed, 'excluded', f.excluded) as before,
      jsonb_build_object('met', f.met + s.met, 'failed', f.failed + s.failed, 'excluded', f.excluded + s.excluded) as after
    from shifts s cross join lateral (
      select coalesce(sum(told.met), 0)::int as met, coalesce(sum(told.failed), 0)::int as failed, coalesce(sum(told.excluded), 0)::int as excluded
      from (
        select met, failed, excluded from attainment_month m
        where m.customer_id = s.customer_id and m.month = s.month and m.priority = s.priority and m.metric = s.metric
        union all
        select (t.fulfilment_met and not t.excluded)::int, (not t.fulfilment_met and not t.excluded)::int, t.excluded::int
        from delivery_told t join customer u on u.id = t.customer_id
        where s.metric = 'fulfilment' and t.customer_id = s.customer_id and t.attainment_bp is not null
          and date_trunc('month', t.delivered_at at time zone u.time_zone)::date = s.month
        union all
        select met, failed, excluded from adjustment a
        where a.customer_id = s.customer_id and a.month = s.month and a.priority is not distinct from s.priority
          and a.metric = s.metric
      ) told
    ) f
    where (s.met, s.failed, s.excluded) <> (0, 0, 0)
    order by s.month, s.customer_id, s.priority, s.metric desc`.execute(db)
  return rows
}

/** As they were looked at before the decision; of customers that the reader may see. */
export async function listFigures(context: Context, id: string): Promise<{ items: CorrectionFigure[] }> {
  await getCorrection(context, id)
  const { db } = context
  const { figures } = await db.selectFrom('correction').select('figures').where('id', '=', id).executeTakeFirstOrThrow()
  const kept = (figures ?? []) as unknown as readonly KeptFigure[]
  if (kept.length === 0) return { items: [] }
  const customers = await db
    .selectFrom('customer')
    .select(['id', 'name'])
    .where('id', 'in', [...new Set(kept.map(({ customerId }) => customerId))])
    .execute()
  const named = new Map(customers.map((customer) => [customer.id, customer]))
  return {
    items: kept.flatMap(({ customerId, ...figure }) => {
      const customer = named.get(customerId)
      return customer === undefined ? [] : [{ ...figure, customer }]
    }),
  }
}

/** What it does to the availability of services, as it was looked at before the decision; of those that the reader may see. */
export async function listAvailability(context: Context, id: string): Promise<{ items: CorrectionAvailability[] }> {
  await getCorrection(context, id)
  const { db } = context
  const row = await db.selectFrom('correction').select('availability').where('id', '=', id).executeTakeFirstOrThrow()
  const kept = (row.availability ?? []) as unknown as readonly AvailabilityDifference[]
  if (kept.length === 0) return { items: [] }
  const ids = (of: 'customerId' | 'serviceId') => [...new Set(kept.map((each) => each[of]))]
  const customers = await db
    .selectFrom('customer')
    .select(['id', 'name'])
    .where('id', 'in', ids('customerId'))
    .execute()
  const services = await db.selectFrom('service').select(['id', 'name']).where('id', 'in', ids('serviceId')).execute()
  const named = new Map([...customers, ...services].map((each) => [each.id, each]))
  return {
    items: kept.flatMap(({ customerId, serviceId, month, locked, before, after }) => {
      const [customer, service] = [named.get(customerId), named.get(serviceId)]
      return customer && service ? [{ customer, service, month, locked, before, after }] : []
    }),
  }
}
