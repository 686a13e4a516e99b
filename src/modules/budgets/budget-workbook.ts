import type { Context } from '#platform/context.ts'
import type { FileReply } from '#platform/http.ts'
import { inUnits, type MoneySheet, moneyWords, moneyWorkbook } from '#platform/money-workbook.ts'
import type { Appropriation, Budget, EfficiencyView } from './api.ts'
import { listAppropriations } from './appropriation-view.ts'
import { readEfficiency } from './efficiency.ts'
import { readBudget } from './lines.ts'

type Words = ReturnType<typeof moneyWords>

/** A year of the budget as a workbook (R07), with what was asked for (R08) and the efficiency (R20). */
export async function budgetWorkbook(
  context: Context,
  query: { readonly year?: number | undefined; readonly customer?: string | undefined },
): Promise<FileReply> {
  const { language } = context.actor
  const t = moneyWords(language)
  const budget = await readBudget(context, query)
  const { year } = budget
  const { customer } = query
  const asked = await listAppropriations(context, { customer })
  const efficiency = await readEfficiency(context, year, { customer })
  return moneyWorkbook([linesOf(budget, t), monthsOf(budget), askedOf(asked, t), efficiencyOf(efficiency)], {
    language,
    now: context.now,
    title: t('budget.title', { year: String(year) }),
    file: `${t('budget.file')}-${year}`,
  })
}

function linesOf({ items }: Budget, t: Words): MoneySheet {
  return {
    name: 'budget.lines',
    columns: [
      ['head.line', 'text', 34],
      ['head.fund', 'text', 12],
      ['head.cost-centre', 'text', 14],
      ['head.account', 'text', 12],
      ['head.customer', 'text', 22],
      ['head.site', 'text', 22],
      ['head.service', 'text', 22],
      ['head.currency', 'text', 10],
      ['head.plan', 'number', 15],
      ['head.actual', 'number', 15],
      ['head.accrued', 'number', 15],
      ['head.ordered', 'number', 15],
      ['head.outlook', 'number', 15],
      ['head.exchange', 'number', 18],
    ],
    rows: items.map(({ name, fund, costCentre, account, customer, site, service, currency, sums }) => [
      name,
      t(`fund.${fund}`),
      costCentre,
      account,
      customer?.name ?? null,
      site?.name ?? null,
      service?.name ?? null,
      currency,
      ...[sums.planMinor, sums.actualMinor, sums.accruedMinor, sums.committedMinor, sums.outlookMinor].map((each) =>
        inUnits(each, currency),
      ),
      inUnits(sums.exchangeMinor, currency),
    ]),
  }
}

function monthsOf({ totals }: Budget): MoneySheet {
  return {
    name: 'budget.months',
    columns: [
      ['head.month', 'text', 10],
      ['head.currency', 'text', 10],
      ['head.plan', 'number', 15],
      ['head.actual', 'number', 15],
      ['head.forecast', 'number', 15],
    ],
    rows: totals.flatMap(({ currency, months }) =>
      months.map(({ month, planMinor, actualMinor, forecastMinor }) => [
        month,
        currency,
        inUnits(planMinor, currency),
        inUnits(actualMinor, currency),
        forecastMinor === null ? null : inUnits(forecastMinor, currency),
      ]),
    ),
  }
}

function askedOf(asked: readonly Appropriation[], t: Words): MoneySheet {
  return {
    name: 'budget.asked',
    columns: [
      ['head.number', 'count', 10],
      ['head.title', 'text', 34],
      ['head.state', 'text', 18],
      ['head.currency', 'text', 10],
      ['head.amount', 'number', 15],
      ['head.approved', 'number', 15],
      ['head.ordered', 'number', 15],
      ['head.spent', 'number', 15],
      ['head.becomes', 'number', 15],
      ['head.over', 'text', 14],
      ['head.value', 'number', 15],
      ['head.in-service', 'text', 16],
      ['head.book', 'number', 15],
      ['head.post-review', 'prose', 40],
    ],
    rows: asked.map(({ number, title, state, currency, amountMinor, contingencyMinor, approvedMinor, ...of }) => {
      const { committedMinor, spentMinor, forecastMinor, overTolerance, result, inServiceOn, bookValueMinor } = of
      return [
        number,
        title,
        t(`asked.${state}`),
        currency,
        inUnits(amountMinor + contingencyMinor, currency),
        approvedMinor === null ? null : inUnits(approvedMinor, currency),
        inUnits(committedMinor, currency),
        inUnits(spentMinor, currency),
        inUnits(forecastMinor, currency),
        t(overTolerance ? 'yes' : 'no'),
        inUnits(result.presentValueMinor, currency),
        inServiceOn,
        bookValueMinor === null ? null : inUnits(bookValueMinor, currency),
        of.postReview,
      ]
    }),
  }
}

function efficiencyOf({ items }: EfficiencyView): MoneySheet {
  return {
    name: 'budget.efficiency',
    columns: [
      ['head.work', 'text', 28],
      ['head.currency', 'text', 10],
      ['head.unit', 'number', 24],
      ['head.volume', 'count', 12],
      ['head.expected', 'number', 20],
      ['head.actual', 'number', 15],
      ['head.saved', 'number', 18],
    ],
    rows: items.flatMap(({ currency, work }) =>
      work.map(({ name, baseUnitMinor, volume, actualMinor }) => [
        name,
        currency,
        inUnits(baseUnitMinor, currency),
        volume,
        inUnits(baseUnitMinor * volume, currency),
        inUnits(actualMinor, currency),
        inUnits(baseUnitMinor * volume - actualMinor, currency),
      ]),
    ),
  }
}
