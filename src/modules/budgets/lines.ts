import { sql } from 'kysely'
import { Failure, invalid, notFound, refused } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { barredFromContracting, barredFromEverybodysMoney, type Reason, require } from '#core/may.ts'
import { requireCustomer } from '#modules/customers'
import { requireService } from '#modules/services'
import { requireSite } from '#modules/sites'
import { explaining } from '#platform/constraint.ts'
import type { Actor, Context, Db, Reading } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import type { Budget, BudgetLine, BudgetLineWhole, NewBudgetLine } from './api.ts'
import { committedOf, type LineMonth, monthsOf, sumsOf, together } from './sums.ts'
import { readWord } from './word.ts'

/** Writes the budget of a customer, or the provider's own: who works for all customers, or for that one. */
export function barredFromBudget(actor: Actor, customerId: string | null): Reason | null {
  return customerId === null ? barredFromEverybodysMoney(actor) : barredFromContracting(actor)
}

function lines(db: Db) {
  return db
    .selectFrom('budgetLine as l')
    .leftJoin('customer', 'customer.id', 'l.customerId')
    .leftJoin('site', 'site.id', 'l.siteId')
    .leftJoin('service', 'service.id', 'l.serviceId')
    .leftJoin('appropriation', 'appropriation.id', 'l.appropriationId')
    .select(['l.id', 'l.year', 'l.fund', 'l.name', 'l.costCentre', 'l.account', 'l.currency', 'l.driver'])
    .select(['l.driverMinor', 'l.version', 'l.customerId', 'customer.name as customerName', 'l.siteId'])
    .select(['site.name as siteName', 'l.serviceId', 'service.name as serviceName', 'l.appropriationId'])
    .select(['appropriation.number as appropriationNumber', 'appropriation.title as appropriationTitle'])
    .orderBy('l.fund')
    .orderBy('l.costCentre')
    .orderBy('l.name')
}

export type LineRow = Awaited<ReturnType<ReturnType<typeof lines>['execute']>>[number]

const named = (id: string | null, name: string | null) => (id === null || name === null ? null : { id, name })

function lineOf(row: LineRow, sums: BudgetLine['sums']): BudgetLine {
  const { id, year, fund, name, costCentre, account, currency, driver, driverMinor, version } = row
  const { customerId, customerName, siteId, siteName, serviceId, serviceName } = row
  const { appropriationId, appropriationNumber, appropriationTitle } = row
  return {
    id,
    year,
    name,
    costCentre,
    account,
    currency,
    version,
    sums,
    fund: fund as BudgetLine['fund'],
    customer: named(customerId, customerName),
    site: named(siteId, siteName),
    service: named(serviceId, serviceName),
    driver: driver === null ? null : { name: driver, unitMinor: driverMinor ?? 0 },
    appropriation:
      appropriationId === null
        ? null
        : { id: appropriationId, number: appropriationNumber ?? 0, title: appropriationTitle ?? '' },
  }
}

/** The last month of all these in which something was spent, of those that are told: up to the one that goes on. */
function throughOf(months: readonly LineMonth[], now: string): string | null {
  return months.reduce<string | null>(
    (last, { month, hasActuals }) => (hasActuals && month <= now && (last === null || month > last) ? month : last),
    null,
  )
}

