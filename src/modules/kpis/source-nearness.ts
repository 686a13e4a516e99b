import { sql } from 'kysely'
import type { KpiPart } from './api.ts'
import { monthOf, near, type Slice, type SlicedSource, type Stretch, type World } from './source.ts'
import { TOUCHLESS } from './sources-desk.ts'

/** Of one part and month: what is near in it, each a share. */
interface Shares {
  readonly month: string
  readonly part: KpiPart
  readonly key: string
  readonly resolved: number
  readonly unmoved: number
  readonly delivered: number
  readonly touchless: number
  readonly unasked: number
}

/**
 * How near we are (K78): the mean of the shares that are known of resolved incidents that nobody handed on, of deliveries
 * without hands, and of deliveries for which nobody had to be asked. Weighted with what stands behind it, so that customers
 * together are their weighted mean.
 */
export const nearnessSource: SlicedSource = {
  records: 'incidents',
  parts: ['customer', 'site', 'service'],
  topics: ['incidents', 'requests'],
  slices: async (stretch, world) => (await sharesOf(stretch, world)).flatMap(sliceOf),
}

const POINTS = 10_000

function sliceOf({ month, part, key, resolved, unmoved, delivered, touchless, unasked }: Shares): readonly Slice[] {
  const size = resolved + delivered
  if (size === 0) return []
  const shares = [
    ...(resolved === 0 ? [] : [unmoved / resolved]),
    ...(delivered === 0 ? [] : [touchless / delivered, unasked / delivered]),
  ]
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length
  return [{ month, part, key, numerator: Math.round(mean * POINTS) * size, denominator: POINTS * size, size }]
}

async function sharesOf(stretch: Stretch, { db }: World): Promise<readonly Shares[]> {
  const { customerId, from, to } = stretch
  const { rows } = await sql<Shares>`
    with each as (
      select ${monthOf('t.resolved_at')} as month, t.site_id, t.service_id, 1 as resolved, (t.hop_count = 0)::int as unmoved,
        0 as delivered, 0 as touchless, 0 as unasked
      from incident t join customer c on c.id = t.customer_id
      where t.customer_id = ${customerId} and t.state <> 'cancelled' and ${near('t.resolved_at', stretch)}
      union all
      select ${monthOf('t.delivered_at')}, t.site_id, t.service_id, 0, 0, 1,
        ${sql.raw(TOUCHLESS)}, (not exists (select from request_approval a where a.request_id = t.id))::int
      from request t join customer c on c.id = t.customer_id
      where t.customer_id = ${customerId} and t.state in ('delivered', 'confirmed', 'closed') and ${near('t.delivered_at', stretch)}
    )
    select month::text as month,
      case when grouping(site_id) = 0 then 'site' when grouping(service_id) = 0 then 'service' else 'customer' end as part,
      case when grouping(site_id) = 0 then coalesce(site_id::text, '') when grouping(service_id) = 0 then coalesce(service_id::text, '')
        else '' end as key,
      sum(resolved)::float8 as resolved, sum(unmoved)::float8 as unmoved, sum(delivered)::float8 as delivered,
      sum(touchless)::float8 as touchless, sum(unasked)::float8 as unasked
    from each where month >= ${from}::date and month < ${to}::date
    group by grouping sets ((month), (month, site_id), (month, service_id))`.execute(db)
  return rows
}
