import { sql } from 'kysely'
import { monthsAfter } from '#core/recurrence.ts'
import { countContract, importCosts, sayRate, writePlan } from '#modules/margin'
import type { Context } from '#platform/context.ts'
import type { SampleContract } from '#sample/contracts.ts'
import { costRows, sampleCosts } from '#sample/costs.ts'
import { randomOf } from '#sample/random.ts'
import { suppliedCategories, writeSuppliers } from './suppliers.ts'

interface Planned {
  readonly customerId: string
  readonly sample: SampleContract
  readonly seed: string
  /** Months that are over. */
  readonly months: readonly string[]
}

/** What an hour of our own costs, of work that no timesheet of the file has: for changes. */
const HOUR_MINOR = 6_200

/** So many months ahead are forecast. */
const AHEAD = 12

/** What running a contract cost and was offered at; then its months are posted. To be called when it is charged. */
export async function writeProfit(
  context: Context,
  contractId: string,
  { sample, customerId, seed, months }: Planned,
): Promise<void> {
  const random = randomOf(`${seed}/costs/${sample.customer}`)
  const passed = await context.db
    .selectFrom('charge')
    .select([sql<string>`to_char(month, 'YYYY-MM')`.as('month'), 'amountMinor'])
    .where('contractId', '=', contractId)
    .where('kind', '=', 'pass-through')
    .execute()
  const costs = months.flatMap((month) => costRows(sample.customer, month, random))
  const supplied = suppliedCategories(sample.customer)
  const categoryOf = (row: string) => row.split(',')[1]!
  const rows = [
    ...costs.filter((row) => !supplied.has(categoryOf(row))),
    ...passed
      .filter(({ amountMinor }) => amountMinor > 0)
      .map(({ month, amountMinor }) => `${month},pass-through,${(amountMinor / 100).toFixed(2)},${month}-passed,`),
  ]
  const text = ['month,category,amount,reference,description', ...rows].join('\n')
  if (rows.length > 0) await importCosts(context, contractId, { text, decimal: 'point' })
  const customer = { id: customerId, key: sample.customer }
  const of = { customer, contractId, currency: sample.currency, months }
  await writeSuppliers(context, of, Map.groupBy(costs, categoryOf))
  const monthly = sampleCosts[sample.customer] ?? []
  const fixed = sample.lines.flatMap(({ terms }) => (terms.kind === 'fixed' ? [terms.amountMinor] : []))
  const revenue = fixed.reduce((sum, each) => sum + each, 0)
  const bid = months.flatMap((month) => [
    { month, category: 'revenue:fixed', amountMinor: revenue, quantity: null },
    ...monthly.map(({ category, bid: amountMinor }) => ({
      month,
      category: `cost:${category}`,
      amountMinor,
      quantity: null,
    })),
  ])
  if (bid.length > 0) await writePlan(context, contractId, 'bid', { lines: bid })
  const last = months.at(-1)
  if (last === undefined) return
  await sayRate(context, contractId, { validFrom: months[0]!, hourMinor: HOUR_MINOR })
  const ahead = Array.from({ length: AHEAD }, (_, index) => monthsAfter(`${last}-01`, index + 1).slice(0, 7))
  const forecast = ahead.flatMap((month) =>
    monthly.map(({ category, around }) => ({
      month,
      category: `cost:${category}`,
      amountMinor: around,
      quantity: null,
    })),
  )
  await writePlan(context, contractId, 'forecast', { lines: forecast })
  await countContract(context, contractId)
}
