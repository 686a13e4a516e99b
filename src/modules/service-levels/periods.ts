import { sql } from 'kysely'
import type { Tally } from '#core/attainment.ts'
import { invalid, refused } from '#core/failure.ts'
import { reachable } from '#core/lifecycle.ts'
import { barredFromAdministering, barredFromInside, barredFromManaging, require } from '#core/may.ts'
import { excludesMany, periodLifecycle, type PeriodState } from '#core/period.ts'
import { requireCustomer } from '#modules/customers'
import type { Context } from '#platform/context.ts'
import { audit, record } from '#platform/history.ts'
import { keyOf, pageFrom } from '#platform/paging.ts'
import type { Period, PeriodStep, PeriodTransition } from './periods-api.ts'
import { addedUpMetrics } from './agreement.ts'
import { monthIn } from './locked-months.ts'

export interface PeriodFilter {
  readonly customer?: string | undefined
  readonly state?: PeriodState | undefined
  readonly limit: number
  readonly cursor?: string | undefined
}

/** Months that have results or were closed, the latest first. */
export async function listPeriods(
  context: Context,
  { customer, state, limit, cursor }: PeriodFilter,
): Promise<{ items: Period[]; nextCursor: string | null }> {
  const after = keyOf(cursor, ['string', 'id'])
  const customerId = customer === undefined ? undefined : (await requireCustomer(context.db, customer)).id
  const rows = await readPeriods(
    context,
    sql`where true
      ${customerId === undefined ? sql`` : sql`and customer_id = ${customerId}`}
      ${state === undefined ? sql`` : sql`and state = ${state}`}
      ${after === undefined ? sql`` : sql`and (month, customer_id) < (${after[0]}, ${after[1]}::uuid)`}`,
    limit + 1,
  )
  return pageFrom(rows, limit, ({ month, customerId: id }) => [month, id])
}

async function readPeriods({ db, actor }: Context, where: ReturnType<typeof sql>, limit: number): Promise<Period[]> {
  // Who closed a month, and why it was opened again, is the provider's affair: customers may not even ask.
  const inner =
    barredFromInside(actor) === null
      ? sql`(select name from person where person.id = p.changed_by) as changed_by, p.reason`
      : sql`null as changed_by, null as reason`
  const { rows } = await sql<Omit<Period, 'manyExcluded' | keyof Tally> & { readonly results: Tally }>`
    select customer_id, customer_name, month, state, changed_at, changed_by, reason, results, adjustments, adjusted_by, entered, availability, version from (
      select k.customer_id, u.name as customer_name, to_char(k.month, 'YYYY-MM') as month, coalesce(p.state, 'open') as state,
        p.changed_at, ${inner}, coalesce(p.version, 0) as version,
        (select jsonb_build_object('met', coalesce(sum(m.met), 0), 'failed', coalesce(sum(m.failed), 0), 'excluded', coalesce(sum(m.excluded), 0))
          from attainment_month m where m.customer_id = k.customer_id and m.month = k.month and m.metric = 'resolution') as results,
        (select count(*)::int from adjustment a where a.customer_id = k.customer_id and a.month = k.month) as adjustments,
        (select jsonb_build_object('met', coalesce(sum(a.met), 0), 'failed', coalesce(sum(a.failed), 0), 'excluded', coalesce(sum(a.excluded), 0))
          from adjustment a where a.customer_id = k.customer_id and a.month = k.month and a.metric = 'resolution') as adjusted_by,
        (select count(*)::int from adjustment a where a.customer_id = k.customer_id and a.entered_month = k.month) as entered,
        jsonb_build_object(
          'adjustments', (select count(*) from availability_adjustment a where a.customer_id = k.customer_id and a.month = k.month),
          'entered', (select count(*) from availability_adjustment a where a.customer_id = k.customer_id and a.entered_month = k.month)
        ) as availability
      from (${monthsWithResults}
        union select customer_id, month from period
        union select customer_id, entered_month from adjustment
        union select customer_id, entered_month from availability_adjustment) k
      join customer u on u.id = k.customer_id
      left join period p on p.customer_id = k.customer_id and p.month = k.month
    ) periods ${where} order by month desc, customer_id desc limit ${limit}`.execute(db)
  return rows.map(({ results, ...row }) => ({ ...row, ...results, manyExcluded: excludesMany(results) }))
}

