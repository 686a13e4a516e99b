import { sql } from 'kysely'
import { invalid, notFound, refused } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { barredFromContracting, require } from '#core/may.ts'
import { requireCustomer } from '#modules/customers'
import type { Context, Reading } from '#platform/context.ts'
import { workspaceOf } from '#platform/workspace.ts'
import type { ForecastView, NewForecast } from './api.ts'
import { barredFromBudget, told } from './lines.ts'

/** Forecasts of a year, the latest first, each with what it said of the year when it was locked. */
export async function listForecasts(
  context: Reading,
  { year, customer }: { readonly year: number; readonly customer?: string | undefined },
): Promise<ForecastView[]> {
  const { db, actor } = context
  if (actor.access !== 'auditor') require(barredFromContracting(actor))
  const customerId = customer === undefined ? null : (await requireCustomer(db, customer)).id
  // Before its first month stands what was spent by the time it was locked; from there on what it says.
  const { rows } = await sql<ForecastView>`
    select f.id, f.year, f.number, to_char(f.from_month, 'YYYY-MM') as "fromMonth", f.reason, f.note,
      f.locked_at as "lockedAt", coalesce((select json_agg(json_build_object('currency', currency, 'outlookMinor', total)
        order by currency) from (
          select l.currency, sum(part.amount)::bigint as total from (
            select m.line_id, m.amount_minor as amount from budget_forecast_month m where m.forecast_id = f.id
            union all
            select e.line_id, e.amount_minor from budget_entry e
            where e.month < f.from_month and e.posted_at <= f.locked_at) part
          join budget_line l on l.id = part.line_id and l.year = f.year
            and (f.customer_id is null or l.customer_id = f.customer_id) group by 1) sums), '[]') as totals
    from budget_forecast f where f.year = ${year} and (${customerId}::uuid is null or f.customer_id = ${customerId})
    order by f.locked_at desc, f.number desc limit 100`.execute(db)
  return rows.map((row) => ({ ...row, lockedAt: new Date(row.lockedAt) }))
}

/** Locks a forecast: months that nobody says anything of are as planned. What was locked before stays beside it. */
export async function lockForecast(
  context: Context,
  { year, fromMonth, customer, reason, note, lines }: NewForecast,
): Promise<ForecastView> {
  const { db, now, actor } = context
  const customerId = customer === null ? null : (await requireCustomer(db, customer)).id
  require(barredFromBudget(actor, customerId))
  if (Number(fromMonth.slice(0, 4)) !== year) throw invalid('budget-line.month', { month: fromMonth, year })
  const own = await db
    .selectFrom('budgetLine')
    .select(['id', 'customerId'])
    .where('year', '=', year)
    .$if(customerId !== null, (query) => query.where('customerId', '=', customerId!))
    .execute()
  if (own.length === 0) throw refused('budget-forecast.no-lines', { year })
  const known = new Map(own.map((row) => [row.id, row.customerId]))
  const said = new Map<string, number>()
  for (const { line, month, amountMinor } of lines) {
    if (!known.has(line)) throw notFound('budget-line.not-found')
    if (month < fromMonth || Number(month.slice(0, 4)) !== year) throw invalid('budget-line.month', { month, year })
    said.set(`${line} ${month}`, amountMinor)
  }
  await sql`select pg_advisory_xact_lock(hashtextextended(${workspaceOf(db).lock(`forecast ${customerId} ${year}`)}, 0))`.execute(
    db,
  )
  const { number } = await db
    .selectFrom('budgetForecast')
    .select(sql<number>`coalesce(max(number), 0) + 1`.as('number'))
    .where('year', '=', year)
    .where(sql<boolean>`customer_id is not distinct from ${customerId}::uuid`)
    .executeTakeFirstOrThrow()
  const id = newId(now.getTime())
  const of = { id, customerId, year, number, fromMonth: `${fromMonth}-01`, reason, note }
  await db
    .insertInto('budgetForecast')
    .values({ ...of, lockedBy: actor.personId, lockedAt: now })
    .execute()
  const planned = await db
    .selectFrom('budgetPlan')
    .select(['lineId', 'amountMinor', sql<string>`to_char(month, 'YYYY-MM')`.as('month')])
    .where(
      'lineId',
      'in',
      own.map((row) => row.id),
    )
    .where('month', '>=', `${fromMonth}-01`)
    .execute()
  const plan = new Map(planned.map((row) => [`${row.lineId} ${row.month}`, row.amountMinor]))
  const rows = [...new Map([...plan, ...said])].map(([key, amountMinor]) => {
    const [lineId = '', month = ''] = key.split(' ')
    return { forecastId: id, lineId, customerId: known.get(lineId) ?? null, month: `${month}-01`, amountMinor }
  })
  for (let from = 0; from < rows.length; from += 2000)
    await db
      .insertInto('budgetForecastMonth')
      .values(rows.slice(from, from + 2000))
      .execute()
  await told(context, 'budget.forecast', { id, customerId, facts: { year, number, reason } })
  const all = await listForecasts(context, { year })
  return all.find((each) => each.id === id)!
}
