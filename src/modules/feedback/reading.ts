import { sql } from 'kysely'
import { require } from '#core/may.ts'
import { OPINION_MINIMUM } from '#core/small-groups.ts'
import { requireCustomer } from '#modules/customers'
import type { Context, Db } from '#platform/context.ts'
import { keyOf, pageFrom } from '#platform/paging.ts'
import type { AnswerRow, AnswersQuery, SliceQuery, Verbatim } from './api.ts'
import { barredFromAnswers } from './may.ts'

/** So many words are enough to read at once. */
const MOST = 200

/** What figures are narrowed to, with the customer found. */
export interface Slice extends Omit<SliceQuery, 'customer'> {
  readonly customerId: string | undefined
}

export async function sliceOf(db: Db, { customer, ...rest }: SliceQuery): Promise<Slice> {
  return { ...rest, customerId: customer === undefined ? undefined : (await requireCustomer(db, customer)).id }
}

/** Who was asked, added up, and one by one where the incident is one that only some may know of: those are in no sum. */
export const askedPeople = sql`(
  select survey_id, customer_id, site_id, service_id, month, people from felt_sum where part = 'asked'
  union all
  select survey_id, customer_id, site_id, service_id, month, 1 from survey_invitation where confided)`

/** Conditions on a table `a` with customer, site, service and month. */
export function inSlice({ customerId, from, to, site, service }: Slice) {
  return sql<boolean>`true
    ${customerId === undefined ? sql`` : sql`and a.customer_id = ${customerId}`}
    ${from === undefined ? sql`` : sql`and a.month >= ${from}::date`}
    ${to === undefined ? sql`` : sql`and a.month < ${to}::date`}
    ${site === undefined ? sql`` : sql`and a.site_id = ${site}`}
    ${service === undefined ? sql`` : sql`and a.service_id = ${service}`}`
}

const named = (table: 'site' | 'service') =>
  sql`(select json_build_object('id', t.id, 'name', t.name) from ${sql.table(table)} t where t.id = ${sql.ref(`a.${table}_id`)})`

/** `GET /feedback/answers`: of people who knew that it is seen who answers. */
export async function listIdentified(context: Context, { followUp, limit, cursor, ...query }: AnswersQuery) {
  const { db, actor } = context
  require(barredFromAnswers(actor))
  const after = keyOf(cursor, ['moment', 'id'])
  const slice = await sliceOf(db, query)
  const beyond =
    after === undefined ? sql`` : sql`and (w.answered_at, a.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`
  const { rows } = await sql<AnswerRow & { readonly sortKey: string }>`
    select a.id, a.scale, a.score, a.lost_minutes as "lostMinutes", a.factors, to_char(a.month, 'YYYY-MM') as month,
      json_build_object('id', s.id, 'name', s.name) as survey, json_build_object('id', c.id, 'name', c.name) as customer,
      ${named('site')} as site, ${named('service')} as service,
      (select v.text from verbatim v where v.answer_id = a.id limit 1) as text,
      coalesce((select v.may_quote from verbatim v where v.answer_id = a.id limit 1), false) as "mayQuote",
      (select json_build_object('id', p.id, 'name', p.name) from person p where p.id = w.person_id) as person,
      (select json_build_object('id', i.id, 'number', i.number, 'title', i.title) from incident i where i.id = w.incident_id) as incident,
      w.answered_at as "answeredAt", w.follow_up_wanted as "followUpWanted", w.answered_at::text as "sortKey"
    from survey_answer a join survey_answer_identity w on w.answer_id = a.id
      join survey s on s.id = a.survey_id join customer c on c.id = a.customer_id
    where ${inSlice(slice)} and w.identified
      ${followUp === undefined ? sql`` : sql`and w.follow_up_wanted = ${followUp}`} ${beyond}
    order by w.answered_at desc, a.id desc limit ${limit + 1}`.execute(db)
  const page = pageFrom(rows, limit, ({ sortKey, id }) => [sortKey, id])
  return page
}

/** `GET /feedback/verbatims`: nothing while so few answered that what they wrote would tell who they are. */
export async function listVerbatims({ db }: Context, query: SliceQuery) {
  const slice = await sliceOf(db, query)
  const { rows: counted } = await sql<{ readonly answers: number }>`
    select coalesce(sum(a.people), 0)::int as answers from felt_sum a where a.part = 'score' and ${inSlice(slice)}`.execute(
    db,
  )
  const answers = counted[0]!.answers
  if (answers > 0 && answers < OPINION_MINIMUM) return { items: [], hidden: true, truncated: false }
  // A single service at a single site may be of few while the rest is of many. What says no place would then be of those
  // few: places are said only where each is of many.
  const { rows } = await sql<Verbatim>`
    with place as (select sum(a.people) as many from felt_sum a where a.part = 'score' and ${inSlice(slice)}
        group by a.site_id, a.service_id having sum(a.people) <> 0),
      told as (select min(many) >= ${OPINION_MINIMUM} as places from place)
    select a.id, to_char(a.month, 'YYYY-MM') as month, json_build_object('id', c.id, 'name', c.name) as customer,
      case when told.places then ${named('site')} end as site,
      case when told.places then ${named('service')} end as service,
      a.scale, a.score, a.text, a.language, a.may_quote as "mayQuote"
    from verbatim a join customer c on c.id = a.customer_id
      cross join told
    where ${inSlice(slice)} order by a.month desc, a.id limit ${MOST + 1}`.execute(db)
  return { items: rows.slice(0, MOST), hidden: false, truncated: rows.length > MOST }
}
