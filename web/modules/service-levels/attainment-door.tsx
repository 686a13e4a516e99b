import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Untold } from '#web/app/untold.tsx'
import type { AttainmentCase, Metric } from '#api/service-levels'
import { attainmentOf, type Tally, uncertainty } from '#core/attainment.ts'
import { barredFromInside } from '#core/may.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Chips } from '#web/ui/chips.tsx'
import { Door, DoorList } from '#web/ui/door.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { caseFigure } from './attainment-case-figure.ts'
import { periodSearch } from './attainment-period.ts'
import { type CaseVerdict, type FigureFilter, someCasesQuery } from './attainment-queries.ts'
import { daysWords, exclusionWords } from './attainment-words.ts'
import classes from './attainment-door.module.css'

interface FigureDoorProps {
  readonly metric: Metric
  readonly tally: Tally
  readonly filter: FigureFilter
  /** What is counted and what was promised, in a sentence. */
  readonly definition: string
  /** How many cases a percentage needs, by the target. */
  readonly needed?: string
  readonly big?: boolean
  /** In place of *41 of 46*. */
  readonly label?: string
}

/** A figure that opens: what it counts, over what, and the cases under it. */
export function FigureDoor({ metric, tally, filter, definition, needed, big = false, label }: FigureDoorProps) {
  const t = useText()
  const format = useFormat()
  const ratio = attainmentOf(tally)
  const share = ratio && format.percent(ratio)
  // For internal eyes: neither to celebrate nor to punish by (DOMAIN §3.3).
  const inside = barredFromInside(useAsker()) === null
  const spread = ratio !== null && inside ? uncertainty(ratio) : null
  const percent = (value: number) => format.basisPoints(Math.round(value * 1000) * 10)
  const title =
    ratio === null
      ? t('attainment.not-measured')
      : t('attainment.door.title', {
          ratio: format.ratio(ratio),
          share: share ?? '',
          hasShare: share === null ? 'no' : 'yes',
        })
  return (
    <Door
      label={label ?? (ratio === null ? t('attainment.not-measured') : format.ratio(ratio))}
      big={big && ratio !== null}
      title={title}
      definition={definition}
      period={daysWords(t, format, filter)}
      sample={
        ratio === null
          ? t('attainment.door.no-case')
          : t('attainment.door.sample', {
              count: ratio.denominator,
              needed: needed ?? '',
              hasNeeded: needed === undefined ? 'no' : 'yes',
            })
      }
      {...(spread !== null && {
        uncertainty: t('attainment.door.uncertainty', { low: percent(spread.low), high: percent(spread.high) }),
      })}
      excluded={t('attainment.door.excluded', { count: tally.excluded })}
      width={440}
    >
      {(ratio !== null || tally.excluded > 0) && <Cases metric={metric} tally={tally} filter={filter} />}
    </Door>
  )
}

interface MedianDoorProps {
  readonly time: { readonly count: number; readonly medianSeconds: number }
  readonly period: Pick<FigureFilter, 'from' | 'to'>
}

/** How long half of the incidents took at most, opened to what that is. */
export function MedianDoor({ time: { count, medianSeconds }, period }: MedianDoorProps) {
  const t = useText()
  const format = useFormat()
  const said = format.duration(medianSeconds * 1000)
  return (
    <Door
      label={said}
      title={t('attainment.median', { time: said })}
      definition={t('attainment.median.definition')}
      period={daysWords(t, format, period)}
      sample={t('attainment.door.sample', { count, needed: '', hasNeeded: 'no' })}
    />
  )
}

interface ReportedDoorProps {
  readonly ratio: { readonly numerator: number; readonly denominator: number }
  readonly period: Pick<FigureFilter, 'from' | 'to'>
}

/** What the source system said of itself, opened to what that is. */
export function ReportedDoor({ ratio, period }: ReportedDoorProps) {
  const t = useText()
  const format = useFormat()
  return (
    <Door
      label={format.ratio(ratio)}
      title={t('attainment.column.reported')}
      definition={t('attainment.reported.hint')}
      period={daysWords(t, format, period)}
      sample={t('attainment.door.sample', { count: ratio.denominator, needed: '', hasNeeded: 'no' })}
    />
  )
}

const SHOWN = 6

function Cases({ metric, tally, filter }: Pick<FigureDoorProps, 'metric' | 'tally' | 'filter'>) {
  const t = useText()
  const [verdict, setVerdict] = useState<CaseVerdict>(tally.failed > 0 ? 'failed' : tally.met > 0 ? 'near' : 'excluded')
  return (
    <>
      <Chips
        label={t('attainment.door.which')}
        value={verdict}
        onChange={setVerdict}
        chips={[
          { value: 'failed' as const, label: t('attainment.verdict.failed'), count: tally.failed },
          { value: 'near' as const, label: t('attainment.verdict.near') },
          { value: 'met' as const, label: t('attainment.verdict.met'), count: tally.met },
          { value: 'excluded' as const, label: t('attainment.verdict.excluded'), count: tally.excluded },
        ]}
      />
      <SomeCases metric={metric} verdict={verdict} filter={filter} all={tally.met + tally.failed + tally.excluded} />
    </>
  )
}

interface SomeCasesProps {
  readonly metric: Metric
  readonly verdict: CaseVerdict
  readonly filter: FigureFilter
  readonly all: number
}

function SomeCases({ metric, verdict, filter, all }: SomeCasesProps) {
  const t = useText()
  const format = useFormat()
  const { data: cases } = useQuery(someCasesQuery({ ...filter, metric, verdict }, SHOWN))
  const { customer, from, to, ...narrowed } = filter
  const address = { customer, ...periodSearch({ from, to }), ...narrowed, metric }
  const line = (each: AttainmentCase, index: number) => {
    const figure = caseFigure(each, t, format)
    if (each.number === null) return { id: String(index), link: '–', about: <Untold />, figure }
    return {
      id: each.clockId ?? each.number,
      link: (
        <Link to="/incidents/$id" params={{ id: each.number }}>
          {each.number}
        </Link>
      ),
      about: each.exclusion ? `${exclusionWords(t, each.exclusion.reason)} · ${each.title}` : each.title,
      figure,
    }
  }
  return (
    <div className={classes.list}>
      {cases?.length === 0 && (
        <p className={`${classes.none} pl-quiet pl-small`}>{t(`attainment.cases.none-${verdict}`)}</p>
      )}
      {cases && cases.length > 0 && <DoorList lines={cases.map(line)} />}
      <p className={`${classes.all} pl-small`}>
        {cases?.length === SHOWN && (
          <>
            <Link to="/attainment/cases" search={{ ...address, verdict }}>
              {t('attainment.door.more')}
            </Link>
            {' · '}
          </>
        )}
        <Link to="/attainment/cases" search={{ ...address, verdict: 'all' }}>
          {t('attainment.door.all', { count: all })}
        </Link>
      </p>
    </div>
  )
}
