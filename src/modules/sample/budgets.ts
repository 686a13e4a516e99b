import { daysAfter, monthsAfter } from '#core/recurrence.ts'
import {
  addAccrual,
  addAppropriation,
  addBudgetLine,
  addCommitment,
  addRateSet,
  decide,
  importActuals,
  lockForecast,
  lockRateSet,
  moveAppropriation,
  putInService,
  sayLimit,
  writeEfficiency,
} from '#modules/budgets'
import type { Context } from '#platform/context.ts'
import {
  approvalLimitMinor,
  approvedAppropriations,
  budgetCustomer,
  budgetLines,
  sampleAppropriation,
  sampleEfficiency,
} from '#sample/budgets.ts'
import type { SampleCompany } from '#sample/company.ts'
import { sampleColleague } from './colleague.ts'
import { today } from './period.ts'

/** The budget of our own headquarters for this year: what was spent up to last month, and what the rest will come to. */
export async function writeBudget(context: Context, company: SampleCompany): Promise<void> {
  const customer = company.customers.find(({ key }) => key === budgetCustomer)!.id
  const now = today(context.now)
  const year = Number(now.slice(0, 4))
  const monthOf = (index: number) => `${year}-${String(index + 1).padStart(2, '0')}`
  const over = Number(now.slice(5, 7)) - 1
  const months = Array.from({ length: 12 }, (_, index) => monthOf(index))
  await writeRates(context, year, months)
  const rows: string[] = []
  const ids: string[] = []
  for (const { name, fund, costCentre, monthlyMinor, spent, pounds, order } of budgetLines) {
    const plan = months.map((month) => ({ month, amountMinor: monthlyMinor, quantity: null }))
    const of = { year, fund, name, costCentre, currency: 'EUR', customer, plan }
    const none = { account: null, site: null, service: null, appropriation: null, driver: null }
    const { id } = await addBudgetLine(context, { ...of, ...none })
    ids.push(id)
    for (const [index, month] of months.slice(0, over).entries()) {
      const minor = Math.round((monthlyMinor * spent[index % spent.length]!) / (pounds ? 1150 : 1000))
      if (minor === 0) continue
      const amount = (minor / 100).toFixed(2)
      rows.push(
        `${month},${costCentre},${name},${amount},${month}-${costCentre}-${ids.length},${pounds ? 'GBP' : 'EUR'}`,
      )
    }
    if (order !== null)
      await addCommitment(context, id, {
        number: order.number,
        amountMinor: order.amountMinor,
        expectedOn: daysAfter(now, 40),
        description: order.about,
      })
  }
  if (rows.length > 0) await importActuals(context, { text: [HEAD, ...rows].join('\n'), decimal: 'point' })
  const [network] = ids
  const [last, from] = [months[over - 1], months[over]]
  if (network !== undefined && last !== undefined)
    await addAccrual(context, network, {
      month: last,
      amountMinor: 180_000,
      description: 'Leitung Bremen, Rechnung fehlt',
    })
  if (network !== undefined && from !== undefined)
    await lockForecast(context, {
      year,
      fromMonth: from,
      customer,
      reason: 'price',
      note: 'Der Netzanbieter hat ab dem Sommer erhöht; die Anbindung von Bremen kommt dazu.',
      lines: months.slice(over).map((month) => ({ line: network, month, amountMinor: 5_950_000 })),
    })
  await writeAppropriations(context, { customer, year, months, over })
  await writeEfficiency(context, year, { customer, currency: 'EUR', work: [...sampleEfficiency] })
}

interface Year {
  readonly customer: string
  readonly year: number
  readonly months: readonly string[]
  /** So many of them are over. */
  readonly over: number
}

/** Money that was asked for: one that nobody decided yet, one that is in use, and one that cost more than was approved. */
async function writeAppropriations(context: Context, { customer, year, months, over }: Year): Promise<void> {
  const common = { currency: 'EUR', customer, toleranceBp: 1000 }
  await addAppropriation(context, { ...sampleAppropriation, ...common })
  const decider = await sampleColleague(context.db)
  if (decider === null) return
  await sayLimit(context, decider, { currency: 'EUR', upToMinor: approvalLimitMinor })
  const asDecider: Context = { ...context, actor: { ...context.actor, personId: decider } }
  for (const { costCentre, spent, inService, ...asked } of approvedAppropriations) {
    let { id, version } = await addAppropriation(context, { ...asked, ...common })
    for (const to of ['review', 'submitted'] as const)
      ({ version } = await moveAppropriation(context, id, version, { to, postReview: null }))
    ;({ version } = await decide(asDecider, id, version, { decision: 'approved', note: null }))
    ;({ version } = await moveAppropriation(context, id, version, { to: 'open', postReview: null }))
    const whole = asked.amountMinor + asked.contingencyMinor
    const shares = months.map((month, index) => ({
      month,
      amountMinor: Math.round((whole * (spent[index] ?? 0)) / 1000),
    }))
    const of = { year, fund: 'appropriation', name: asked.title, costCentre, currency: 'EUR', customer } as const
    const plan = shares.map((share) => ({ ...share, quantity: null }))
    const none = { account: null, site: null, service: null, driver: null }
    await addBudgetLine(context, { ...of, ...none, appropriation: id, plan })
    const rows = shares
      .slice(0, over)
      .filter(({ amountMinor }) => amountMinor > 0)
      .map(({ month, amountMinor }) =>
        [month, costCentre, asked.title, (amountMinor / 100).toFixed(2), `${month}-${costCentre}`, 'EUR'].join(','),
      )
    if (rows.length > 0) await importActuals(context, { text: [HEAD, ...rows].join('\n'), decimal: 'point' })
    if (inService === null || over <= inService.month) continue
    ;({ version } = await moveAppropriation(context, id, version, { to: 'committed', postReview: null }))
    const on = `${months[inService.month]!}-01`
    await putInService(context, id, version, { on, lifeMonths: inService.lifeMonths, residualMinor: 0 })
  }
}

const HEAD = 'month,cost centre,line,amount,reference,currency'

async function writeRates(context: Context, year: number, months: readonly string[]): Promise<void> {
  const write = async (kind: 'budget' | 'average', rate: string, validFrom: string, validUntil: string) => {
    const name = kind === 'budget' ? `Budget ${year}` : validFrom.slice(0, 7)
    const rates = [{ from: 'GBP', to: 'EUR', rate }]
    const { id } = await addRateSet(context, { name, kind, validFrom, validUntil, rates }, { sample: true })
    await lockRateSet(context, id)
  }
  await write('budget', '1.15', `${year}-01-01`, `${year}-12-31`)
  // The average of a month is known when it is over.
  const over = months.filter((month) => month < context.now.toISOString().slice(0, 7))
  for (const [index, month] of over.entries())
    await write(
      'average',
      (1.14 + (index % 5) / 100).toFixed(2),
      `${month}-01`,
      daysAfter(monthsAfter(`${month}-01`, 1), -1),
    )
}
