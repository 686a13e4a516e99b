import { Link } from '@tanstack/react-router'
import type { ContractDay } from '#api/contracts'
import { daysBetween } from '#core/recurrence.ts'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useNow } from '#web/ui/use-now.ts'
import { DueStateWord, useDay } from './words.tsx'

/** The last days on which something can be done, the earliest first. */
export function LastDays({ days }: { readonly days: readonly ContractDay[] }) {
  const t = useText()
  const day = useDay()
  const today = useNow().toISOString().slice(0, 10)
  const columns: readonly Column<ContractDay>[] = [
    {
      key: 'on',
      head: t('contracts.last-day'),
      width: '230px',
      narrow: 'trail',
      cell: ({ on }) => (
        <>
          {day(on)}{' '}
          <span className="pl-quiet pl-nowrap">
            {on < today
              ? t('contracts.days-ago', { days: daysBetween(on, today) })
              : t('contracts.in-days', { days: daysBetween(today, on) })}
          </span>
        </>
      ),
    },
    {
      key: 'what',
      head: t('contracts.what'),
      narrow: 'lead',
      cell: ({ kind, name, party }) => t(`contracts.day.${kind}`, { name: name ?? '', party: party ?? 'provider' }),
    },
    {
      key: 'contract',
      head: t('contracts.contract'),
      width: '30%',
      narrow: 'under',
      cell: ({ contract: { id, title }, customer }) => (
        <>
          <Link to="/contracts/$id" params={{ id }}>
            {title}
          </Link>{' '}
          <span className="pl-quiet">{customer.name}</span>
        </>
      ),
    },
    {
      key: 'state',
      head: t('contracts.state'),
      width: '140px',
      narrow: 'under',
      cell: ({ state }) => state && <DueStateWord state={state} />,
    },
  ]
  return (
    <Table
      dense
      label={t('contracts.last-days')}
      columns={columns}
      rows={days}
      rowKey={({ contract, kind, on, name }) => [contract.id, kind, on, name].join(' ')}
      empty={t('contracts.no-days')}
    />
  )
}
