import { type ExperienceGrouping, type ExperienceReport, factors } from '#api/feedback'
import { Door, DoorList } from '#web/ui/door.tsx'
import { Section } from '#web/ui/page.tsx'
import { State } from '#web/ui/state.tsx'
import { Text, useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { Kept, Points } from './experience-doors.tsx'
import { useGroupName } from './group-name.ts'
import type { Narrowed } from './queries.ts'
import { usePeriodWords } from './use-period-words.ts'

interface SumsProps {
  readonly report: ExperienceReport
  readonly by: ExperienceGrouping
  readonly narrowed: Narrowed
}

/** How many answered and what all of them together felt, and where that is not the whole truth. */
export function ExperienceSums({ report, by, narrowed }: SumsProps) {
  const t = useText()
  const nameOf = useGroupName(by)
  const format = useFormat()
  const { total, bias, bounds, hotspots, minimum, targetPoints } = report
  const { answers, asked, score, hidden, valid } = total
  if (hidden) return <p>{t('feedback.experience.all-hidden', { minimum })}</p>
  // Those who did not state where they belong are no group that could be louder.
  const louder = bias.find(({ key, points }) => key !== '' && points >= 5)
  const all = { group: total, name: t('feedback.experience.all'), by, narrowed }
  return (
    <p>
      <Text
        id="feedback.experience.answered"
        values={{ answers: answers ?? 0, asked }}
        components={{ rate: <ResponseRate report={report} by={by} narrowed={narrowed} /> }}
      />{' '}
      {!valid && t('feedback.experience.too-few')}{' '}
      {score !== null && (
        <Text
          id="feedback.experience.score"
          values={{ target: targetPoints, available: score.available, of: score.of }}
          components={{ points: <Points {...all} target={targetPoints} /> }}
        />
      )}{' '}
      {louder && t('feedback.experience.louder', { label: nameOf(louder), points: format.number(louder.points, 1) })}{' '}
      {bounds !== null &&
        t('feedback.experience.bounds', {
          low: format.number(bounds.low, 0),
          high: format.number(bounds.high, 0),
        })}{' '}
      {hotspots.length > 0 &&
        t('feedback.experience.hotspots', { where: format.list(hotspots.slice(0, 3).map(nameOf)) })}
    </p>
  )
}

/** How many of those who were asked answered, by group. */
function ResponseRate({ report: { total, groups }, by, narrowed }: SumsProps) {
  const t = useText()
  const nameOf = useGroupName(by)
  const format = useFormat()
  const period = usePeriodWords(by, narrowed)
  const { asked } = total
  const answers = total.answers ?? 0
  const rate = asked > 0 ? `${format.number((100 * Math.min(answers, asked)) / asked, 1)}\u00a0%` : '–'
  return (
    <Door
      label={rate}
      title={t('feedback.experience.rate-title', { rate, answers, asked })}
      definition={t('feedback.definition.rate')}
      period={period('total')}
      sample={t('feedback.experience.sample', { answers, asked })}
    >
      <DoorList
        lines={groups.map((group) => ({
          id: group.key,
          link: nameOf(group),
          about: '',
          figure:
            group.answers === null
              ? t('feedback.few')
              : t('feedback.experience.sample-short', {
                  answers: format.number(group.answers),
                  asked: format.number(group.asked),
                }),
        }))}
      />
    </Door>
  )
}

/** In time, and yet people are unhappy: that gap is the story. */
export function ExperienceClashes({ report: { alerts, groups, targetPoints }, by, narrowed }: SumsProps) {
  const t = useText()
  const nameOf = useGroupName(by)
  const format = useFormat()
  const known = new Set<string>(factors)
  return (
    <Section title={t('feedback.experience.clashes')}>
      <ul>
        {alerts.map((alert) => {
          const { key, factors: named } = alert
          const group = groups.find((each) => each.key === key)
          if (group === undefined) return null
          const words = named.filter((each) => known.has(each)).map((each) => t(`feedback.factor.${each as 'speed'}`))
          const of = { group, name: nameOf(alert), by, narrowed }
          return (
            <li key={key}>
              <State is="clash">{nameOf(alert)}</State>{' '}
              <Text
                id="feedback.experience.clash"
                values={{ factors: words.length === 0 ? t('feedback.none') : format.list(words) }}
                components={{ kept: <Kept {...of} inWords />, points: <Points {...of} target={targetPoints} /> }}
              />
            </li>
          )
        })}
      </ul>
    </Section>
  )
}
