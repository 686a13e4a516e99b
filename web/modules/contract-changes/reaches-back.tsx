import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Change, ChangeDifference } from '#api/contract-changes'
import { DoorLink } from '#web/ui/door.tsx'
import { Section } from '#web/ui/page.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useMoney } from '#web/ui/use-money.ts'
import { changeDifferenceQuery } from './queries.ts'

type Item = ChangeDifference['items'][number]

/** Of a change whose prices reach back: months that were agreed already, and what they come to by those prices. */
export function ReachesBack({ change: { id, contract } }: { readonly change: Change }) {
  const t = useText()
  const format = useFormat()
  const money = useMoney()
  const { currency, totalMinor, items } = useSuspenseQuery(changeDifferenceQuery(id)).data
  if (items.length === 0) return null
  const amount = (amountMinor: number) => money({ amountMinor, currency })
  const signed = (amountMinor: number) => `${amountMinor > 0 ? '+' : ''}${amount(amountMinor)}`
  const figure = { numeric: true, width: '160px' } as const
  const columns: readonly Column<Item>[] = [
    {
      key: 'month',
      head: t('changes.back-month'),
      width: '150px',
      narrow: 'lead',
      cell: (each) => format.month(each.month),
    },
    { key: 'line', head: t('changes.back-line'), narrow: 'under', cell: ({ name }) => name },
    {
      key: 'charged',
      head: t('changes.back-charged'),
      ...figure,
      narrow: 'under',
      cell: ({ month, chargedMinor }) => (
        <DoorLink to="/contracts/$id" params={{ id: contract.id }} search={{ month }}>
          {amount(chargedMinor)}
        </DoorLink>
      ),
    },
    {
      key: 'changed',
      head: t('changes.back-changed'),
      ...figure,
      narrow: 'under',
      cell: ({ changedMinor }) => amount(changedMinor),
    },
    {
      key: 'difference',
      head: t('changes.back-difference'),
      ...figure,
      narrow: 'trail',
      cell: ({ chargedMinor, changedMinor }) => signed(changedMinor - chargedMinor),
    },
  ]
  return (
    <Section
      title={t('changes.back', { amount: signed(totalMinor) })}
      hint={t('changes.back-hint')}
      aside={
        <Link to="/contracts/$id/lines" params={{ id: contract.id }}>
          {t('changes.true-up')}
        </Link>
      }
    >
      <Table
        dense
        label={t('changes.back-difference')}
        columns={columns}
        rows={items}
        rowKey={({ month, name }) => `${month} ${name}`}
      />
    </Section>
  )
}
