import type { RenewalLine } from '#api/renewals'
import { daysAfter, monthsAfter } from '#core/recurrence.ts'
import { useDay } from '#web/modules/actions/index.ts'
import { useText } from '#web/ui/text.tsx'
import { Timeline } from '#web/ui/timeline.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useNow } from '#web/ui/use-now.ts'

const HORIZON_MONTHS = 24

/** What is left of each term over the next two years, with the last day for a notice. */
export function RenewalTimeline({ lines }: { readonly lines: readonly RenewalLine[] }) {
  const t = useText()
  const day = useDay()
  const format = useFormat()
  const today = useNow().toISOString().slice(0, 10)
  const marked = [0, 6, 12, 18, 24].map((months) => monthsAfter(today, months))
  return (
    <Timeline
      label={t('renewals.ending')}
      from={today}
      to={monthsAfter(today, HORIZON_MONTHS)}
      scale={marked.map((on) => ({ on, words: format.monthShort(on.slice(0, 7)) }))}
      rows={lines.map(({ contract: { id, title }, endsOn, noticeOn, noticeOver }) => ({
        key: id,
        name: title,
        bars: [
          {
            from: today,
            to: endsOn,
            words: t('renewals.bar', { title, end: day(daysAfter(endsOn, -1)), notice: day(noticeOn) }),
            ...(noticeOver && { is: 'miss' as const }),
          },
        ],
        marks: noticeOver ? [] : [{ on: noticeOn, words: t('renewals.notice-until', { notice: day(noticeOn) }) }],
      }))}
    />
  )
}
