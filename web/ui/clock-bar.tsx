import type { ReactNode } from 'react'
import { type Box, layBoxes, type LabelWish, placeLabels, xOf } from '#web/ui/clock-layout.ts'
import type { Stretch } from '#web/ui/clock-stretches.ts'
import { Flag } from '#web/ui/flag.tsx'
import type { Format } from '#web/ui/format.ts'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useWidth } from '#web/ui/use-width.ts'
import classes from './clock-bar.module.css'

interface ClockBarProps {
  /** Of `clockPicture`. */
  readonly stretches: readonly Stretch[]
  /** The sum of it in a sentence, for whoever does not see the picture: `Resolution: 13 h 02 of 16 h used, due 13:40`. */
  readonly label: string
  readonly dueAt: Date | null
  /** The moment of the picture while the clock runs or is paused; null once it stopped. */
  readonly now: Date | null
  /** What a stopped clock stopped with: `first answer 15:32`. */
  readonly stopped?: string
  /** A supplier's promise within ours. */
  readonly promise?: { readonly at: Date; readonly label: string }
  /** In which the days and times are written. */
  readonly zone?: string
  /** Lower, for a second clock on the same page. */
  readonly low?: boolean
}

/**
 * The hours of a clock in one line: solid counted, thin closed, hatched paused, outlined left, crosshatched over; the bob is
 * now, the flag is due. Needs no legend: the ledger below it is the legend.
 */
export function ClockBar({ stretches, label, dueAt, now, stopped, promise, zone, low = false }: ClockBarProps) {
  const t = useText()
  const format = useFormat()
  const [width, ref] = useWidth<HTMLDivElement>(840)
  const boxes = layBoxes(stretches, width)
  const end = boxes.findLast(({ kind }) => kind !== 'left' && kind !== 'unused')
  const endX = end === undefined ? 0 : end.x + end.width
  const dueX = dueAt === null ? null : (dueMark(boxes) ?? xOf(boxes, dueAt))
  const promiseX = promise === undefined ? null : xOf(boxes, promise.at)
  const labels = placeLabels(
    [
      ...ownLabels(boxes, format, zone),
      ...(dueAt && dueX !== null
        ? [
            wish(
              'due',
              t('ui.clock.due', { time: format.timeNear(dueAt, now ?? end?.stretch.to ?? dueAt, zone) }),
              dueX,
              9,
            ),
          ]
        : []),
      ...(now ? [wish('now', t('ui.clock.now', { time: format.time(now, zone) }), endX, 8)] : []),
      ...(stopped === undefined ? [] : [wish('stop', stopped, endX, 7)]),
      ...(promise && promiseX !== null ? [wish('promise', promise.label, promiseX, 6)] : []),
    ],
    width,
    now === null ? null : endX,
  )
  return (
    <div className={classes.frame} data-low={low || undefined} role="img" aria-label={label}>
      <div ref={ref} className={classes.bar}>
        {boxes.map((box) => (
          <span
            key={box.x}
            className={`${classes.stretch} ${classes[box.kind]}`}
            style={{ left: box.x, width: box.width }}
          >
            {box.number !== null && <span className={classes.number}>{box.number}</span>}
          </span>
        ))}
        <span className={`${classes.stretch} ${classes.after}`} style={{ left: boxEnd(boxes), right: 0 }} />
        {promiseX !== null && <span className={`${classes.mark} ${classes.promise}`} style={{ left: promiseX }} />}
        {now && <span className={`${classes.mark} ${classes.now}`} style={{ left: endX }} />}
        {stopped !== undefined && <span className={`${classes.mark} ${classes.stop}`} style={{ left: endX }} />}
        {dueX !== null && <Flag x={dueX} className={classes.mark} />}
        {labels.map(({ x, align, text, row, what }) => (
          <span
            key={`${what}${x}`}
            className={classes.label}
            data-row={row}
            data-what={what}
            data-align={align}
            style={{ left: x }}
          >
            {text}
          </span>
        ))}
      </div>
    </div>
  )
}

/** Days where they begin, times where something changes, and how long it was closed. */
function ownLabels(boxes: readonly Box[], format: Format, zone: string | undefined): LabelWish[] {
  let day = ''
  return boxes.flatMap(({ kind, x, width, stretch }) => {
    const { from, to } = stretch
    if (kind === 'closed') {
      const length = format.duration(to.getTime() - from.getTime())
      return [
        {
          text: length,
          what: 'closed' as const,
          importance: 2,
          places: [{ x: x + width / 2, row: 'above' as const, align: 'middle' as const }],
        },
      ]
    }
    if (kind === 'left' || kind === 'unused') return []
    const own = format.day(from, zone)
    const changed = own !== day
    day = format.day(to, zone)
    const time: LabelWish = {
      text: format.time(from, zone),
      what: 'time',
      importance: 3,
      places: [{ x, row: 'below', align: 'start' }],
    }
    // The second half of a run that crossed its target begins at what is due, which is written there already.
    if (stretch.number === null) return []
    return changed
      ? [{ text: own, what: 'day', importance: 4, places: [{ x, row: 'above', align: 'start' }] }, time]
      : [time]
  })
}

function wish(what: LabelWish['what'], text: string, x: number, importance: number): LabelWish {
  const rows = what === 'now' || what === 'due' ? (['above', 'below'] as const) : (['below', 'above'] as const)
  const beside = what === 'due' ? 16 : 6
  return {
    text,
    what,
    importance,
    places: rows.flatMap((row) => [
      { x: x + (row === 'above' || what === 'now' ? beside : 0), row, align: 'start' as const },
      { x: x - 6, row, align: 'end' as const },
      { x, row, align: 'middle' as const },
    ]),
  }
}

/** Due is where the target is reached: before what is over, behind what is left. */
function dueMark(boxes: readonly Box[]): number | null {
  const over = boxes.find(({ kind }) => kind === 'over')
  if (over !== undefined) return over.x
  const left = boxes.find(({ kind }) => kind === 'left' || kind === 'unused')
  return left === undefined ? null : left.x + left.width
}

function boxEnd(boxes: readonly Box[]): number {
  const last = boxes.at(-1)
  return last === undefined ? 0 : last.x + last.width
}

interface ClockProps {
  readonly title: string
  /** How it stands: a `State`, and the figure that leads. */
  readonly standing: ReactNode
  readonly figure?: ReactNode
  /** What was used of what; a door. */
  readonly used?: ReactNode
  readonly aside?: ReactNode
  readonly children: ReactNode
}

/** A clock: its head, then its bar and ledger. */
export function Clock({ title, standing, figure, used, aside, children }: ClockProps) {
  return (
    <section className={classes.clock}>
      <div className={classes.head}>
        <h2>{title}</h2>
        {standing}
        {figure && <span className="pl-big">{figure}</span>}
        {used && <span className="pl-quiet">{used}</span>}
        {aside && <span className={classes.aside}>{aside}</span>}
      </div>
      {children}
    </section>
  )
}
