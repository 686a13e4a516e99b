import { useQuery } from '@tanstack/react-query'
import { attainmentOf, minimumSample } from '#core/attainment.ts'
import type { AttainmentGroup } from '#api/service-levels'
import { FAIR_SAMPLE } from '#web/ui/format.ts'
import { State, type Standing } from '#web/ui/state.tsx'
import { Text, useText } from '#web/ui/text.tsx'
import { Trend } from '#web/ui/trend.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { FigureDoor, MedianDoor } from './attainment-door.tsx'
import { type Figure, neededOf, type Outcome, outcomeOf } from './attainment-figures.ts'
import type { Period } from './attainment-period.ts'
import { addMonths } from '#web/ui/month.ts'
import { type FigureFilter, reportQuery } from './attainment-queries.ts'
import { figureName, periodWords, shareWords, targetWords } from './attainment-words.ts'
import classes from './attainment-panel.module.css'

interface PanelsProps {
  readonly figures: readonly Figure[]
  readonly groups: readonly AttainmentGroup[]
  readonly filter: FigureFilter
  readonly period: Period
  /** Opens a month of the trend. */
  readonly onMonth: (month: string) => void
}

/** Each promise with how it was kept, and the year that leads to it. */
export function AttainmentPanels({ figures, groups, filter, period, onMonth }: PanelsProps) {
  return (
    <div className={classes.panels}>
      {figures.map((figure) => (
        <Panel
          key={`${figure.priority} ${figure.metric}`}
          figure={figure}
          median={
            figure.metric === 'resolution'
              ? (groups.find(({ key }) => key === figure.priority)?.resolutionTime ?? null)
              : null
          }
          filter={filter}
          period={period}
          onMonth={onMonth}
        />
      ))}
    </div>
  )
}

const standing: Readonly<Record<Outcome, Standing>> = {
  missed: 'miss',
  allowance: 'met',
  met: 'met',
  unjudged: 'none',
  'not-measured': 'none',
}

interface PanelProps {
  readonly figure: Figure
  readonly median: AttainmentGroup['resolutionTime']
  readonly filter: FigureFilter
  readonly period: Period
  readonly onMonth: (month: string) => void
}

function Panel({ figure, median, filter, period, onMonth }: PanelProps) {
  const t = useText()
  const format = useFormat()
  const { priority, metric, tally, verdict, allowed, targetBp } = figure
  const outcome = outcomeOf(figure)
  const ratio = attainmentOf(tally)
  const name = figureName(t, figure)
  const when = periodWords(t, format, period)
  const target = targetWords(t, format, figure)
  const smallest = targetBp === null ? null : minimumSample(targetBp)
  const definition = t('attainment.door.definition', {
    priority: priority.toUpperCase(),
    metric,
    target,
    hasShare: targetBp === null ? 'no' : 'yes',
    share: targetBp === null ? '' : format.basisPoints(targetBp),
    hasNeeded: ratio === null ? 'no' : 'yes',
    needed:
      ratio === null || targetBp === null
        ? ''
        : format.ratio({ numerator: neededOf(ratio.denominator, targetBp), denominator: ratio.denominator }),
  })
  return (
    <section className={classes.panel} aria-label={name}>
      <div className={classes.row}>
        <h2>
          {name} <span className={classes.target}>{target}</span>
        </h2>
        <State is={standing[outcome]}>
          {t(`attainment.outcome.${outcome}`, {
            failed: tally.failed,
            allowed: verdict?.allowance ?? allowed ?? 0,
            period: when,
          })}
        </State>
      </div>
      <div className={classes.lead}>
        <span className={ratio === null ? classes.unmeasured : classes.measured}>
          <FigureDoor
            big
            metric={metric}
            tally={tally}
            filter={{ ...filter, priority }}
            definition={definition}
            {...(smallest !== null &&
              targetBp !== null && {
                needed: t('attainment.door.needed', { count: smallest, share: format.basisPoints(targetBp) }),
              })}
          />
        </span>
        <span className="pl-small pl-quiet">
          {ratio === null
            ? t('attainment.nothing-to-meet')
            : outcome === 'allowance' && smallest !== null
              ? t('attainment.allowance', {
                  share: percentAnyway(ratio),
                  enough: smallest,
                  allowed: verdict?.allowance ?? 0,
                })
              : shareWords(t, format, ratio)}
        </span>
      </div>
      {median && (
        <p className="pl-small pl-quiet">
          <Text
            id="attainment.half"
            components={{ time: <MedianDoor time={median} period={{ from: period.from, to: period.to }} /> }}
          />
        </p>
      )}
      <PanelTrend figure={figure} filter={filter} period={period} name={name} onMonth={onMonth} />
    </section>
  )

  /** A percentage of few cases, in the one sentence that says that they are few. */
  function percentAnyway({
    numerator,
    denominator,
  }: {
    readonly numerator: number
    readonly denominator: number
  }): string {
    return denominator >= FAIR_SAMPLE
      ? (format.percent({ numerator, denominator }) ?? '')
      : `${format.number((numerator / denominator) * 100, 1)} %`
  }
}

function PanelTrend({
  figure,
  filter,
  period,
  name,
  onMonth,
}: Pick<PanelProps, 'figure' | 'filter' | 'period' | 'onMonth'> & { readonly name: string }) {
  const t = useText()
  const format = useFormat()
  const { priority, metric, targetBp } = figure
  const [first, last] = [period.months[0]!, period.months.at(-1)!]
  const { data } = useQuery(
    reportQuery({ ...filter, from: `${first}-01`, to: `${addMonths(last, 1)}-01`, groupBy: 'month', priority }),
  )
  if (data === undefined) return <div className={classes.coming} />
  const points = period.months.map((month) => {
    const ratio = data.groups.find(({ key }) => key === month)?.byMetric[metric].attainment ?? null
    const share = ratio && format.percent(ratio)
    return {
      label: format.monthShort(month),
      value: ratio === null ? null : (ratio.numerator / ratio.denominator) * 100,
      written:
        ratio === null
          ? t('attainment.not-measured')
          : share === null
            ? format.ratio(ratio)
            : `${format.ratio(ratio)}, ${share}`,
    }
  })
  return (
    <Trend
      label={t('attainment.trend', { name, from: format.month(first), to: format.month(last) })}
      points={points}
      onOpen={(index) => onMonth(period.months[index]!)}
      {...(targetBp !== null && {
        target: { value: targetBp / 100, label: t('attainment.target', { share: format.number(targetBp / 100) }) },
      })}
    />
  )
}