/** `GET /budget`. */
export async function readBudget(
  context: Reading,
  asked: {
    readonly year?: number | undefined
    readonly fund?: string | undefined
    readonly customer?: string | undefined
  },
): Promise<Budget> {
  const { db, actor, now } = context
  if (actor.access !== 'auditor') require(barredFromContracting(actor))
  const customerId = asked.customer === undefined ? null : (await requireCustomer(db, asked.customer)).id
  const known = await db.selectFrom('budgetLine').select('year').distinct().orderBy('year', 'desc').execute()
  const years = known.map((row) => row.year)
  const thisYear = now.getUTCFullYear()
  const year = asked.year ?? (years.includes(thisYear) ? thisYear : (years[0] ?? thisYear))
  const rows = await lines(db)
    .where('l.year', '=', year)
    .$if(asked.fund !== undefined, (query) => query.where('l.fund', '=', asked.fund!))
    .$if(customerId !== null, (query) => query.where('l.customerId', '=', customerId!))
    .execute()
  const ids = rows.map(({ id }) => id)
  const months = await monthsOf(db, ids)
  const committed = await committedOf(db, ids)
  const through = throughOf(months, monthNow(context))
  const byLine = Map.groupBy(months, ({ lineId }) => lineId)
  const items = rows.map((row) => {
    const committedMinor = committed.get(row.id) ?? 0
    return lineOf(row, sumsOf(byLine.get(row.id) ?? [], { committedMinor, through, now: monthNow(context) }))
  })
  const totals = [...Map.groupBy(items, ({ currency }) => currency)].map(([currency, of]) => {
    const own = new Set(of.map(({ id }) => id))
    const inMonths = Map.groupBy(
      months.filter(({ lineId }) => own.has(lineId)),
      ({ month }) => month,
    )
    return {
      currency,
      sums: together(of.map(({ sums }) => sums)),
      months: [...inMonths].map(([month, each]) => monthOf(month, each)).toSorted(byMonthName),
    }
  })
  return { year, years, word: await readWord(db), throughMonth: through, totals, items }
}

function monthOf(month: string, of: readonly LineMonth[]) {
  const sum = (value: (each: LineMonth) => number) => of.reduce((total, each) => total + value(each), 0)
  return {
    month,
    planMinor: sum((each) => each.planMinor),
    actualMinor: sum((each) => each.actualMinor),
    forecastMinor: of.some(({ forecastMinor }) => forecastMinor !== null)
      ? sum((each) => each.forecastMinor ?? each.planMinor)
      : null,
  }
}

const byMonthName = (one: { readonly month: string }, other: { readonly month: string }) =>
  one.month.localeCompare(other.month)

export async function requireLine(db: Db, id: string): Promise<LineRow> {
  const row = await lines(db).where('l.id', '=', id).executeTakeFirst()
  if (row === undefined) throw notFound('budget-line.not-found')
  return row
}

const monthNow = ({ now }: Pick<Reading, 'now'>) => now.toISOString().slice(0, 7)

async function viewOf(context: Pick<Context, 'db' | 'now'>, id: string): Promise<BudgetLine> {
  const { db } = context
  const row = await requireLine(db, id)
  const months = await monthsOf(db, [id])
  const committedMinor = (await committedOf(db, [id])).get(id) ?? 0
  const now = monthNow(context)
  return lineOf(row, sumsOf(months, { committedMinor, through: throughOf(months, now), now }))
}

/** `GET /budget-lines/:id`. */
export async function readLine(context: Context, id: string): Promise<BudgetLineWhole> {
  const { db, actor } = context
  if (actor.access !== 'auditor') require(barredFromContracting(actor))
  const line = await viewOf(context, id)
  const months = (await monthsOf(db, [id])).map((each) => monthOf(each.month, [each]))
  const entries = await db
    .selectFrom('budgetEntry as e')
    .leftJoin('rateSet', 'rateSet.id', 'e.rateSetId')
    .select([
      'e.id',
      'e.kind',
      'e.amountMinor',
      'e.originalMinor',
      'e.originalCurrency',
      'e.reference',
      'e.description',
    ])
    .select([sql<string>`to_char(e.month, 'YYYY-MM')`.as('month'), 'e.rateSetId', 'rateSet.name as rateSetName'])
    .where('e.lineId', '=', id)
    .orderBy('e.month', 'desc')
    .orderBy('e.id', 'desc')
    .limit(500)
    .execute()
  const commitments = await db
    .selectFrom('budgetCommitment')
    .select(['id', 'number', 'description', 'amountMinor', 'usedMinor', 'expectedOn', 'closedOn', 'version'])
    .where('lineId', '=', id)
    .orderBy('expectedOn')
    .orderBy('number')
    .execute()
  return {
    ...line,
    months,
    entries: entries.map(({ rateSetId, rateSetName, ...entry }) => ({
      ...entry,
      kind: entry.kind as 'actual',
      rateSet: named(rateSetId, rateSetName),
    })),
    commitments,
  }
}

