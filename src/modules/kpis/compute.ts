import { type RawBuilder, sql } from 'kysely'
import type { Context, Db } from '#platform/context.ts'
import { library } from './library.ts'
import { type KpiSource, type Part, sources, type Stretch } from './sources.ts'

const columnOf: Readonly<Record<Exclude<Part, 'customer'>, string>> = {
  site: 's.site_id',
  service: 's.service_id',
  team: 's.team_id',
  'site-type': 's.site_type',
}

/**
 * Counts all figures of a customer's months anew, of all its parts. What was counted of a locked month stays as it was told;
 * what was never counted of it is counted once.
 */
export async function computeKpis({ db, now }: Context, stretch: Stretch): Promise<void> {
  // Two at the same time would write the same.
  await sql`select pg_advisory_xact_lock(hashtext('kpis'), hashtext(${stretch.customerId}))`.execute(db)
  for (const { key, version } of library) {
    const source = sources[key]
    if (source !== undefined) await computeOne(db, { key, version, source, stretch, now })
  }
}

interface One {
  readonly key: string
  readonly version: number
  readonly source: KpiSource
  readonly stretch: Stretch
  readonly now: Date
}

async function computeOne(db: Db, { key, version, source, stretch, now }: One): Promise<void> {
  const { customerId, from, to } = stretch
  await db
    .deleteFrom('kpiValue')
    .where('customerId', '=', customerId)
    .where('kpi', '=', key)
    .where('month', '>=', from)
    .where('month', '<', to)
    .where((where) =>
      where.not(
        where.exists(
          where
            .selectFrom('period')
            .select('period.month')
            .where('period.state', '=', 'locked')
            .whereRef('period.customerId', '=', 'kpiValue.customerId')
            .whereRef('period.month', '=', 'kpiValue.month'),
        ),
      ),
    )
    .execute()
  const { rows, parts, spread } = source
  const columns = parts.filter((part) => part !== 'customer').map((part) => columnOf[part])
  const sets = sql.raw([`(s.month)`, ...columns.map((column) => `(s.month, ${column})`)].join(', '))
  const beside = spread
    ? sql`jsonb_build_object('median', percentile_cont(0.5) within group (order by s.n),
        'p90', percentile_cont(0.9) within group (order by s.n))`
    : sql`null::jsonb`
  await db
    .insertInto('kpiValue')
    .columns([
      'customerId',
      'kpi',
      'version',
      'month',
      'part',
      'key',
      'numerator',
      'denominator',
      'beside',
      'computedAt',
    ])
    .expression(
      sql`select ${customerId}::uuid, ${key}, ${sql.lit(version)}::int, s.month, ${partOf(parts)}, ${keyOf(parts)},
          sum(s.n)::bigint, sum(s.d)::bigint, ${beside}, ${now}::timestamptz
        from (select r.*, (select site_type from site where site.id = r.site_id) as site_type from (${rows(stretch)}) r
          where r.month >= ${from}::date and r.month < ${to}::date) s
        group by grouping sets (${sets})` as never,
    )
    // What was told of a locked month.
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

function partOf(parts: readonly Part[]): RawBuilder<string> {
  return cases(parts, (part) => `'${part}'`, "'customer'")
}

function keyOf(parts: readonly Part[]): RawBuilder<string> {
  return cases(parts, (part) => `coalesce(${columnOf[part]}::text, '')`, "''")
}

function cases(
  parts: readonly Part[],
  then: (part: Exclude<Part, 'customer'>) => string,
  otherwise: string,
): RawBuilder<string> {
  const lines = parts
    .filter((part) => part !== 'customer')
    .map((part) => `when grouping(${columnOf[part]}) = 0 then ${then(part)}`)
  return sql.raw(lines.length === 0 ? otherwise : `case ${lines.join(' ')} else ${otherwise} end`)
}

/** Customers with the months of which something may be counted: from their first incident, or only the latest ones. */
export async function stretchesOf(
  { db, now }: Pick<Context, 'db' | 'now'>,
  months: number | null,
): Promise<readonly Stretch[]> {
  const { rows } = await sql<Stretch>`
    select c.id as "customerId",
      greatest(
        coalesce((select date_trunc('month', min(i.opened_at)) from incident i where i.customer_id = c.id), date_trunc('month', ${now}::timestamptz)),
        ${months === null ? sql`'1970-01-01'::timestamptz` : sql`date_trunc('month', ${now}::timestamptz) - make_interval(months => ${months})`}
      )::date::text as "from",
      (date_trunc('month', ${now}::timestamptz) + interval '1 month')::date::text as "to"
    from customer c order by c.id`.execute(db)
  return rows
}
