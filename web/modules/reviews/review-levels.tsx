import type { ReviewFacts } from '#api/reviews'
import { Empty } from '#web/ui/empty.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useVerdictColumn } from './verdict-column.tsx'

type TargetFacts = ReviewFacts['targets'][number]

/** Each promise of the month with its numbers; nothing measured is not 100 %. */
export function ReviewLevels({ facts }: { readonly facts: ReviewFacts }) {
  const t = useText()
  const format = useFormat()
  const verdict = useVerdictColumn<TargetFacts>()
  const columns: readonly Column<TargetFacts>[] = [
    {
      key: 'target',
      head: t('reviews.page.target'),
      narrow: 'lead',
      cell: ({ metric, priority, targetMs }) => (
        <>
          {priority.toUpperCase()} {t(`reviews.page.metric.${metric}`)}{' '}
          <span className="pl-quiet">{format.duration(targetMs)}</span>
        </>
      ),
    },
    {
      key: 'in-time',
      head: t('reviews.page.in-time'),
      numeric: true,
      narrow: 'trail',
      cell: ({ met, failed }) => (met + failed === 0 ? '–' : t('reviews.page.of', { met, all: met + failed })),
    },
    {
      key: 'share',
      head: t('reviews.page.share'),
      numeric: true,
      narrow: 'hidden',
      cell: ({ met, failed, attainmentBp }) => (
        <>
          {format.percent({ numerator: met, denominator: met + failed }) ?? ''}{' '}
          <span className="pl-quiet">{t('reviews.page.promised', { share: format.basisPoints(attainmentBp) })}</span>
        </>
      ),
    },
    {
      key: 'near',
      head: t('reviews.page.near'),
      numeric: true,
      narrow: 'hidden',
      cell: ({ nearMisses }) => format.number(nearMisses),
    },
    verdict,
  ]
  return (
    <Table
      label={t('reviews.page.levels')}
      columns={columns}
      rows={facts.targets}
      rowKey={({ agreement, metric, priority, targetMs }) => `${agreement} ${metric} ${priority} ${targetMs}`}
      empty={<Empty title={t('reviews.page.no-levels')} />}
    />
  )
}
