import { Link } from '@tanstack/react-router'
import type { ExperienceGroup, ExperienceGrouping } from '#api/feedback'
import { Door, DoorList } from '#web/ui/door.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import type { Narrowed } from './queries.ts'
import { usePeriodWords } from './use-period-words.ts'

export interface FigureProps {
  readonly group: ExperienceGroup
  readonly name: string
  readonly by: ExperienceGrouping
  readonly narrowed: Narrowed
}

const MINUTE_MS = 60_000

/** What was kept, with its cases. What nobody stated a place of has no list of its own. */
export function Kept({
  group: { key, attainment },
  name,
  by,
  narrowed,
  inWords = false,
}: FigureProps & { readonly inWords?: boolean }) {
  const t = useText()
  const format = useFormat()
  const period = usePeriodWords(by, narrowed)
  const { met, failed, targetBp } = attainment
  if (met + failed === 0) return <span className="pl-quiet">{t('ui.state.none')}</span>
  const ratio = { numerator: met, denominator: met + failed }
  const { customer, service, site, from, to } = narrowed
  const own = by === 'month' ? {} : { [by]: key }
  const span = by === 'month' ? { month: key } : from === undefined ? {} : { from, to, period: 'custom' as const }
  const place = { customer, service, site, ...own, ...span }
  const words = { failed: t('feedback.experience.cases.failed'), met: t('feedback.experience.cases.met') }
  // Without its first day a list would be of another period.
  const listed = key !== '' && (by === 'month' || from !== undefined)
  return (
    <Door
      label={inWords ? format.ratio(ratio) : (format.percent(ratio) ?? format.ratio(ratio))}
      title={`${name}: ${format.ratio(ratio)}`}
      definition={t('feedback.experience.kept-definition', {
        target: targetBp === null ? t('feedback.none') : format.basisPoints(targetBp),
      })}
      period={period(key)}
      sample={format.number(met + failed)}
    >
      <DoorList
        lines={(['failed', 'met'] as const).map((verdict) => ({
          id: verdict,
          link: listed ? (
            <Link to="/attainment/cases" search={{ ...place, metric: 'resolution', verdict }}>
              {words[verdict]}
            </Link>
          ) : (
            words[verdict]
          ),
          about: '',
          figure: format.number(verdict === 'met' ? met : failed),
        }))}
      />
    </Door>
  )
}

/** What people gave, with how often each score was given. */
export function Felt({ group, of, name, by, narrowed }: FigureProps & { readonly of: 'csat' | 'nps' }) {
  const t = useText()
  const format = useFormat()
  const period = usePeriodWords(by, narrowed)
  const felt = group[of]
  if (felt === null) return <span className="pl-quiet">{t('ui.state.none')}</span>
  const { estimate, mean, ratio, scores } = felt
  const unit = of === 'csat' ? '\u00a0%' : ''
  const written = (value: number) =>
    `${of === 'nps' && value > 0 ? '+' : ''}${format.number(value, of === 'nps' ? 0 : 1)}${unit}`
  const reach = t('feedback.experience.reach', { low: written(estimate.low), high: written(estimate.high) })
  return (
    <>
      <Door
        label={written(estimate.value)}
        title={`${name}: ${written(estimate.value)}`}
        definition={t(`feedback.definition.${of}`)}
        period={period(group.key)}
        sample={t('feedback.experience.sample', { answers: ratio.denominator, asked: group.asked })}
        uncertainty={reach}
        excluded={group.valid ? undefined : t('feedback.experience.too-few')}
      >
        {scores.length === 0 ? (
          <p>{t('feedback.experience.scores-few')}</p>
        ) : (
          <DoorList
            lines={scores.map(({ score, count }) => ({
              id: String(score),
              link: t('feedback.experience.score-of', { score }),
              about: t(`feedback.experience.counts.${countsAs(of, score)}`),
              figure: format.number(count),
            }))}
          />
        )}
        <p>{t('feedback.experience.mean', { mean: format.number(mean.numerator / mean.denominator, 2) })}</p>
      </Door>
      <br />
      <span className="pl-tiny pl-quiet">{`n = ${format.number(ratio.denominator)}; ${written(estimate.low)} … ${written(estimate.high)}`}</span>
    </>
  )
}

