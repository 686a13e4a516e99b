import { costAccounts, type Profit, type ProfitSideView, revenueCategories } from '#api/margin'
import { Door } from '#web/ui/door.tsx'
import { Section } from '#web/ui/page.tsx'
import { Pick, Sentence } from '#web/ui/sentence.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useMoney } from '#web/ui/use-money.ts'
import { PostingList } from './posting-list.tsx'
import { useShare } from './use-share.ts'

interface MonthResultProps {
  readonly contractId: string
  readonly currency: string
  readonly of: Profit['months'][number]
  readonly months: readonly string[]
  readonly onChoose: (month: string) => void
}

interface Row {
  readonly key: string
  readonly name: string
  /** Null: a sum, which has no account of its own. */
  readonly account: string | null
  readonly amountOf: (side: ProfitSideView) => number
}

/** One month, category by category: what was posted as a door to its postings, beside it what was planned. */
export function MonthResult({ contractId, currency, of, months, onChoose }: MonthResultProps) {
  const t = useText()
  const format = useFormat()
  const money = useMoney()
  const share = useShare()
  const amount = (amountMinor: number) => money({ amountMinor, currency })
  const { month, actual, budget, bid, forecast, accruedMinor } = of
  const versions = Object.entries({ budget, bid, forecast }).filter(
    (each): each is ['budget' | 'bid' | 'forecast', ProfitSideView] => each[1] !== null,
  )
  const rows: readonly Row[] = [
    ...revenueCategories.map((category) => ({
      key: `revenue:${category}`,
      name: t(`margin.revenue.${category}`),
      account: `revenue:${category}`,
      amountOf: ({ revenue }: ProfitSideView) => (category === 'credits' ? -1 : 1) * (revenue[category] ?? 0) || 0,
    })),
    ...costAccounts.map((category) => ({
      key: `cost:${category}`,
      name: t(`margin.cost.${category}`),
      account: `cost:${category}`,
      amountOf: ({ cost }: ProfitSideView) => -(cost[category] ?? 0) || 0,
    })),
  ].filter(({ amountOf }) => [actual, ...versions.map(([, side]) => side)].some((side) => amountOf(side) !== 0))
  const sums: readonly Row[] = [
    { key: 'without', name: t('margin.without'), account: null, amountOf: (side) => side.without.marginMinor },
    { key: 'with', name: t('margin.with'), account: null, amountOf: (side) => side.with.marginMinor },
  ]
  const columns: readonly Column<Row>[] = [
    {
      key: 'name',
      head: t('margin.category'),
      narrow: 'lead',
      cell: ({ name, account }) => (account === null ? <b>{name}</b> : name),
    },
    {
      key: 'actual',
      head: t('margin.version.actual'),
      width: '200px',
      numeric: true,
      narrow: 'trail',
      cell: ({ account, name, amountOf, key }) =>
        account === null ? (
          <b>{`${amount(amountOf(actual))} · ${share(key === 'with' ? actual.with : actual.without)}`}</b>
        ) : (
          <Door
            label={amount(amountOf(actual))}
            title={`${name}: ${amount(amountOf(actual))}`}
            definition={t('margin.posted-hint')}
            period={format.month(month)}
            width={460}
          >
            <PostingList contractId={contractId} of={{ month, account }} currency={currency} />
          </Door>
        ),
    },
    ...versions.map(([version, side]) => ({
      key: version,
      head: t(`margin.version.${version}`),
      width: '140px',
      numeric: true,
      narrow: 'under' as const,
      called: t(`margin.version.${version}`),
      cell: ({ amountOf }: Row) => amount(amountOf(side)),
    })),
  ]
  return (
    <Section
      title={t('margin.month-of', { month: format.month(month), amount: amount(actual.without.marginMinor) })}
      hint={accruedMinor === 0 ? t('margin.month-hint') : t('margin.accrued', { amount: amount(accruedMinor) })}
    >
      <Sentence>
        <Pick
          label={t('margin.month')}
          value={month}
          options={months.map((each) => ({ value: each, label: format.month(each) }))}
          onChange={onChoose}
        />
      </Sentence>
      <Table dense label={t('margin.title')} columns={columns} rows={[...rows, ...sums]} rowKey={({ key }) => key} />
    </Section>
  )
}
