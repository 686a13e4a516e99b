import type { StripPoint, Today } from '#api/today'
import { namedPoints, placed, stripScale, type Wanted } from '#web/app/day-strip-layout.ts'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useWidth } from '#web/ui/use-width.ts'
import classes from './day-strip.module.css'

/** Height of the line below the words. */
const AXIS = 58
const WORDS = 38

/** The hours around now: which clocks ran out, which will. The plumb line is now. */
export function DayStrip({ today: { at: now, strip } }: { readonly today: Today }) {
  const t = useText()
  const format = useFormat()
  const [width, ref] = useWidth<HTMLDivElement>(1136)
  const { points, more } = strip
  const scale = stripScale(strip.from, strip.to, width, -now.getTimezoneOffset())
  const x = scale.x(now)
  const { late, soon, rest } = namedPoints(points)
  const words: Wanted[] = [
    ...late.map(({ number, dueAt }) => ({
      key: number,
      text: t('today.strip.late', { number, time: format.time(dueAt) }),
      x: Math.min(scale.x(dueAt) - 12, x - 8),
      anchor: 'end' as const,
    })),
    ...soon.map(({ number, dueAt, leftSeconds }) => ({
      key: number,
      text: t('today.strip.soon', { number, left: format.duration(leftSeconds * 1000) }),
      x: scale.x(dueAt) + 10,
      anchor: 'start' as const,
    })),
    ...(rest + more > 0
      ? [{ key: 'rest', text: t('today.strip.rest', { count: rest + more }), x: width - 8, anchor: 'end' as const }]
      : []),
  ]
  // An hour that the bob hangs over, or the edge cuts, is not written.
  const isClear = (place: number) => Math.abs(place - x) > 24 && place > 16 && place < width - 16
  const isLate = new Set(late.map(({ number }) => number))
  return (
    <div className={classes.strip} ref={ref}>
      <svg
        width={width}
        height={92}
        role="img"
        aria-label={t('today.strip.label', {
          from: format.time(strip.from),
          to: format.time(strip.to),
          now: format.time(now),
          late: late.length,
          soon: soon.length,
          rest: rest + more,
        })}
      >
        <line className={classes.axis} x1={8} x2={width - 8} y1={AXIS} y2={AXIS} />
        {scale.hours.map((hour) => (
          <g key={hour.getTime()}>
            <line className={classes.axis} x1={scale.x(hour)} x2={scale.x(hour)} y1={AXIS} y2={AXIS + 4} />
            {isClear(scale.x(hour)) && (
              <text x={scale.x(hour)} y={76} textAnchor="middle">
                {format.time(hour)}
              </text>
            )}
          </g>
        ))}
        {points.map((point) => (
          <Point key={point.id} point={point} x={scale.x(point.dueAt)} now={x} />
        ))}
        {placed(words, 0, width).map((word) => (
          <text
            key={word.key}
            x={word.x}
            y={WORDS}
            textAnchor={word.anchor}
            className={isLate.has(word.key) ? classes.lateWord : word.key === 'rest' ? undefined : classes.word}
          >
            {word.text}
          </text>
        ))}
        <line className={classes.now} x1={x} x2={x} y1={2} y2={AXIS + 6} />
        <path className={classes.bob} d={`M${x} ${AXIS + 4}l5.5 6-5.5 12-5.5-12z`} />
        <text className={classes.nowWord} x={x + 7} y={12}>
          {t('today.strip.now', { time: format.time(now) })}
        </text>
      </svg>
    </div>
  )
}

function Point({ point, x, now }: { readonly point: StripPoint; readonly x: number; readonly now: number }) {
  if (point.is === 'runs') return <line className={classes.runs} x1={x} x2={x} y1={AXIS - 11} y2={AXIS - 2} />
  if (point.is === 'soon') return <path className={classes.soon} d={`M${x} ${AXIS - 13}l7 12h-14z`} />
  return (
    <>
      <rect className={classes.late} x={x} y={AXIS - 9} width={Math.max(0, now - x)} height={8} />
      <rect className={classes.late} x={x - 5} y={AXIS - 10} width={10} height={10} />
    </>
  )
}
