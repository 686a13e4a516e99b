import { type RawBuilder, sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import type { Scope } from './incident-queries.ts'

const DAY_MS = 86_400_000

/** So many of each are listed. */
const AT_MOST = 12

/** So long before its end an agreement is to be renewed. */
const ENDS_WITHIN_DAYS = 60

function within({ customerId }: Pick<Scope, 'customerId'>, column: string): RawBuilder<boolean> {
  return customerId === undefined ? sql<boolean>`true` : sql<boolean>`${sql.ref(column)} = ${customerId}::uuid`
}

interface ReviewRow {
  readonly id: string
  readonly why: 'ready' | 'failed'
  readonly month: string
  readonly customer: string
  readonly at: Date
}

/** Of each customer's month the latest version, where it could not be made or is made and not handed over. */
export async function readReviews({ db }: Context, scope: Pick<Scope, 'customerId'>): Promise<ReviewRow[]> {
  const { rows } = await sql<ReviewRow>`
    select r.id, case when r.state = 'failed' then 'failed' else 'ready' end as why, to_char(r.month, 'YYYY-MM') as month,
      customer.name as customer, coalesce(r.locked_at, r.created_at) as at
    from review r join customer on customer.id = r.customer_id
    where r.edition = 'customer' and r.issued_at is null and r.state in ('done', 'failed') and ${within(scope, 'r.customer_id')}
      and not exists (
        select from review later where later.customer_id = r.customer_id and later.month = r.month
          and later.edition = r.edition and later.version > r.version
      )
    order by r.state = 'failed' desc, r.created_at desc limit ${AT_MOST}`.execute(db)
  return rows
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
export async function readAgreements({ db, now }: Context, scope: Pick<Scope, 'customerId'>): Promise<AgreementRow[]> {
  const soon = new Date(now.getTime() + ENDS_WITHIN_DAYS * DAY_MS)
  const { rows } = await sql<AgreementRow>`
    select a.id, case when v.state = 'active' then 'ends' else 'draft' end as why, a.name, v.number, customer.name as customer,
      case when v.state = 'active' then v.valid_to else v.created_at end as at
    from agreement_version v join agreement a on a.id = v.agreement_id join customer on customer.id = v.customer_id
    where ${within(scope, 'v.customer_id')} and (
      v.state in ('draft', 'negotiating', 'agreed')
      or v.state = 'active' and v.valid_to >= ${now} and v.valid_to < ${soon} and not exists (
        select from agreement_version next
        where next.agreement_id = v.agreement_id and next.state = 'active' and next.valid_from >= v.valid_to
      )
    )
    order by v.state = 'active' desc, at limit ${AT_MOST}`.execute(db)
  return rows
}

interface ImportRow {
  readonly id: string
  readonly why: 'failed' | 'stands'
  readonly file: string
  readonly customer: string | null
  readonly at: Date
}

/** After so long an import that began has come to nothing by itself; a file that nobody began with waits as long. */
const STANDS_AFTER_HOURS = 2
/** What is older is told in the list of imports, and no news any more. */
const NEWS_DAYS = 14

/** Imports of the last fortnight that failed and were not taken up by another of the same file, or that stand still. */
export async function readImports({ db, now }: Context, scope: Pick<Scope, 'customerId'>): Promise<ImportRow[]> {
  const since = new Date(now.getTime() - NEWS_DAYS * DAY_MS)
  const still = new Date(now.getTime() - (STANDS_AFTER_HOURS * DAY_MS) / 24)
  const { rows } = await sql<ImportRow>`
    select i.id, case when i.state = 'failed' then 'failed' else 'stands' end as why, i.file_name as file,
      customer.name as customer, coalesce(i.finished_at, i.started_at, i.created_at) as at
    from import i left join customer on customer.id = i.customer_id
    where i.created_at >= ${since} and ${within(scope, 'i.customer_id')} and (
      i.state = 'failed' and not exists (
        select from import again where again.file_name = i.file_name and again.created_at > i.created_at and again.state = 'done'
      )
      or i.state in ('uploaded', 'uploading') and i.created_at < ${still}
      or i.state = 'running' and i.started_at < ${still}
    )
    order by i.created_at desc limit ${AT_MOST}`.execute(db)
  return rows
}

interface CalendarRow {
  readonly id: string
  readonly name: string
}

/** Calendars in use that keep holidays of a place and have none in `year`. */
export async function readBareCalendars(
  { db, now }: Context,
  scope: Pick<Scope, 'customerId'>,
  year: number,
): Promise<CalendarRow[]> {
  const { rows } = await sql<CalendarRow>`
    select c.id, c.name from calendar c join calendar_version v on v.calendar_id = c.id
    where v.valid_from <= ${now} and (v.valid_to is null or v.valid_to > ${now}) and v.holiday_source is not null
      and not jsonb_path_exists(v.rules, '$.exceptions[*].date ? (@ starts with $year)', jsonb_build_object('year', ${`${year}-`}::text))
      and exists (
        select from agreement_version used where used.calendar_id = c.id and used.state = 'active' and ${within(scope, 'used.customer_id')}
      )
    order by lower(c.name), c.id limit ${AT_MOST}`.execute(db)
  return rows
}

export interface Begun {
  readonly hasTickets: boolean
  readonly hasActiveAgreement: boolean
  readonly hasReview: boolean
  readonly hasColleagues: boolean
}

/** Which first steps were taken, as far as the asker sees. */
export async function readBegun({ db, now }: Context, scope: Pick<Scope, 'customerId'>): Promise<Begun> {
  const { rows } = await sql<Begun>`
    select exists (select from incident i where ${within(scope, 'i.customer_id')}) as has_tickets,
      exists (select from agreement_version v where v.state = 'active' and ${within(scope, 'v.customer_id')}) as has_active_agreement,
      exists (select from review r where ${within(scope, 'r.customer_id')}) as has_review,
      (select count(distinct r.person_id) > 1 from role_assignment r
        where r.role in ('administrator', 'service-manager', 'agent') and r.valid_from <= ${now}
          and (r.valid_to is null or r.valid_to > ${now})) as has_colleagues`.execute(db)
  return rows[0]!
}

interface MajorRow {
  readonly id: string
  readonly why: 'update-late' | 'update-due' | 'undecided'
  readonly number: string
  readonly title: string
  readonly customer: string
  readonly at: Date
}

/** So long before an update is due it needs somebody. */
const UPDATE_SOON_MINUTES = 15

/** Major incidents whose next update is late or soon due, and proposals that nobody decided on. */
export async function readMajors({ db, now }: Context, scope: Pick<Scope, 'customerId'>): Promise<MajorRow[]> {
  const soon = new Date(now.getTime() + UPDATE_SOON_MINUTES * 60_000)
  const { rows } = await sql<MajorRow>`
    select m.id, case when m.state = 'candidate' then 'undecided' when m.next_update_due < ${now} then 'update-late' else 'update-due' end as why,
      i.number, i.title, customer.name as customer, coalesce(m.next_update_due, m.proposed_at) as at
    from major_incident m join incident i on i.id = m.incident_id join customer on customer.id = m.customer_id
    where (m.state = 'candidate' or m.next_update_due < ${soon}) and ${within(scope, 'm.customer_id')}
    order by at limit ${AT_MOST}`.execute(db)
  return rows
}