function countsAs(of: 'csat' | 'nps', score: number): 'satisfied' | 'not-satisfied' | 'for' | 'neither' | 'against' {
  if (of === 'csat') return score >= 4 ? 'satisfied' : 'not-satisfied'
  return score >= 9 ? 'for' : score <= 6 ? 'against' : 'neither'
}

/** Lost time, the middle of it unless another figure of it is shown, with how many lost how much. */
export function Lost({
  group: { key, lostTime },
  name,
  by,
  narrowed,
  label,
}: FigureProps & { readonly label?: string }) {
  const t = useText()
  const format = useFormat()
  const period = usePeriodWords(by, narrowed)
  if (lostTime === null) return <span className="pl-quiet">{t('ui.state.none')}</span>
  const { mean, medianMinutes, answers, cut, perceivedMinutes, floorMinutes, spread } = lostTime
  const minutes = (value: number) => format.duration(Math.round(value) * MINUTE_MS)
  const average = mean.numerator / mean.denominator
  return (
    <Door
      label={label ?? minutes(medianMinutes)}
      title={`${name}: ${label ?? minutes(medianMinutes)}`}
      definition={t(label === undefined ? 'feedback.definition.lost' : 'feedback.definition.lost-sum')}
      period={period(key)}
      sample={t('feedback.experience.lost-sample', { count: answers })}
      excluded={cut === 0 ? undefined : t('feedback.experience.cut', { count: cut })}
    >
      {spread.length === 0 ? (
        <p>{t('feedback.experience.scores-few')}</p>
      ) : (
        <DoorList
          lines={spread.map((step) => ({
            id: String(step.upTo),
            link: t('feedback.experience.lost-step', {
              above: minutes(step.above),
              upTo: minutes(step.upTo),
              first: step.above === 0 ? 'yes' : 'no',
            }),
            about: t('feedback.experience.lost-answers', { count: step.answers }),
            figure: minutes(step.minutes),
          }))}
        />
      )}
      <p>
        {t('feedback.experience.lost-mean', { mean: minutes(average) })}{' '}
        {average > medianMinutes && t('feedback.experience.lost-drawn')}
      </p>
      {perceivedMinutes !== null && (
        <p>
          {t('feedback.experience.perceived', {
            all: minutes(perceivedMinutes.numerator / perceivedMinutes.denominator),
            floor: minutes(floorMinutes),
          })}
        </p>
      )}
    </Door>
  )
}

/** The score, with what it is the weighted mean of. */
export function Points({ group, name, target, by, narrowed }: FigureProps & { readonly target: number }) {
  const t = useText()
  const format = useFormat()
  const period = usePeriodWords(by, narrowed)
  const { key, score, answers, asked, valid } = group
  if (score === null) return null
  const points = format.number(score.points, 1)
  const measured = (part: (typeof score.parts)[number]) => {
    const value = part.value.numerator / part.value.denominator
    if (part.name === 'lost-time') return format.duration(Math.round(value) * MINUTE_MS)
    if (part.name === 'csat') return `${format.number(value, 1)}\u00a0%`
    return part.name === 'ces'
      ? t('feedback.experience.of-seven', { mean: format.number(value, 1) })
      : `${value > 0 ? '+' : ''}${format.number(value, 0)}`
  }
  return (
    <Door
      label={points}
      title={`${name}: ${t('feedback.experience.points-of', { points })}`}
      definition={t('feedback.definition.points', { target })}
      period={period(key)}
      sample={t('feedback.experience.sample', { answers: answers ?? 0, asked })}
      excluded={valid ? undefined : t('feedback.experience.too-few')}
    >
      <DoorList
        lines={score.parts.map((part) => ({
          id: part.name,
          link: t(`feedback.part.${part.name}`),
          about: t('feedback.experience.part', { measured: measured(part), weight: part.weight }),
          figure: format.number(part.points, 1),
        }))}
      />
    </Door>
  )
}
