import { sql } from 'kysely'
import { DAY_MS } from '#core/calendar-rules.ts'
import { requireCustomer } from '#modules/customers'
import type { Context } from '#platform/context.ts'
import type { EscalationReport } from './api.ts'

const YEAR_MS = 365 * DAY_MS

interface Row extends Omit<EscalationReport['all'], 'satisfied'> {
  /** Null of all together. */
  readonly source: EscalationReport['sources'][number]['source'] | null
  readonly content: number
  readonly asked: number
}

/** Escalations of the last 365 days by who asked for more than the usual (R31); what was withdrawn does not count. */
export async function reportEscalations({ db, now }: Context, customer: string | undefined): Promise<EscalationReport> {
  const from = new Date(now.getTime() - YEAR_MS)
  const ofCustomer =
    customer === undefined ? sql`true` : sql`escalation.customer_id = ${(await requireCustomer(db, customer)).id}`
  const { rows } = await sql<Row>`
    select source, count(*)::int as raised, (count(*) filter (where closed_at is null))::int as open,
      (count(*) filter (where closed_at is null and next_update_due < ${now}))::int as late,
      count(acknowledged_at)::int as acknowledged,
      percentile_cont(0.5) within group (order by extract(epoch from acknowledged_at - raised_at))::float8
        as "medianSecondsToAcknowledge",
      (count(*) filter (where raiser_satisfied >= 4))::int as content, count(raiser_satisfied)::int as asked
    from escalation where ${ofCustomer} and raised_at >= ${from} and state <> 'withdrawn'
    group by grouping sets ((source), ()) order by count(*) desc, source`.execute(db)
  const figures = ({ source: _source, content, asked, ...rest }: Row) => ({
    ...rest,
    satisfied: asked === 0 ? null : { numerator: content, denominator: asked },
  })
  return {
    from,
    to: now,
    sources: rows.flatMap((row) => (row.source === null ? [] : [{ source: row.source, ...figures(row) }])),
    all: figures(rows.find(({ source }) => source === null)!),
  }
}
