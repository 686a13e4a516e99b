import { useState } from 'react'
import { TextButton } from '#web/ui/button.tsx'
import { useText } from '#web/ui/text.tsx'
import {
  lanes,
  NEAR_END,
  placeIn,
  type TimelineBar,
  type TimelineMark,
  type TimelineRow,
} from '#web/ui/timeline-layout.ts'
import classes from './timeline.module.css'

interface TimelineProps {
  /** What it shows, in a sentence: read out in place of the picture, and the name of its table. */
  readonly label: string
  /** The first day and the one after the last, as `YYYY-MM-DD`. */
  readonly from: string
  readonly to: string
  readonly rows: readonly TimelineRow[]
  /** Days that are named below, with their words. */
  readonly scale: readonly TimelineMark[]
  /** A line through all rows. */
  readonly today?: TimelineMark
}

/** Stretches of days below each other, with days that matter on them. Each is in its table, too. */
export function Timeline({ label, from, to, rows, scale, today }: TimelineProps) {
  const t = useText()
  const [asTable, setAsTable] = useState(false)
  const place = placeIn(from, to)
  return (
    <div className={classes.whole}>
      {asTable ? (
        <TimelineTable label={label} rows={rows} />
      ) : (
        <div className={classes.timeline} role="img" aria-label={label}>
          {rows.map(({ key, name, bars = [], marks = [] }) => (
            <div key={key} className={classes.row}>
              <span className={`${classes.name} pl-small`}>{name}</span>
              <span className={classes.track}>
                {bars.map((bar) => (
                  <Bar key={`${bar.from} ${bar.words}`} bar={bar} from={place(bar.from)} to={place(bar.to)} />
                ))}
                {marks.map((mark) => (
                  <span
                    key={`${mark.on} ${mark.words}`}
                    className={`${classes.mark} ${classes[mark.is ?? 'none']}`}
                    style={{ left: `${place(mark.on)}%` }}
                    title={mark.words}
                  />
                ))}
                {today !== undefined && (
                  <span className={classes.today} style={{ left: `${place(today.on)}%` }} title={today.words} />
                )}
              </span>
            </div>
          ))}
          <div className={`${classes.scale} pl-tiny pl-quiet`}>
            {lanes(scale, place).map(({ mark, at }) => (
              <span key={mark.on} style={{ left: `${at}%` }} data-end={at > NEAR_END || undefined}>
                {mark.words}
              </span>
            ))}
          </div>
        </div>
      )}
      <p className={classes.switch}>
        <TextButton onClick={() => setAsTable(!asTable)}>
          {t(asTable ? 'ui.trend.as-picture' : 'ui.trend.as-table')}
        </TextButton>
      </p>
    </div>
  )
}

function Bar({ bar, from, to }: { readonly bar: TimelineBar; readonly from: number; readonly to: number }) {
  const { is = 'none', words } = bar
  return (
    <span
      className={`${classes.bar} ${classes[is]}`}
      style={{ left: `${from}%`, width: `${Math.max(to - from, 0)}%` }}
      title={words}
    />
  )
}

function TimelineTable({ label, rows }: Pick<TimelineProps, 'label' | 'rows'>) {
  return (
    <table className={classes.table} aria-label={label}>
      <tbody>
        {rows.flatMap(({ key, name, bars = [], marks = [] }) =>
          [...bars, ...marks].map(({ words }, index) => (
            <tr key={`${key} ${words}`}>
              <th scope="row">{index === 0 ? name : <span className="pl-hidden">{name}</span>}</th>
              <td>{words}</td>
            </tr>
          )),
        )}
      </tbody>
    </table>
  )
}