/**
 * The months in which a customer has results. Each is asked for by the index, for a month has a row for every place, team and
 * agreement, and which months there are is told by the first and the last.
 */
const monthsWithResults = sql`
  select c.id as customer_id, month::date as month
  from customer c cross join unnest(${[...addedUpMetrics]}::text[]) of_metric
    cross join lateral (select min(month) as first, max(month) as last from attainment_month
      where customer_id = c.id and metric = of_metric) span
    cross join lateral generate_series(span.first::timestamp, span.last, interval '1 month') month
  where exists (select from attainment_month a where a.customer_id = c.id and a.metric = of_metric
    and a.month = month::date and a.met + a.failed + a.excluded > 0)`

/** Why somebody may not bring a period to that state, or null. Opening again is an administrator's affair. */
function barredFrom({ actor }: Context, to: PeriodState) {
  return to === 'open' ? barredFromAdministering(actor) : barredFromManaging(actor)
}

/** Closes, locks or opens a customer's month. What still goes into it when it is locked is waited for. */
export async function transitPeriod(
  context: Context,
  customerName: string,
  month: string,
  { to, reason }: PeriodTransition,
): Promise<Period> {
  const { db, now, actor } = context
  require(barredFrom(context, to))
  const customer = await requireCustomer(db, customerName)
  const first = `${month}-01`
  await sql`insert into period (customer_id, month, state, changed_at, changed_by) values
    (${customer.id}, ${first}::date, 'open', ${now}, ${actor.personId}) on conflict do nothing`.execute(db)
  const { state } = await db
    .selectFrom('period')
    .select('state')
    .where('customerId', '=', customer.id)
    .where('month', '=', first)
    .forUpdate()
    .executeTakeFirstOrThrow()
  const from = state as PeriodState
  if (!reachable(periodLifecycle, from).includes(to)) {
    throw refused('period.cannot', { month, state: from.replace('-', '_'), to: to.replace('-', '_') })
  }
  if (to !== 'open' && month >= monthIn(customer.timeZone, now.toISOString()))
    throw refused('period.not-over', { month })
  if (to === 'open' && !reason) throw invalid('period.reason-needed', {}, { errors: [{ path: 'reason', message: '' }] })
  await db
    .updateTable('period')
    .set((set) => ({
      state: to,
      changedAt: now,
      changedBy: actor.personId,
      reason: reason ?? null,
      version: set('version', '+', 1),
    }))
    .where('customerId', '=', customer.id)
    .where('month', '=', first)
    .execute()
  await audit(context, {
    action: `period.${to}`,
    subjectType: 'customer',
    subjectId: customer.id,
    customerId: customer.id,
    facts: { month, from, to, ...(reason && { reason }) },
  })
  const about = { subjectType: 'customer', subjectId: customer.id, customerId: customer.id }
  await record(context, { ...about, kind: `period.${to}`, facts: { month, from, to, ...(reason && { reason }) } })
  const [period] = await readPeriods(context, sql`where customer_id = ${customer.id} and month = ${month}`, 1)
  return period!
}

const STEPS_AT_MOST = 200

/** How a customer's month came to be open, closed or locked, the latest first: who did it, when and why. */
export async function listPeriodSteps(
  context: Context,
  customerName: string,
  month: string,
): Promise<{ readonly items: PeriodStep[] }> {
  const { db, actor } = context
  require(barredFromInside(actor))
  const { id } = await requireCustomer(db, customerName)
  const { rows } = await sql<PeriodStep>`
    select h.id, coalesce(h.facts->>'to', substr(h.kind, 8)) as to, h.occurred_at as at,
      (select name from person where person.id = h.actor_id) as by, h.facts->>'reason' as reason
    from history h
    where h.subject_id = ${id} and h.subject_type = 'customer'
      and h.kind in ('period.open', 'period.soft-closed', 'period.locked') and h.facts->>'month' = ${month}
    order by h.occurred_at desc, h.sequence desc, h.id desc limit ${STEPS_AT_MOST}`.execute(db)
  return { items: rows }
}
