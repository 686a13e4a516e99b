import { useQuery } from '@tanstack/react-query'
import type { SupplierContract } from '#api/suppliers'
import { CaseLink } from '#web/app/untold.tsx'
import { barredBeyondBooks } from '#core/may.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Door } from '#web/ui/door.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { type Say, useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useMoney } from '#web/ui/use-money.ts'
import { invoicesQuery, promisesQuery } from './queries.ts'
import { PromiseStateWord } from './words.tsx'

interface Month {
  readonly month: string
  readonly met: number
  readonly missed: number
  readonly amountMinor: number
}

/** Month by month what a supplier kept and what it invoiced; both open to what is under them. */
export function SupplierMonths({ contract }: { readonly contract: SupplierContract }) {
  const { id, kept, costs, currency, title } = contract
  const t = useText()
  const barred = barredBeyondBooks(useAsker())
  const format = useFormat()
  const money = useMoney()
  const months = [...new Set([...kept, ...costs].map(({ month }) => month))].toSorted().toReversed()
  const rows = months.map((month): Month => {
    const clocks = kept.find((each) => each.month === month)
    const cost = costs.find((each) => each.month === month)
    return { month, met: clocks?.met ?? 0, missed: clocks?.missed ?? 0, amountMinor: cost?.amountMinor ?? 0 }
  })
  const keptColumn = (): Column<Month> => ({
    key: 'kept',
    head: t('suppliers.kept'),
    width: '160px',
    numeric: true,
    narrow: 'under',
    called: t('suppliers.kept'),
    cell: ({ month, met, missed }) => {
      if (met + missed === 0) return t('ui.state.none')
      const figure = format.ratio({ numerator: met, denominator: met + missed })
      if (barred !== null) return figure
      return (
        <Door
          label={figure}
          title={`${title}, ${format.month(month)}`}
          definition={t('suppliers.kept-definition')}
          period={format.month(month)}
        >
          <Promises id={id} month={month} />
        </Door>
      )
    },
  })
  const columns: readonly Column<Month>[] = [
    {
      key: 'month',
      head: t('suppliers.month'),
      width: '150px',
      narrow: 'lead',
      cell: ({ month }) => format.month(month),
    },
    // Without an agreement behind ours nothing of it is ever measured.
    ...(kept.length === 0 ? [] : [keptColumn()]),
    {
      key: 'cost',
      head: t('suppliers.invoiced'),
      numeric: true,
      narrow: 'trail',
      cell: ({ month, amountMinor }) =>
        amountMinor === 0 ? (
          '–'
        ) : (
          <Door
            label={money({ amountMinor, currency })}
            title={`${title}, ${format.month(month)}`}
            definition={t('suppliers.invoiced-hint')}
            period={format.month(month)}
          >
            <Invoices id={id} month={month} currency={currency} />
          </Door>
        ),
    },
  ]
  return (
    <Table
      dense
      label={title}
      columns={columns}
      rows={rows}
      rowKey={({ month }) => month}
      empty={t('suppliers.nothing-yet')}
    />
  )
}

function Invoices({ id, month, currency }: { readonly id: string; readonly month: string; readonly currency: string }) {
  const money = useMoney()
  const { data } = useQuery(invoicesQuery(id, month))
  if (data === undefined) return null
  return (
    <ul>
      {data.map(({ id: key, reference, amountMinor, description }) => (
        <li key={key}>
          {money({ amountMinor, currency })}{' '}
          <span className="pl-quiet">{[reference, description].filter(Boolean).join(', ')}</span>
        </li>
      ))}
    </ul>
  )
}

function Promises({ id, month }: { readonly id: string; readonly month: string }) {
  const t = useText()
  const { data } = useQuery(promisesQuery(id, month))
  if (data === undefined) return null
  return (
    <ul>
      {data.map(({ number, title, metric, priority, state, ours, stoppedAt }, index) => (
        <li key={number === null ? index : [number, metric, stoppedAt?.getTime()].join(' ')}>
          <PromiseStateWord state={state} /> <CaseLink number={number}>{number}</CaseLink>{' '}
          <span className="pl-quiet">
            {[`${t(`agreements.metric.${metric}`)} ${priority.toUpperCase()}`, title, ours && oursWord(t, ours)]
              .filter(Boolean)
              .join(', ')}
          </span>
        </li>
      ))}
    </ul>
  )
}

function oursWord(t: Say, ours: string): string {
  if (ours === 'met') return t('suppliers.ours-kept')
  return ours.startsWith('breached') ? t('suppliers.ours-missed') : ''
}
