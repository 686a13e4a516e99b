import { type RawBuilder, sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import type { KpiPart, RecordKind } from './api.ts'

/** Months from the first to before the last, of one customer. */
export interface Stretch {
  readonly customerId: string
  /** First days. */
  readonly from: string
  readonly to: string
}

/** What figures are counted from, as the triggers of 0064, 0065, 0094, 0130, 0181, 0230 and 0280 name it. */
export type Topic =
  | 'incidents'
  | 'clocks'
  | 'results'
  | 'availability'
  | 'major-incidents'
  | 'escalations'
  | 'contacts'
  | 'people'
  | 'requests'
  | 'answers'
  | 'friction'
  | 'actions'
  | 'improvements'
  | 'forums'
  | 'stakeholders'
  | 'contracts'
  | 'credits'
  | 'behind'
  | 'margin'
  | 'contract-changes'
  | 'searches'
  | 'tasks'
  | 'pools'
  | 'unit-costs'
  | 'opportunities'
  | 'privacy'
  | 'knowledge'
  | 'articles'
  | 'finds'

export type World = Pick<Context, 'db' | 'now'>

interface Source {
  readonly records: RecordKind
  /** What it can be told apart by. */
  readonly parts: readonly KpiPart[]
  /** What it is counted from: it is counted anew when one of these changes. */
  readonly topics: readonly Topic[]
  /** A change in a month counts in all later ones, too. */
  readonly lasting?: boolean
}

/** A figure whose parts add up to the whole. */
export interface SummedSource extends Source {
  /** Whether median and ninth decile belong beside it. */
  readonly spread: boolean
  /** Whether its rows say how many answers stand behind each (`size`), where that is not the denominator. */
  readonly sized?: boolean
  /**
   * A row for each record, or for several at once: customer_id, month, site_id, service_id, team_id, numerator n, denominator
   * d, and record_id where it is one record.
   */
  readonly rows: (stretch: Stretch, world: World) => RawBuilder<unknown> | Promise<RawBuilder<unknown>>
}

/** One value of a figure that is no sum. */
export interface Slice {
  /** First day. */
  readonly month: string
  readonly part: KpiPart
  readonly key: string
  readonly numerator: number
  readonly denominator: number
  /** Answers behind it. */
  readonly size: number
}

/** A figure that has to be counted of each part by itself, such as a weighted score. */
export interface SlicedSource extends Source {
  readonly slices: (stretch: Stretch, world: World) => Promise<readonly Slice[]>
}

export type KpiSource = SummedSource | SlicedSource

export const everywhere: readonly KpiPart[] = ['customer', 'site', 'service', 'team', 'site-type', 'segment', 'market']
/** Whoever answers or calls has no team. */
export const withoutTeam: readonly KpiPart[] = everywhere.filter((part) => part !== 'team')
export const byPlace: readonly KpiPart[] = withoutTeam.filter((part) => part !== 'service')
export const byService: readonly KpiPart[] = ['customer', 'service']

/** What belongs to the customer as a whole. */
export const whole = { spread: false, parts: ['customer'] } as const
export const nowhere = sql.raw('null::uuid as site_id, null::uuid as service_id, null::uuid as team_id')

export const place = sql.raw('t.customer_id, t.site_id, t.service_id, t.team_id')

export function monthOf(column: string): RawBuilder<unknown> {
  return sql.raw(`date_trunc('month', ${column} at time zone c.time_zone)::date`)
}

/** Moments that may lie in the months, in whatever zone. */
export function near(column: string, { from, to }: Stretch): RawBuilder<unknown> {
  const moment = sql.raw(column)
  return sql`${moment} >= ${from}::date - interval '1 day' and ${moment} < ${to}::date + interval '1 day'`
}

/** Days that lie in the months. */
export function daysIn(column: string, { from, to }: Stretch): RawBuilder<boolean> {
  const day = sql.raw(column)
  return sql<boolean>`${day} >= ${from}::date and ${day} < ${to}::date`
}

/** When the month of a row `t` ends where its customer `c` is. */
export const endOfMonth = sql.raw("((t.month + interval '1 month') at time zone c.time_zone)")

/** Rows `t` of the customer, unless its contracts are in several currencies: their amounts are no sum. */
export function oneCurrency({ customerId }: Stretch): RawBuilder<boolean> {
  return sql<boolean>`t.customer_id = ${customerId} and
    (select count(distinct currency) from contract where contract.customer_id = t.customer_id) = 1`
}

/** The same as moments. */
export function around({ from, to }: Stretch): { readonly from: Date; readonly to: Date } {
  const day = 86_400_000
  return { from: new Date(Date.parse(from) - day), to: new Date(Date.parse(to) + day) }
}

/** Months of a stretch, `YYYY-MM`. */
export function monthsOf({ from, to }: Stretch): readonly string[] {
  const months: string[] = []
  for (let at = from.slice(0, 7); at < to.slice(0, 7); at = nextMonth(at)) months.push(at)
  return months
}

/** `2026-12` is followed by `2027-01`. */
export function nextMonth(month: string): string {
  const [year, number] = month.split('-').map(Number) as [number, number]
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`
}

/** What was counted elsewhere than in the database. */
export interface CountedRow {
  /** First day. */
  readonly month: string
  readonly siteId?: string | null
  readonly serviceId?: string | null
  readonly n: number
  readonly d: number
  readonly size?: number
  readonly recordId: string
}

export function countedRows(customerId: string, rows: readonly CountedRow[]): RawBuilder<unknown> {
  const given = rows.map(({ month, siteId = null, serviceId = null, n, d, size = null, recordId }) => ({
    month,
    site_id: siteId,
    service_id: serviceId,
    n,
    d,
    size,
    record_id: recordId,
  }))
  return sql`select ${customerId}::uuid as customer_id, r.month, r.site_id, r.service_id, null::uuid as team_id, r.n, r.d, r.size, r.record_id
    from jsonb_to_recordset(${JSON.stringify(given)}::jsonb)
      r(month date, site_id uuid, service_id uuid, n numeric, d numeric, size int, record_id uuid)`
}
