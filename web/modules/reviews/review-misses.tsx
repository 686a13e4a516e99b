import { Link } from '@tanstack/react-router'
import type { ReviewFacts } from '#api/reviews'
import { State } from '#web/ui/state.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'

type Miss = ReviewFacts['misses']['items'][number]

const MINUTE_MS = 60_000

/** What was missed, each a way to its clock; further ones are counted. */
export function ReviewMisses({ facts: { misses } }: { readonly facts: ReviewFacts }) {
  const t = useText()
  const format = useFormat()
  /** What took the time: the longest wait, handovers, what did not count. */
  function reasonOf({ why, pausedMs }: Miss): string {
    const parts = []
    if (why !== undefined && why.waitedFor !== null && why.waitedMs >= MINUTE_MS) {
      const reason = why.waitedFor.replaceAll('-', '_')
      parts.push(t('reviews.page.waited', { time: format.duration(why.waitedMs), reason }))
    }
    if (why?.handovers) parts.push(t('reviews.page.handovers', { count: why.handovers }))
    if (pausedMs >= MINUTE_MS) parts.push(t('reviews.page.paused', { paused: format.duration(pausedMs) }))
    return parts.join(', ')
  }
  const columns: readonly Column<Miss>[] = [
    {
      key: 'number',
      head: t('reviews.page.incident'),
      width: '110px',
      narrow: 'trail',
      // Of a confidential one there is a row and nothing to open.
      cell: ({ number }) =>
        number === '–' ? (
          number
        ) : (
          <Link to="/incidents/$id" params={{ id: number }} className="pl-nowrap">
            {number}
          </Link>
        ),
    },
    { key: 'title', head: t('reviews.page.misses'), narrow: 'lead', cell: ({ title }) => title },
    {
      key: 'target',
      head: t('reviews.page.target'),
      width: '150px',
      narrow: 'hidden',
      cell: ({ metric, priority, targetMs }) =>
        `${priority.toUpperCase()} ${t(`reviews.page.metric.${metric}`)} ${format.duration(targetMs)}`,
    },
    {
      key: 'late',
      head: t('reviews.page.result'),
      width: '170px',
      narrow: 'under',
      cell: ({ elapsedMs, targetMs }) => (
        <State is="miss">{t('reviews.page.late-by', { late: format.duration(elapsedMs - targetMs) })}</State>
      ),
    },
    // Reviews of before this was told have none.
    ...(misses.items.some((miss) => reasonOf(miss) !== '')
      ? [{ key: 'why', head: t('reviews.page.why'), width: '34%', narrow: 'under' as const, cell: reasonOf }]
      : []),
  ]
  if (misses.items.length === 0) return <p>{t('reviews.page.no-misses')}</p>
  return (
    <>
      <Table
        label={t('reviews.page.misses')}
        columns={columns}
        rows={misses.items}
        rowKey={({ number, metric }, index) => (number === '–' ? `untold ${index}` : `${number} ${metric}`)}
      />
      {misses.more > 0 && <p className="pl-quiet">{t('reviews.page.more-misses', { count: misses.more })}</p>}
    </>
  )
}
