import { sql } from 'kysely'
import { Failure, invalid, notFound, refused } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { barredFromContracting, require } from '#core/may.ts'
import { monthsAfter } from '#core/recurrence.ts'
import { amountLines } from '#platform/amount-file.ts'
import { amountRows } from '#platform/amount-sheet.ts'
import { explaining } from '#platform/constraint.ts'
import type { Context } from '#platform/context.ts'
import type { BudgetLineWhole, NewActuals } from './api.ts'
import { barredFromBudget, requireLine, told } from './lines.ts'
import { posted } from './rates.ts'

/**
 * Takes in what was spent, all or none. A line is found by year, cost centre and name; what was taken in before is known by
 * its reference, and refused where it says something else now. Another currency is converted once, by the average rates of
 * its month.
 */
export async function importActuals(
  context: Context,
  { text, workbook, decimal }: NewActuals,
): Promise<{ taken: number; known: number }> {
  require(barredFromContracting(context.actor))
  const { db, now, actor } = context
  const there = await db
    .selectFrom('budgetLine')
    .select(['id', 'year', 'costCentre', 'name', 'currency', 'customerId'])
    .execute()
  const lineKey = (year: string, costCentre: string, name: string) => `${year} ${costCentre} ${name}`.toLowerCase()
  const byKey = new Map(there.map((row) => [lineKey(String(row.year), row.costCentre, row.name), row]))
  const lineOf = (row: Readonly<Record<string, string>>) =>
    byKey.get(lineKey((row.month ?? '').slice(0, 4), row['cost centre'] ?? '', row.line ?? ''))
  if ((text === undefined) === (workbook === undefined)) throw invalid('budget-import.one-file')
  const read = amountLines(text ?? (await amountRows(Buffer.from(workbook ?? '', 'base64'))), {
    decimal,
    // Each amount is in the currency of its line, unless it names another.
    currency: (row) => lineOf(row)?.currency ?? '',
    converts: true,
    columns: ['cost centre', 'line'],
  })
  if (read.length === 0) throw invalid('cost-import.unreadable')
  const before = await db
    .selectFrom('budgetEntry')
    .select(['lineId', 'reference', 'originalMinor', 'originalCurrency'])
    .select(sql<string>`to_char(month, 'YYYY-MM')`.as('month'))
    .where('kind', '=', 'actual')
    .where(
      'reference',
      'in',
      read.map(({ reference }) => reference),
    )
    .execute()
  const known = new Map(before.map((row) => [`${row.lineId} ${row.reference}`, row]))
  const fresh = []
  for (const { line, month, reference, amountMinor, currency, description, columns: own } of read) {
    const of = lineOf(own)
    if (of === undefined) throw refused('budget-import.no-line', { line, name: own.line ?? '', month })
    require(barredFromBudget(actor, of.customerId))
    const money = { amountMinor, currency }
    const said = known.get(`${of.id} ${reference}`)
    if (said !== undefined) {
      const isSame =
        said.month === month && said.originalMinor === money.amountMinor && said.originalCurrency === money.currency
      if (!isSame) throw refused('cost-import.changed', { line, reference })
      continue
    }
    fresh.push({
      id: newId(now.getTime()),
      lineId: of.id,
      customerId: of.customerId,
      month: `${month}-01`,
      kind: 'actual',
      ...(await posted(db, money, { to: of.currency, month, line })),
      reference,
      description,
      postedBy: actor.personId,
      postedAt: now,
    })
  }
  for (let from = 0; from < fresh.length; from += 2000)
    await db
      .insertInto('budgetEntry')
      .values(fresh.slice(from, from + 2000))
      .execute()
  const first = fresh[0]
  if (first !== undefined)
    await told(context, 'budget.imported', {
      id: first.lineId,
      customerId: first.customerId,
      facts: { taken: fresh.length },
    })
  return { taken: fresh.length, known: read.length - fresh.length }
}

/** Expects a cost; its opposite stands in the next month from the beginning, so that nobody has to think of it. */
export async function addAccrual(
  context: Context,
  lineId: string,
  {
    month,
    amountMinor,
    description,
  }: { readonly month: string; readonly amountMinor: number; readonly description: string },
): Promise<{ ids: string[] }> {
  const { db, now, actor } = context
  const { id: _id, customerId, currency, year } = await requireLine(db, lineId)
  require(barredFromBudget(actor, customerId))
  if (Number(month.slice(0, 4)) !== year) throw invalid('budget-line.month', { month, year })
  const of = { lineId, customerId, kind: 'accrual', originalCurrency: currency, rateSetId: null, description }
  const who = { postedBy: actor.personId, postedAt: now }
  const first = {
    id: newId(now.getTime()),
    month: `${month}-01`,
    amountMinor,
    originalMinor: amountMinor,
    ...of,
    ...who,
  }
  const back = {
    ...first,
    id: newId(now.getTime()),
    month: monthsAfter(`${month}-01`, 1),
    amountMinor: -amountMinor,
    originalMinor: -amountMinor,
    reverses: first.id,
  }
  await db
    .insertInto('budgetEntry')
    .values([{ ...first, reverses: null }, back])
    .execute()
  await told(context, 'budget.accrued', { id: lineId, customerId, facts: { month } })
  return { ids: [first.id, back.id] }
}

type Commitment = BudgetLineWhole['commitments'][number]

export async function addCommitment(
  context: Context,
  lineId: string,
  given: {
    readonly number: string
    readonly amountMinor: number
    readonly expectedOn: string
    readonly description: string | null
  },
): Promise<Commitment> {
  const { db, now, actor } = context
  const { customerId } = await requireLine(db, lineId)
  require(barredFromBudget(actor, customerId))
  const id = newId(now.getTime())
  const { number } = given
  await explaining({ budget_commitment_line_id_number_key: 'budget-commitment.taken' }, { number }, () =>
    db
      .insertInto('budgetCommitment')
      .values({ id, lineId, customerId, ...given, createdAt: now })
      .execute(),
  )
  await told(context, 'budget.committed', { id: lineId, customerId, facts: { number } })
  return { id, ...given, usedMinor: 0, closedOn: null, version: 1 }
}

export async function writeCommitment(
  context: Context,
  id: string,
  version: number,
  { usedMinor, closedOn }: { readonly usedMinor: number; readonly closedOn: string | null },
): Promise<Commitment> {
  const { db, actor } = context
  const row = await db
    .selectFrom('budgetCommitment')
    .select(['id', 'lineId', 'customerId', 'number', 'description', 'amountMinor', 'expectedOn', 'version'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined) throw notFound('budget-commitment.not-found')
  const { lineId, customerId, ...plain } = row
  require(barredFromBudget(actor, customerId))
  if (row.version !== version) throw new Failure('moved-on', 'request.moved-on')
  if (usedMinor > row.amountMinor) throw refused('budget-commitment.more')
  await db
    .updateTable('budgetCommitment')
    .set({ usedMinor, closedOn, version: version + 1 })
    .where('id', '=', id)
    .execute()
  await told(context, 'budget.commitment', { id: lineId, customerId, facts: { number: row.number } })
  return { ...plain, usedMinor, closedOn, version: version + 1 }
}
