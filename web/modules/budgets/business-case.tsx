import type { Appropriation } from '#api/budgets'
import { Facts } from '#web/ui/facts.tsx'
import { Section } from '#web/ui/page.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useMoney } from '#web/ui/use-money.ts'

interface Year {
  /** 0 is when it is bought. */
  readonly number: number
  readonly benefitMinor: number
  readonly costMinor: number
  /** What is left of the year, at what it is worth today. */
  readonly worthMinor: number
}

/** Whether it pays: the result, and year by year what it is reckoned from. */
export function BusinessCase({ asked }: { readonly asked: Appropriation }) {
  const t = useText()
  const format = useFormat()
  const money = useMoney()
  const { result, businessCase, currency, amountMinor, contingencyMinor } = asked
  const amount = (minor: number) => money({ amountMinor: minor, currency })
  const { benefitsMinor, runCostMinor, rateBp, risk, riskNote } = businessCase
  const flows = [
    { benefitMinor: 0, costMinor: amountMinor + contingencyMinor },
    ...benefitsMinor.map((benefitMinor, index) => ({ benefitMinor, costMinor: runCostMinor[index] ?? 0 })),
  ]
  const years = flows.map((flow, number): Year => ({
    number,
    ...flow,
    worthMinor: Math.round((flow.benefitMinor - flow.costMinor) / (1 + rateBp / 10_000) ** number),
  }))
  const columns: readonly Column<Year>[] = [
    {
      key: 'year',
      head: t('budgets.year'),
      narrow: 'lead',
      cell: ({ number }) => (number === 0 ? t('budgets.case-bought') : t('budgets.case-year', { year: number })),
    },
    {
      key: 'benefit',
      head: t('budgets.case-brings'),
      width: '22%',
      numeric: true,
      narrow: 'under',
      called: t('budgets.case-brings'),
      cell: ({ benefitMinor }) => amount(benefitMinor),
    },
    {
      key: 'cost',
      head: t('budgets.case-costs'),
      width: '22%',
      numeric: true,
      narrow: 'under',
      called: t('budgets.case-costs'),
      cell: ({ costMinor }) => amount(costMinor),
    },
    {
      key: 'worth',
      head: t('budgets.case-worth'),
      width: '24%',
      numeric: true,
      narrow: 'trail',
      cell: ({ worthMinor }) => amount(worthMinor),
    },
  ]
  return (
    <Section title={t('budgets.business-case')} hint={t('budgets.case-hint', { rate: rateBp / 100 })}>
      <Facts
        facts={[
          { name: t('budgets.present-value'), value: amount(result.presentValueMinor) },
          {
            name: t('budgets.internal-rate'),
            value: result.internalRateBp === null ? '–' : `${format.number(result.internalRateBp / 100, 1)} %`,
          },
          {
            name: t('budgets.payback'),
            value:
              result.paybackYears === null
                ? t('budgets.never')
                : t('budgets.years', { years: format.number(result.paybackYears, 1) }),
          },
          {
            name: t('budgets.risk'),
            value: [t(`budgets.risk.${risk}`), riskNote].filter((each) => each !== '').join(': '),
          },
        ]}
      />
      <Table
        dense
        label={t('budgets.case-by-year')}
        columns={columns}
        rows={years}
        rowKey={({ number }) => String(number)}
      />
    </Section>
  )
}
