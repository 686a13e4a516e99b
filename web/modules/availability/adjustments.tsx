import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { AvailabilityAdjustment } from '#api/availability'
import { Section } from '#web/ui/page.tsx'
import { State } from '#web/ui/state.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { shareWords } from './figures.ts'
import { adjustmentsQuery } from './queries.ts'

interface AdjustmentsProps {
  readonly customer: string | undefined
  readonly service?: string
  readonly month: string
}

/** What was found out about locked months: about this one, and entered in it. Nothing where there is none. */
export function Adjustments({ customer, service, month }: AdjustmentsProps) {
  const t = useText()
  const format = useFormat()
  const { data: entries = [] } = useQuery(adjustmentsQuery(customer, month, service))
  if (entries.length === 0) return null
  const columns: readonly Column<AvailabilityAdjustment>[] = [
    {
      key: 'service',
      head: t('availability.service'),
      narrow: 'lead',
      cell: ({ serviceName, serviceId, customerId, month: about }) => (
        <Link to="/availability/$serviceId" params={{ serviceId }} search={{ customer: customerId, month: about }}>
          {serviceName}
        </Link>
      ),
    },
    {
      key: 'about',
      head: t('availability.adjusted.about'),
      narrow: 'under',
      cell: (entry) => format.month(entry.month),
    },
    {
      key: 'told',
      head: t('availability.adjusted.told'),
      narrow: 'under',
      cell: (entry) => <Figure entry={entry} side="before" />,
    },
    {
      key: 'known',
      head: t('availability.adjusted.known'),
      narrow: 'under',
      cell: (entry) => <Figure entry={entry} side="after" />,
    },
    {
      key: 'entered',
      head: t('availability.adjusted.entered'),
      narrow: 'under',
      cell: ({ enteredMonth, createdAt }) => (
        <span title={format.instant(createdAt)}>{format.month(enteredMonth)}</span>
      ),
    },
    {
      key: 'why',
      head: t('availability.adjusted.why'),
      narrow: 'under',
      cell: ({ correctionId }) =>
        correctionId === null ? (
          t('availability.adjusted.hours')
        ) : (
          <Link to="/corrections/$id" params={{ id: correctionId }}>
            {t('availability.adjusted.correction')}
          </Link>
        ),
    },
  ]
  return (
    <Section title={t('availability.adjusted')} hint={t('availability.adjusted-hint')}>
      <Table label={t('availability.adjusted')} columns={columns} rows={entries} rowKey={({ id }) => id} />
    </Section>
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
  if (!figure?.availability) return <State is="none">{t('availability.adjusted.nothing')}</State>
  return (
    <State is={figure.met ? 'met' : 'miss'}>
      {t(`availability.result.${figure.met ? 'met' : 'miss'}`, { over: 'yes' })}{' '}
      <span className="pl-quiet pl-nowrap">{shareWords(format, figure.availability, entry.targetPpm)}</span>
    </State>
  )
}
