import { useState } from 'react'
import { TextButton } from '#web/ui/button.tsx'
import { useText } from '#web/ui/text.tsx'
import { roomFor, runsOf, type TrendPoint, type TrendScale, trendScale } from '#web/ui/trend-layout.ts'
import { useWidth } from '#web/ui/use-width.ts'
import classes from './trend.module.css'

interface Line {
  readonly value: number
  /** Written at its end: `target 95`. */
  readonly label: string
}

interface TrendProps {
  /** What it shows, in a sentence: read out in place of the picture, and the name of its table. */
  readonly label: string
  readonly points: readonly TrendPoint[]
  readonly target?: Line
  /** Between which it varies by itself; the figures stand at their left. */
  readonly limits?: { readonly low: Line; readonly high: Line }
  readonly mean?: number
  /** What it is held against, point by point: a plan. Written at the end of its line, and in the table beside each point. */
  readonly against?: { readonly label: string; readonly points: readonly Pick<TrendPoint, 'value' | 'written'>[] }
  /** In pixels. */
  readonly height?: number
  /** Points are pressed to open what is under them. */
  readonly onOpen?: (index: number) => void
}

const LEFT = 40
const BOTTOM = 22
const TOP = 8

/** A small line over time, with its target. Where nothing was measured it breaks; each point is in its table too. */
export function Trend({ label, points, target, limits, mean, against, height = 98, onOpen }: TrendProps) {
  const t = useText()
  const [asTable, setAsTable] = useState(false)
  const [width, ref] = useWidth<HTMLDivElement>(352)
  const left = limits ? LEFT : 6
  const right = width - (target || against ? roomFor([target?.label, against?.label]) : 8)
  const bottom = height - BOTTOM
  const held = (against?.points ?? []).map((point, index) => ({ ...point, label: points[index]?.label ?? '' }))
  const lines = [target?.value, limits?.low.value, limits?.high.value, mean, ...held.map(({ value }) => value)]
  const others = lines.filter((value) => value !== undefined && value !== null)
  const end = held.findLast(({ value }) => value !== null)?.value
  const scale = trendScale(points, others, { left, right, top: TOP, bottom: bottom - 8 })
  return (
    <div className={classes.trend} ref={ref}>
      {asTable ? (
        <TrendTable label={label} points={points} against={against} onOpen={onOpen} />
      ) : (
        <svg width={width} height={height} role="img" aria-label={label} className={classes.picture}>
          {mean !== undefined && (
            <line className={classes.mean} x1={left} x2={right} y1={scale.y(mean)} y2={scale.y(mean)} />
          )}
          {limits &&
            [limits.high, limits.low].map((limit) => (
              <g key={limit.label}>
                <line
                  className={classes.limit}
                  x1={left}
                  x2={right}
                  y1={scale.y(limit.value)}
                  y2={scale.y(limit.value)}
                />
                <text x={left - 6} y={scale.y(limit.value) + 4} textAnchor="end">
                  {limit.label}
                </text>
              </g>
            ))}
          {target && (
            <>
              <line
                className={classes.target}
                x1={left}
                x2={right + 4}
                y1={scale.y(target.value)}
                y2={scale.y(target.value)}
              />
              <text className={classes.named} x={right + 7} y={scale.y(target.value) + 4}>
                {target.label}
              </text>
            </>
          )}
          {runsOf(held).map((run) => (
            <polyline
              key={run[0]}
              className={classes.against}
              points={run.map((index) => place(held, index, scale)).join(' ')}
            />
          ))}
          {against && end !== undefined && end !== null && (
            <text className={classes.named} x={right + 7} y={scale.y(end) + 4}>
              {against.label}
            </text>
          )}
          {runsOf(points).map((run) => (
            <polyline
              key={run[0]}
              className={classes.line}
              points={run.map((index) => place(points, index, scale)).join(' ')}
            />
          ))}
          {points.map((point, index) => (
            <Mark
              key={point.label}
              point={point}
              last={index === points.length - 1}
              x={scale.x(index)}
              scale={scale}
              base={bottom - 4}
            />
          ))}
          <text x={left} y={height - 5}>
            {points.length > 1 && points[0]?.label}
          </text>
          <text x={right} y={height - 5} textAnchor="end">
            {points.at(-1)?.label}
          </text>
        </svg>
      )}
      <p className={classes.switch}>
        <TextButton onClick={() => setAsTable(!asTable)}>
          {t(asTable ? 'ui.trend.as-picture' : 'ui.trend.as-table')}
        </TextButton>
      </p>
    </div>
  )
}

interface MarkProps {
  readonly point: TrendPoint
  readonly last: boolean
  readonly x: number
  readonly scale: TrendScale
  readonly base: number
}

function Mark({ point, last, x, scale, base }: MarkProps) {
  if (point.ahead === true) return null
  if (point.value === null) return <circle className={classes.gap} cx={x} cy={base} r="4" />
  const y = scale.y(point.value)
  if (point.signal === 'down') return <rect className={classes.down} x={x - 4.5} y={y - 4.5} width="9" height="9" />
  if (point.signal === 'up') return <path className={classes.up} d={`M${x} ${y - 5.5}l5.5 5.5-5.5 5.5-5.5-5.5z`} />
  return <circle className={last ? classes.last : classes.point} cx={x} cy={y} r={last ? 3.8 : 2} />
}

function TrendTable({
  label,
  points,
  against,
  onOpen,
}: Pick<TrendProps, 'label' | 'points'> & {
  readonly against: TrendProps['against']
  readonly onOpen: TrendProps['onOpen']
}) {
  const t = useText()
  return (
    <table className={classes.table} aria-label={label}>
      {against && (
        <thead>
          <tr>
            <th colSpan={2} scope="col">
              <span className="pl-hidden">{label}</span>
            </th>
            <th scope="col">{against.label}</th>
          </tr>
        </thead>
      )}
      <tbody>
        {points.map(({ label: name, value, written, ahead = false }, index) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td className="pl-number">
              {onOpen ? (
                <TextButton onClick={() => onOpen(index)}>{written}</TextButton>
              ) : ahead ? (
                '–'
              ) : value === null ? (
                t('ui.state.none')
              ) : (
                written
              )}
            </td>
            {against && <td className="pl-number">{against.points[index]?.written}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function place(points: readonly TrendPoint[], index: number, scale: TrendScale): string {
  const value = points[index]?.value ?? 0
  return `${scale.x(index).toFixed(1)},${scale.y(value).toFixed(1)}`
}
