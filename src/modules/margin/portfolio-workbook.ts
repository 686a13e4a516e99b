import { daysAfter } from '#core/recurrence.ts'
import type { Context } from '#platform/context.ts'
import type { FileReply } from '#platform/http.ts'
import { inUnits, type MoneySheet, type MoneyWord, moneyWords, moneyWorkbook } from '#platform/money-workbook.ts'
import { listPortfolio } from './portfolio.ts'

/** R06: all contracts in sight with margin, risk, renewal and relationship, and each month of theirs, as a workbook. */
export async function portfolioWorkbook(
  context: Context,
  query: { readonly customer?: string | undefined },
): Promise<FileReply> {
  const { language } = context.actor
  const t = moneyWords(language)
  const { to, items } = await listPortfolio(context, query)
  const contracts: MoneySheet = {
    name: 'portfolio.sheet',
    columns: [
      ['head.contract', 'text', 34],
      ['head.number', 'text', 16],
      ['head.customer', 'text', 24],
      ['head.currency', 'text', 10],
      ['head.revenue', 'number', 15],
      ['head.credits', 'number', 14],
      ['head.cost', 'number', 15],
      ['head.margin', 'number', 15],
      ['head.share', 'share', 10],
      ['head.committed', 'share', 11],
      ['head.warns', 'text', 16],
      ['head.ends', 'text', 13],
      ['head.next-on', 'text', 22],
      ['head.next', 'text', 28],
      ['head.renewal', 'text', 18],
      ['head.probability', 'share', 15],
      ['head.stakeholders', 'count', 15],
      ['head.against', 'count', 15],
    ],
    rows: items.map(({ contract, customer, currency, without, creditsMinor, committedBp, warns, ...of }) => {
      const { revenueMinor, marginMinor } = without
      const { endsOn, nextDay, renewal, relations } = of
      return [
        contract.title,
        contract.number,
        customer.name,
        currency,
        inUnits(revenueMinor, currency),
        inUnits(-creditsMinor, currency),
        inUnits(revenueMinor - marginMinor, currency),
        inUnits(marginMinor, currency),
        revenueMinor === 0 ? null : marginMinor / revenueMinor,
        committedBp === null ? null : committedBp / 10_000,
        t(warns ? 'yes' : 'no'),
        endsOn === null ? null : daysAfter(endsOn, -1),
        nextDay?.on ?? null,
        nextDay === null ? null : t(`next.${nextDay.kind}` as MoneyWord, { name: nextDay.name ?? '' }),
        renewal === null ? null : t(`renewal.${renewal.state}` as MoneyWord),
        renewal?.probabilityBp === null || renewal === null ? null : renewal.probabilityBp / 10_000,
        relations?.count ?? null,
        relations?.against ?? null,
      ]
    }),
  }
  const months: MoneySheet = {
    name: 'portfolio.months',
    columns: [
      ['head.contract', 'text', 34],
      ['head.month', 'text', 10],
      ['head.currency', 'text', 10],
      ['head.revenue', 'number', 15],
      ['head.margin', 'number', 15],
      ['head.share', 'share', 10],
    ],
    rows: items.flatMap(({ contract, currency, months: all }) =>
      all.map(({ month, revenueMinor, marginMinor }) => [
        contract.title,
        month,
        currency,
        inUnits(revenueMinor, currency),
        inUnits(marginMinor, currency),
        revenueMinor === 0 ? null : marginMinor / revenueMinor,
      ]),
    ),
  }
  return moneyWorkbook([contracts, months], {
    language,
    now: context.now,
    title: t('portfolio.title', { month: to }),
    file: `${t('portfolio.file')}-${to}`,
  })
}
