import type { ReviewFacts } from '#api/reviews'
import { DoorLink } from '#web/ui/door.tsx'
import { FigureDoor } from '#web/modules/service-levels/index.ts'
import { Empty } from '#web/ui/empty.tsx'
import { addMonths } from '#web/ui/month.ts'
import { type Column, Table } from '#web/ui/table.tsx'
import { textChoice } from '#web/ui/text-choice.ts'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useVerdictColumn } from './verdict-column.tsx'

type TargetFacts = ReviewFacts['targets'][number]

interface ReviewLevelsProps {
  readonly facts: ReviewFacts
  readonly customerId: string
  readonly month: string
}

/** Each promise of the month with its numbers, which lead to their incidents; nothing measured is not 100 %. */
export function ReviewLevels({ facts, customerId, month }: ReviewLevelsProps) {
  const t = useText()
  const format = useFormat()
  const verdict = useVerdictColumn<TargetFacts>()
  const filter = { customer: customerId, from: `${month}-01`, to: `${addMonths(month, 1)}-01` }
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
      cell: ({ agreement, metric, priority, targetMs, met, failed, excluded }) => (
        <FigureDoor
          metric={metric}
          tally={{ met, failed, excluded }}
          filter={{ ...filter, priority }}
          definition={t('reviews.page.in-time-definition', {
            agreement,
            priority: priority.toUpperCase(),
            target: format.duration(targetMs),
            metric: textChoice(metric),
            locked: format.instant(new Date(facts.lockedAt)),
          })}
        />
      ),
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
      cell: ({ nearMisses, metric, priority }) =>
        nearMisses === 0 ? (
          format.number(0)
        ) : (
          <DoorLink to="/attainment/cases" search={{ customer: customerId, month, metric, priority, verdict: 'near' }}>
            {format.number(nearMisses)}
          </DoorLink>
        ),
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
