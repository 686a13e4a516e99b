import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { barredFromContracting, type BudgetLine } from '#api/budgets'
import { useAsker } from '#web/modules/people/index.ts'
import { TextButton } from '#web/ui/button.tsx'
import { Door } from '#web/ui/door.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useMoney } from '#web/ui/use-money.ts'
import { OrderDialog, PlanDialog } from './line-dialogs.tsx'
import { lineQuery } from './queries.ts'
import { useFundWord } from './words.tsx'

/** Lines of a year; what was spent on each opens to its entries. */
export function BudgetLines({ lines }: { readonly lines: readonly BudgetLine[] }) {
  const t = useText()
  const money = useMoney()
  const fundWord = useFundWord()
  const barred = barredFromContracting(useAsker())
  const [open, setOpen] = useState<{ readonly what: 'plan' | 'order'; readonly line: BudgetLine } | null>(null)
  const columns: readonly Column<BudgetLine>[] = [
    {
      key: 'name',
      head: t('budgets.line'),
      narrow: 'lead',
      cell: ({ name, costCentre, fund, site, service }) => (
        <>
          {name}{' '}
          <span className="pl-quiet">
            {[fundWord(fund), costCentre, site?.name, service?.name].filter(Boolean).join(', ')}
          </span>
        </>
      ),
    },
    {
      key: 'plan',
      head: t('budgets.plan'),
      width: '118px',
      numeric: true,
      narrow: 'under',
      called: t('budgets.plan'),
      cell: ({ sums, currency }) => money({ amountMinor: sums.planMinor, currency }),
    },
    {
      key: 'actual',
      head: t('budgets.actual'),
      width: '118px',
      numeric: true,
      narrow: 'under',
      called: t('budgets.actual'),
      cell: ({ id, name, year, sums, currency }) => (
        <Door
          label={money({ amountMinor: sums.actualMinor, currency })}
          title={name}
          definition={t('budgets.actual-hint')}
          period={String(year)}
        >
          <Entries id={id} currency={currency} />
        </Door>
      ),
    },
    {
      key: 'committed',
      head: t('budgets.ordered'),
      width: '105px',
      numeric: true,
      narrow: 'hidden',
      cell: ({ sums, currency }) => money({ amountMinor: sums.committedMinor, currency }),
    },
    {
      key: 'outlook',
      head: t('budgets.outlook'),
      width: '118px',
      numeric: true,
      narrow: 'trail',
      cell: ({ sums, currency }) => money({ amountMinor: sums.outlookMinor, currency }),
    },
    ...(barred === null
      ? [
          {
            key: 'change',
            head: '',
            width: '125px',
            narrow: 'under',
            cell: (line: BudgetLine) => (
              <>
                <TextButton onClick={() => setOpen({ what: 'plan', line })}>{t('budgets.open-plan')}</TextButton>{' '}
                <TextButton onClick={() => setOpen({ what: 'order', line })}>{t('budgets.order-new')}</TextButton>
              </>
            ),
          } as const,
        ]
      : []),
  ]
  return (
    <>
      <Table
        dense
        label={t('budgets.lines')}
        columns={columns}
        rows={lines}
        rowKey={({ id }) => id}
        empty={<Empty title={t('budgets.none')}>{t('budgets.none-hint')}</Empty>}
      />
      {open?.what === 'plan' && <PlanDialog line={open.line} onClose={() => setOpen(null)} />}
      {open?.what === 'order' && <OrderDialog line={open.line} onClose={() => setOpen(null)} />}
    </>
  )
}

function Entries({ id, currency }: { readonly id: string; readonly currency: string }) {
  const t = useText()
  const format = useFormat()
  const money = useMoney()
  const { data } = useQuery(lineQuery(id))
  if (data === undefined) return null
  if (data.entries.length === 0) return <p className="pl-quiet">{t('budgets.no-entries')}</p>
  return (
    <ul>
      {data.entries.map((entry) => (
        <li key={entry.id}>
          {format.monthShort(entry.month)}: {money({ amountMinor: entry.amountMinor, currency })}{' '}
          <span className="pl-quiet">
            {[
              t(`budgets.kind.${entry.kind}`),
              entry.reference,
              entry.description,
              entry.originalCurrency === currency
                ? null
                : t('budgets.converted', {
                    amount: money({ amountMinor: entry.originalMinor, currency: entry.originalCurrency }),
                    rates: entry.rateSet?.name ?? '–',
                  }),
            ]
              .filter(Boolean)
              .join(', ')}
          </span>
        </li>
      ))}
    </ul>
  )
}