export async function addBudgetLine(context: Context, given: NewBudgetLine): Promise<BudgetLine> {
  const { db, now, actor } = context
  const { customer, site, service, appropriation, driver, plan, ...plain } = given
  const customerId = customer === null ? null : (await requireCustomer(db, customer)).id
  require(barredFromBudget(actor, customerId))
  if ((site !== null || service !== null) && customerId === null) throw invalid('budget-line.no-customer')
  if (appropriation !== null) {
    const row = await db
      .selectFrom('appropriation')
      .select('currency')
      .where('id', '=', appropriation)
      .executeTakeFirst()
    if (row === undefined) throw notFound('appropriation.not-found')
    if (row.currency !== plain.currency) throw refused('appropriation.currency', { currency: row.currency })
  }
  const id = newId(now.getTime())
  const of = {
    customerId,
    siteId: site === null ? null : (await requireSite(db, customerId!, site)).id,
    serviceId: service === null ? null : (await requireService(db, customerId!, service)).id,
    appropriationId: appropriation,
    driver: driver?.name ?? null,
    driverMinor: driver?.unitMinor ?? null,
  }
  const taken = { budget_line_year_cost_centre_name_key: 'budget-line.taken' } as const
  await explaining(taken, { name: plain.name, costCentre: plain.costCentre }, () =>
    db
      .insertInto('budgetLine')
      .values({ id, ...plain, ...of, createdAt: now })
      .execute(),
  )
  await insertPlan(db, { id, customerId, year: plain.year, driverMinor: of.driverMinor }, plan)
  await told(context, 'budget-line.added', { id, customerId })
  return viewOf(context, id)
}

export async function writePlan(
  context: Context,
  id: string,
  version: number,
  { plan }: Pick<NewBudgetLine, 'plan'>,
): Promise<BudgetLine> {
  const { db, actor } = context
  const locked = await db.selectFrom('budgetLine').select('version').where('id', '=', id).forUpdate().executeTakeFirst()
  if (locked === undefined) throw notFound('budget-line.not-found')
  if (locked.version !== version) throw new Failure('moved-on', 'request.moved-on')
  const row = await requireLine(db, id)
  require(barredFromBudget(actor, row.customerId))
  await db.deleteFrom('budgetPlan').where('lineId', '=', id).execute()
  await insertPlan(db, row, plan)
  await db
    .updateTable('budgetLine')
    .set({ version: version + 1 })
    .where('id', '=', id)
    .execute()
  await told(context, 'budget-line.planned', row)
  return viewOf(context, id)
}

async function insertPlan(
  db: Db,
  {
    id,
    customerId,
    year,
    driverMinor,
  }: {
    readonly id: string
    readonly customerId: string | null
    readonly year: number
    readonly driverMinor: number | null
  },
  plan: NewBudgetLine['plan'],
): Promise<void> {
  if (plan.length === 0) return
  const rows = plan.map(({ month, amountMinor, quantity }, index) => {
    if (Number(month.slice(0, 4)) !== year || plan.findIndex((each) => each.month === month) !== index)
      throw invalid('budget-line.month', { month, year })
    // The driver says it, unless an amount is said for the month.
    const driven = driverMinor !== null && quantity !== null ? driverMinor * quantity : null
    const said = amountMinor ?? driven
    if (said === null) throw invalid('budget-line.amount', { month })
    return { lineId: id, customerId, month: `${month}-01`, amountMinor: said, quantity }
  })
  await db.insertInto('budgetPlan').values(rows).execute()
}

export async function told(
  context: Context,
  action: string,
  {
    id,
    customerId,
    facts,
  }: { readonly id: string; readonly customerId: string | null; readonly facts?: Record<string, unknown> },
): Promise<void> {
  await audit(context, { action, subjectType: 'budget', subjectId: id, customerId, ...(facts && { facts }) })
}
