import { Link } from '@tanstack/react-router'
import type { ContractDay } from '#api/contracts'
import { daysBetween } from '#core/recurrence.ts'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useNow } from '#web/ui/use-now.ts'
import { DueStateWord, useDay, useSide } from './words.tsx'

/** The last days on which something can be done, the earliest first. */
export function LastDays({ days }: { readonly days: readonly ContractDay[] }) {
  const t = useText()
  const day = useDay()
  const format = useFormat()
  const side = useSide()
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
      cell: ({ kind, name, month, party, leads }) => {
        const what = t(`contracts.day.${kind}`, {
          name: name ?? '',
          party: side(party ?? 'provider'),
          month: month === null ? '' : format.month(month),
        })
        return leads.to === 'contract' ? what : <Link {...placeOf(leads)}>{what}</Link>
      },
    },
    {
      key: 'contract',
      head: t('contracts.contract'),
      width: '30%',
      narrow: 'under',
      cell: ({ contract, customer }) => (
        <>
          {contract !== null && (
            <Link to="/contracts/$id" params={{ id: contract.id }}>
              {contract.title}
            </Link>
          )}{' '}
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
      rowKey={({ leads, kind, on, name, month }) => [leads.id, kind, on, name, month].join(' ')}
      empty={t('contracts.no-days')}
    />
  )
}

const pages = {
  contract: '/contracts/$id',
  credit: '/credits/$id',
  renewal: '/renewals/$id',
  'contract-change': '/contract-changes/$id',
  supplier: '/suppliers/$id',
} as const

function placeOf({ to, id }: ContractDay['leads']) {
  return { to: pages[to], params: { id } }
}
