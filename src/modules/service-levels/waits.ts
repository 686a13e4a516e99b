import { sql } from 'kysely'
import type { TodayItem } from '#api/today'
import { barredFromManaging } from '#core/may.ts'
import type { Context } from '#platform/context.ts'
import { ofCustomer, type WaitingScope, type WaitsFor } from '#platform/waiting.ts'

/** So many of each are listed. */
const AT_MOST = 12

const DAY_MS = 86_400_000

/** So long before its end an agreement is to be renewed. */
const ENDS_WITHIN_DAYS = 60
/** In the last months of a year its successor's holidays have to be there. */
const HOLIDAYS_FROM_MONTH = 8

/** Agreements that end or are drafts, and calendars without next year's holidays, for whoever manages. */
export const serviceLevelWaits: WaitsFor<TodayItem> = async (context, scope) => {
  const { actor, now } = context
  if (barredFromManaging(actor) !== null) return []
  const year = now.getUTCFullYear() + 1
  const calendars = now.getUTCMonth() < HOLIDAYS_FROM_MONTH ? [] : await readBareCalendars(context, scope, year)
  return [
    ...(await readAgreements(context, scope)).map(
      (row) => ({ ...row, kind: 'agreement', stake: 'paper' }) satisfies TodayItem,
    ),
    ...calendars.map(
      (row) =>
        ({
          ...row,
          kind: 'calendar',
          why: 'no-holidays',
          stake: 'paper',
          year,
          at: new Date(Date.UTC(year, 0, 1)),
        }) satisfies TodayItem,
    ),
  ]
}

interface AgreementRow {
  readonly id: string
  readonly why: 'ends' | 'draft'
  readonly name: string
  readonly number: number
  readonly customer: string
  readonly at: Date
}

/** Versions that end soon with nothing after them, and versions that were written and not made active. */
async function readAgreements({ db, now }: Context, scope: WaitingScope): Promise<AgreementRow[]> {
  const soon = new Date(now.getTime() + ENDS_WITHIN_DAYS * DAY_MS)
  const { rows } = await sql<AgreementRow>`
    select a.id, case when v.state = 'active' then 'ends' else 'draft' end as why, a.name, v.number, customer.name as customer,
      case when v.state = 'active' then v.valid_to else v.created_at end as at
    from agreement_version v join agreement a on a.id = v.agreement_id join customer on customer.id = v.customer_id
    where ${ofCustomer(scope, 'v.customer_id')} and (
      v.state in ('draft', 'negotiating', 'agreed')
      or v.state = 'active' and v.valid_to >= ${now} and v.valid_to < ${soon} and not exists (
        select from agreement_version next
        where next.agreement_id = v.agreement_id and next.state = 'active' and next.valid_from >= v.valid_to
      )
    )
    order by v.state = 'active' desc, at limit ${AT_MOST}`.execute(db)
  return rows
}

interface CalendarRow {
  readonly id: string
  readonly name: string
}

/** Calendars in use that keep holidays of a place and have none in `year`. */
async function readBareCalendars({ db, now }: Context, scope: WaitingScope, year: number): Promise<CalendarRow[]> {
  const { rows } = await sql<CalendarRow>`
    select c.id, c.name from calendar c join calendar_version v on v.calendar_id = c.id
    where v.valid_from <= ${now} and (v.valid_to is null or v.valid_to > ${now}) and v.holiday_source is not null
      and not jsonb_path_exists(v.rules, '$.exceptions[*].date ? (@ starts with $year)', jsonb_build_object('year', ${`${year}-`}::text))
      and exists (
        select from agreement_version used where used.calendar_id = c.id and used.state = 'active' and ${ofCustomer(scope, 'used.customer_id')}
      )
    order by lower(c.name), c.id limit ${AT_MOST}`.execute(db)
  return rows
}
