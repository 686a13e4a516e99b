import type { CalendarRules } from '#core/calendar.ts'
import { useText } from '#web/ui/text.tsx'
import { windowsText } from './calendar-draft.ts'
import { useWeekdays } from './calendar-words.ts'
import classes from './calendar-week.module.css'

const DAY_MINUTES = 1440

/** A week of a calendar: seven days below each other, open hours solid, the rest a thin bar; beside each the hours as text. */
export function WeekPicture({ week }: { readonly week: CalendarRules['week'] }) {
  const t = useText()
  const { long } = useWeekdays()
  return (
    <table className={classes.week} aria-label={t('agreements.calendar.week')}>
      <tbody>
        {week.map((windows, day) => (
          <tr key={long[day]}>
            <th scope="row">{long[day]}</th>
            <td className={classes.picture} aria-hidden>
              <span className={classes.day}>
                {barsOf(week, day).map(({ from, to }) => (
                  <span
                    key={from}
                    className={classes.open}
                    style={{ left: `${(from / DAY_MINUTES) * 100}%`, width: `${((to - from) / DAY_MINUTES) * 100}%` }}
                  />
                ))}
              </span>
            </td>
            <td className={windows.length === 0 ? 'pl-faint' : undefined}>
              {windowsText(windows) || t('agreements.calendar.closed')}
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot aria-hidden>
        <tr>
          <td>{'\u00A0'}</td>
          <td className={classes.picture}>
            <span className={classes.hours}>
              {['0', '6', '12', '18', '24'].map((hour) => (
                <span key={hour}>{hour}</span>
              ))}
            </span>
          </td>
          <td>{'\u00A0'}</td>
        </tr>
      </tfoot>
    </table>
  )
}

/** What is open on a day, in minutes, with what runs into it from the day before. */
function barsOf(week: CalendarRules['week'], day: number): readonly { readonly from: number; readonly to: number }[] {
  const before = week[(day + 6) % 7] ?? []
  return [
    ...before.filter(({ closes }) => closes > DAY_MINUTES).map(({ closes }) => ({ from: 0, to: closes - DAY_MINUTES })),
    ...(week[day] ?? []).map(({ opens, closes }) => ({ from: opens, to: Math.min(closes, DAY_MINUTES) })),
  ]
}
