import { sql } from 'kysely'
import type { Context, Db } from '#platform/context.ts'
import { workspaceOf } from '#platform/workspace.ts'
import { library } from './library.ts'
import { addedUp, placed, slicingOf } from './slicing.ts'
import { type KpiSource, nextMonth, type SlicedSource, type Stretch, type SummedSource } from './source.ts'
import { sources } from './sources.ts'

/**
 * Counts figures of a customer's months anew, of all its parts. What was counted of a locked month stays as it was told;
 * what was never counted of it is counted once.
 *
 * @param only Those alone; all of them without it.
 */
export async function computeKpis(context: Context, stretch: Stretch, only?: ReadonlySet<string>): Promise<void> {
  await takeTurns(context.db, stretch.customerId)
  for (const { key, version } of library) {
    const source = sources[key]
    if (source === undefined || (only !== undefined && !only.has(key))) continue
    await removeValues(context.db, key, stretch)
    const one = { key, version, stretch }
    await ('slices' in source ? storeSlices(context, one, source) : storeSums(context, one, source))
  }
}

/** Two at the same time would write the same. */
async function takeTurns(db: Db, customerId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext(${workspaceOf(db).lock('kpis')}), hashtext(${customerId}))`.execute(
    db,
  )
}

interface One {
  readonly key: string
  readonly version: number
  readonly stretch: Stretch
}

async function removeValues(db: Db, key: string, { customerId, from, to }: Stretch): Promise<void> {
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
}

async function storeSums({ db, now }: Context, { key, version, stretch }: One, source: SummedSource): Promise<void> {
  const { rows, parts, spread, sized = false } = source
  const { customerId, from, to } = stretch
  const slicing = slicingOf(parts)
  const counted = await rows(stretch, { db, now })
  const beside = spread
    ? sql`jsonb_build_object('median', percentile_cont(0.5) within group (order by s.n),
        'p90', percentile_cont(0.9) within group (order by s.n))`
    : sized
      ? sql`jsonb_build_object('size', sum(s.size))`
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
      sql`select ${customerId}::uuid, ${key}, ${sql.lit(version)}::int, s.month, ${slicing.part}, ${slicing.key},
          sum(s.n)::bigint, sum(s.d)::bigint, ${beside}, ${now}::timestamptz
        from ${placed(spread ? counted : addedUp(counted, sized))} s where s.month >= ${from}::date and s.month < ${to}::date
        group by grouping sets (${slicing.sets})` as never,
    )
    // What was told of a locked month.
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

async function storeSlices({ db, now }: Context, one: One, { slices }: SlicedSource): Promise<void> {
  const { key: kpi, version, stretch } = one
  const { customerId } = stretch
  const found = (await slices(stretch, { db, now })).map(({ size, ...slice }) => ({
    customerId,
    kpi,
    version,
    ...slice,
    beside: JSON.stringify({ size }),
    computedAt: now,
  }))
  for (let from = 0; from < found.length; from += BATCH) {
    await db
      .insertInto('kpiValue')
      .values(found.slice(from, from + BATCH))
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
}

const BATCH = 500

/**
 * Counts anew what changed at a customer since it was counted last: the figures of what was touched, in the months that were,
 * and in later ones where a change lasts. Says of how many figures and months.
 */
export async function computeChanged(context: Context, customerId: string): Promise<number> {
  const { db, now } = context
  await takeTurns(db, customerId)
  // What is written from now on leaves lines that are still there afterwards.
  const { rows } = await sql<{ readonly topic: string; readonly month: string }>`
    with taken as (delete from kpi_change where customer_id = ${customerId} returning topic, month)
    select distinct topic, to_char(month, 'YYYY-MM') as month from taken order by 2`.execute(db)
  const last = nextMonth(now.toISOString().slice(0, 7))
  let counted = 0
  const byStretch = new Map<string, Set<string>>()
  for (const [key, source] of Object.entries(sources)) {
    const months = rows
      .filter(({ topic, month }) => month < last && (source.topics as readonly string[]).includes(topic))
      .map(({ month }) => month)
    for (const { from, to } of stretchesIn(source, [...new Set(months)], last)) {
      const name = `${from} ${to}`
      byStretch.set(name, (byStretch.get(name) ?? new Set()).add(key))
    }
  }
  for (const [name, keys] of byStretch) {
    const [from, to] = name.split(' ') as [string, string]
    await computeKpis(context, { customerId, from: `${from}-01`, to: `${to}-01` }, keys)
    counted += keys.size
  }
  return counted
}

/** Months, in order, as stretches without gaps; to the end where a change lasts. */
function stretchesIn(
  { lasting = false }: KpiSource,
  months: readonly string[],
  end: string,
): readonly { readonly from: string; readonly to: string }[] {
  const first = months[0]
  if (first === undefined) return []
  if (lasting) return [{ from: first, to: end }]
  const stretches: { from: string; to: string }[] = []
  for (const month of months) {
    const before = stretches.at(-1)
    if (before?.to === month) before.to = nextMonth(month)
    else stretches.push({ from: month, to: nextMonth(month) })
  }
  return stretches
}

/** Customers of whom something changed since it was counted. */
export async function changedCustomers({ db }: Pick<Context, 'db'>): Promise<readonly string[]> {
  const rows = await db.selectFrom('kpiChange').select('customerId').distinct().orderBy('customerId').execute()
  return rows.map(({ customerId }) => customerId)
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
