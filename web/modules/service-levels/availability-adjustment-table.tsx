import { Link } from '@tanstack/react-router'
import type { AvailabilityAdjustment } from '#api/availability'
import { State } from '#web/ui/state.tsx'
import { Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useAdjustmentColumns } from './adjustment-columns.tsx'
import { shareWords } from './share-of-time.ts'

interface AvailabilityAdjustmentTableProps {
  readonly entries: readonly AvailabilityAdjustment[]
  readonly label: string
  readonly more?: { readonly has: boolean; readonly busy: boolean; readonly load: () => void }
}

/** Entries that adjust what was told of the availability in locked months, with both figures. */
export function AvailabilityAdjustmentTable({ entries, label, more }: AvailabilityAdjustmentTableProps) {
  const t = useText()
  const columns = useAdjustmentColumns<AvailabilityAdjustment>({
    head: t('periods.service'),
    lead: ({ serviceName, serviceId, customerId, month }) => (
      <Link to="/availability/$serviceId" params={{ serviceId }} search={{ customer: customerId, month }}>
        {serviceName}
      </Link>
    ),
    result: (entry, side) => <Figure entry={entry} side={side} />,
    cause: () => t('periods.cause.hours'),
  })
  return (
    <Table
      label={label}
      columns={columns}
      rows={entries}
      rowKey={({ id }) => id}
      {...(more !== undefined && { more })}
    />
  )
}

interface FigureProps {
  readonly entry: AvailabilityAdjustment
  readonly side: 'before' | 'after'
}

/** `kept, 99.934 %` */
function Figure({ entry, side }: FigureProps) {
  const t = useText()
  const format = useFormat()
  const figure = entry[side]
  if (!figure?.availability) return <State is="none">{t('periods.result.none')}</State>
  return (
    <State is={figure.met ? 'met' : 'miss'}>
      {t(`periods.result.${figure.met ? 'met' : 'missed'}`)}{' '}
      <span className="pl-quiet pl-nowrap">{shareWords(format, figure.availability, entry.targetPpm)}</span>
    </State>
  )
}
