import type { ReviewFacts } from '#api/reviews'
import { DoorLink } from '#web/ui/door.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useVerdictColumn } from './verdict-column.tsx'

type AvailabilityFacts = NonNullable<ReviewFacts['availability']>[number]

interface ReviewAvailabilityProps {
  readonly services: readonly AvailabilityFacts[]
  readonly customerId: string
  readonly month: string
}

/** How long services were there, of the time agreed, as it was when the review was made. */
export function ReviewAvailability({ services, customerId, month }: ReviewAvailabilityProps) {
  const t = useText()
  const format = useFormat()
  const verdict = useVerdictColumn<AvailabilityFacts>()
  const time = (ms: number) => (ms === 0 ? '–' : format.durationCell(ms))
  const columns: readonly Column<AvailabilityFacts>[] = [
    { key: 'service', head: t('reviews.page.service'), narrow: 'lead', cell: ({ service }) => service },
    {
      key: 'share',
      head: t('reviews.page.share'),
      numeric: true,
      narrow: 'trail',
      // Cut off, so that what missed its target never looks as if it had met it.
      cell: ({ agreedMs, downMs }) =>
        agreedMs === 0 ? (
          '–'
        ) : (
          <DoorLink to="/availability" search={{ customer: customerId, month }}>
            {format.number(Math.floor(((agreedMs - downMs) * 100_000) / agreedMs) / 1000)} %
          </DoorLink>
        ),
    },
    {
      key: 'target',
      head: t('reviews.page.availability-target'),
      numeric: true,
      narrow: 'under',
      cell: ({ targetPpm }) => `${format.number(targetPpm / 10_000)} %`,
    },
    {
      key: 'agreed',
      head: t('reviews.page.agreed-time'),
      numeric: true,
      narrow: 'hidden',
      cell: ({ agreedMs }) => time(agreedMs),
    },
    { key: 'down', head: t('reviews.page.down'), numeric: true, narrow: 'hidden', cell: ({ downMs }) => time(downMs) },
    {
      key: 'maintenance',
      head: t('reviews.page.maintenance'),
      numeric: true,
      narrow: 'hidden',
      cell: ({ maintenanceMs }) => time(maintenanceMs),
    },
    verdict,
  ]
  return (
    <Table
      label={t('reviews.page.availability')}
      columns={columns}
      rows={services}
      rowKey={({ service, from }) => `${service} ${from}`}
    />
  )
}
