import type { RenewalLine } from '#api/renewals'
import { monthsAfter } from '#core/recurrence.ts'
import { useDay } from '#web/modules/actions/index.ts'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useNow } from '#web/ui/use-now.ts'
import classes from './timeline.module.css'

const HORIZON_MONTHS = 24
const at = (day: string) => Date.parse(`${day}T00:00Z`)

/** What is left of each term over the next two years, with the last day for a notice; the table says the same in words. */
export function Timeline({ lines }: { readonly lines: readonly RenewalLine[] }) {
  const t = useText()
  const day = useDay()
  const format = useFormat()
  const today = useNow().toISOString().slice(0, 10)
  const end = monthsAfter(today, HORIZON_MONTHS)
  const share = (on: string) => `${Math.min(100, Math.max(0, ((at(on) - at(today)) / (at(end) - at(today))) * 100))}%`
  const marks = [0, 6, 12, 18, 24].map((months) => monthsAfter(today, months).slice(0, 7))
  return (
    <div className={classes.timeline} role="img" aria-label={t('renewals.ending')}>
      {lines.map(({ contract: { id, title }, endsOn, noticeOn, noticeOver }) => (
        <div
          key={id}
          className={classes.row}
          title={t('renewals.bar', { title, end: day(endsOn), notice: day(noticeOn) })}
        >
          <span className={`${classes.name} pl-small`}>{title}</span>
          <span className={classes.track}>
            <span className={`${classes.bar} ${noticeOver ? classes.late : ''}`} style={{ width: share(endsOn) }} />
            {!noticeOver && <span className={classes.notice} style={{ left: share(noticeOn) }} />}
          </span>
        </div>
      ))}
      <div className={`${classes.scale} pl-tiny pl-quiet`}>
        {marks.map((month) => (
          <span key={month}>{format.monthShort(month)}</span>
        ))}
      </div>
    </div>
  )
}
