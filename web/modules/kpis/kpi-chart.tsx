import type { Kpi } from '#api/kpis'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useWidth } from '#web/ui/use-width.ts'
import { useKpiFormat } from './use-kpi-format.ts'
import classes from './kpi-chart.module.css'

const HEIGHT = 260
const SMALL_HEIGHT = 130
const LEFT = 74
const RIGHT = 12
const TOP = 12
const BOTTOM = 30
/** So far are the words of two lines apart at least, in pixels. */
const WORDS_APART = 13

/** A figure over the months, between the limits in which it varies by itself; what is news is a square. */
export function KpiChart({ kpi, small = false }: { readonly kpi: Kpi; readonly small?: boolean }) {
  const height = small ? SMALL_HEIGHT : HEIGHT
  const t = useText()
  const format = useFormat()
  const written = useKpiFormat()
  const [width, ref] = useWidth<HTMLDivElement>(720)
  const { series, stretches, unit, name } = kpi
  const values = series.flatMap(({ value }) => value ?? [])
  const lines = stretches.flatMap(({ limits }) => (limits === null ? [] : [limits.lower, limits.upper]))
  const least = Math.min(...values, ...lines)
  const most = Math.max(...values, ...lines)
  const air = most > least ? (most - least) * 0.08 : 0.5
  const x = (index: number) => LEFT + ((width - LEFT - RIGHT) * index) / Math.max(1, series.length - 1)
  const y = (value: number) =>
    TOP + ((height - TOP - BOTTOM) * (most + air - value)) / Math.max(1e-9, most - least + 2 * air)
  const at = (month: string) => series.findIndex((point) => point.month === month)
  const news = series.filter(({ signal }) => signal !== null).length
  return (
    <div className={classes.chart} ref={ref}>
      <svg width={width} height={height} role="img" aria-label={t('kpis.chart', { name, count: news })}>
        {stretches.map(({ fromMonth, toMonth, limits }) => {
          if (limits === null) return null
          const [from, to] = [x(at(fromMonth)), x(at(toMonth))]
          const last = toMonth === series.at(-1)?.month
          // Words on top of each other could not be read: the limits come first, and say the most.
          const named = (['upper', 'lower', 'mean'] as const).filter((line, place, all) =>
            all.slice(0, place).every((other) => Math.abs(y(limits[other]) - y(limits[line])) >= WORDS_APART),
          )
          return (
            <g key={fromMonth}>
              {at(fromMonth) > 0 && (
                <line className={classes.change} x1={from} x2={from} y1={TOP} y2={height - BOTTOM} />
              )}
              {(['upper', 'mean', 'lower'] as const).map((line) => (
                <g key={line}>
                  <line
                    className={line === 'mean' ? classes.mean : classes.limit}
                    x1={from}
                    x2={to}
                    y1={y(limits[line])}
                    y2={y(limits[line])}
                  />
                  {last && named.includes(line) && (
                    <text x={LEFT - 6} y={y(limits[line]) + 4} textAnchor="end">
                      {written(unit, limits[line])}
                    </text>
                  )}
                </g>
              ))}
            </g>
          )
        })}
        {runs(series).map((run) => (
          <polyline
            key={run[0]}
            className={classes.line}
            points={run.map((index) => `${x(index).toFixed(1)},${y(series[index]!.value!).toFixed(1)}`).join(' ')}
          />
        ))}
        {series.map(({ month, value, signal }, index) =>
          value === null ? null : signal === null ? (
            <circle key={month} className={classes.point} cx={x(index)} cy={y(value)} r="3" />
          ) : (
            <rect key={month} className={classes.signal} x={x(index) - 4.5} y={y(value) - 4.5} width="9" height="9" />
          ),
        )}
        <text x={LEFT} y={height - 8}>
          {series[0] && format.monthShort(series[0].month)}
        </text>
        <text x={width - RIGHT} y={height - 8} textAnchor="end">
          {series.length > 1 && format.monthShort(series.at(-1)!.month)}
        </text>
      </svg>
    </div>
  )
}

/** Stretches of months that were measured one after the other. */
function runs(series: Kpi['series']): readonly (readonly number[])[] {
  const found: number[][] = []
  for (const [index, { value }] of series.entries()) {
    if (value === null) continue
    if (index > 0 && series[index - 1]!.value !== null) found.at(-1)!.push(index)
    else found.push([index])
  }
  return found
}
