import { useState } from 'react'
import { barredFromContracting, type BudgetLine } from '#api/budgets'
import { useAsker } from '#web/modules/people/index.ts'
import { TextButton } from '#web/ui/button.tsx'
import { Door } from '#web/ui/door.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { Menu, MenuItem } from '#web/ui/menu.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useMoney } from '#web/ui/use-money.ts'
import { AccrualDialog, OrderDialog, OrderUseDialog } from './entry-dialogs.tsx'
import { PlanDialog } from './line-dialogs.tsx'
import { Entries, Months, Orders } from './line-figures.tsx'
import { useFundWord } from './words.tsx'

interface Open {
  readonly what: 'plan' | 'order' | 'use' | 'accrual'
  readonly line: BudgetLine
}

/** Lines of a year; each figure of one opens to its months, entries or orders. */
export function BudgetLines({ lines }: { readonly lines: readonly BudgetLine[] }) {
  const t = useText()
  const money = useMoney()
  const fundWord = useFundWord()
  const barred = barredFromContracting(useAsker())
  const [open, setOpen] = useState<Open | null>(null)
  const close = () => setOpen(null)
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
      cell: ({ id, name, year, sums, currency }) => (
        <Door
          label={money({ amountMinor: sums.planMinor, currency })}
          title={name}
          definition={t('budgets.plan-definition')}
          period={String(year)}
        >
          <Months id={id} currency={currency} of="plan" />
        </Door>
      ),
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
      // On a phone there is room for it in the menu alone.
      narrow: 'hidden',
      cell: (line) => (
        <Door
          label={money({ amountMinor: line.sums.committedMinor, currency: line.currency })}
          title={line.name}
          definition={t('budgets.committed-definition')}
          period={String(line.year)}
        >
          <Orders id={line.id} currency={line.currency} />
        </Door>
      ),
    },
    {
      key: 'outlook',
      head: t('budgets.outlook'),
      width: '118px',
      numeric: true,
      narrow: 'trail',
      cell: ({ id, name, year, sums, currency }) => (
        <Door
          label={money({ amountMinor: sums.outlookMinor, currency })}
          title={name}
          definition={t('budgets.outlook-hint')}
          period={String(year)}
        >
          <Months id={id} currency={currency} of="outlook" />
        </Door>
      ),
    },
    ...(barred === null
      ? [
          {
            key: 'change',
            head: '',
            width: '90px',
            narrow: 'under',
            cell: (line: BudgetLine) => (
              <Menu button={<TextButton>{t('budgets.line-change')}</TextButton>}>
                <MenuItem onClick={() => setOpen({ what: 'plan', line })}>{t('budgets.open-plan')}</MenuItem>
                <MenuItem onClick={() => setOpen({ what: 'order', line })}>{t('budgets.order-add')}</MenuItem>
                <MenuItem
                  barred={line.sums.committedMinor === 0 ? t('budgets.no-open-orders') : null}
                  onClick={() => setOpen({ what: 'use', line })}
                >
                  {t('budgets.order-use')}
                </MenuItem>
                <MenuItem onClick={() => setOpen({ what: 'accrual', line })}>{t('budgets.accrual-add')}</MenuItem>
              </Menu>
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
      {open?.what === 'plan' && <PlanDialog line={open.line} onClose={close} />}
      {open?.what === 'order' && <OrderDialog line={open.line} onClose={close} />}
      {open?.what === 'accrual' && <AccrualDialog line={open.line} onClose={close} />}
      {open?.what === 'use' && <OrderUseDialog line={open.line} onClose={close} />}
    </>
  )
}
