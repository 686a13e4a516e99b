import { type RawBuilder, sql } from 'kysely'
import type { KpiPart } from './api.ts'

const columnOf: Readonly<Record<Exclude<KpiPart, 'customer'>, string>> = {
  site: 's.site_id',
  service: 's.service_id',
  team: 's.team_id',
  'site-type': 's.site_type',
  segment: 's.segment',
  market: 's.market',
}

/** How rows `s` are summed by month over each part at once: what a group is part of, its key in it, and the sets to group by. */
export interface Slicing {
  readonly part: RawBuilder<string>
  readonly key: RawBuilder<string>
  readonly sets: RawBuilder<unknown>
}

export function slicingOf(parts: readonly KpiPart[]): Slicing {
  const told = parts.filter((part) => part !== 'customer')
  const cases = (then: (part: Exclude<KpiPart, 'customer'>) => string, otherwise: string) => {
    const lines = told.map((part) => `when grouping(${columnOf[part]}) = 0 then ${then(part)}`)
    return sql.raw<string>(lines.length === 0 ? otherwise : `case ${lines.join(' ')} else ${otherwise} end`)
  }
  return {
    part: cases((part) => `'${part}'`, "'customer'"),
    key: cases((part) => `coalesce(${columnOf[part]}::text, '')`, "''"),
    sets: sql.raw(['(s.month)', ...told.map((part) => `(s.month, ${columnOf[part]})`)].join(', ')),
  }
}

/**
 * Rows added up by the smallest parts that there are, which every larger part is made of: many are gone through once and not
 * for each part again. Not for what is spread over them, as a median is.
 */
export function addedUp(rows: RawBuilder<unknown>, sized: boolean): RawBuilder<unknown> {
  return sql`select a.month, a.site_id, a.service_id, a.team_id, sum(a.n) as n, sum(a.d) as d ${sized ? sql`, sum(a.size) as size` : sql``}
    from (${rows}) a group by 1, 2, 3, 4`
}

/** Rows with what is known of their site, to be sliced as `s`. */
export function placed(rows: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(select r.*, site.site_type, site.segment, site.market from (${rows}) r left join site on site.id = r.site_id)`
}

/** Only those rows of `placed` ones that are in a slice. */
export function inSlice(part: KpiPart, of: string): RawBuilder<boolean> {
  return part === 'customer' ? sql`true` : sql`coalesce(${sql.raw(columnOf[part])}::text, '') = ${of}`
}
