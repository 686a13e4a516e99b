import { type ExperienceGroup, type ExperienceGrouping, type ExperienceReport, factors } from '#api/feedback'
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
      {louder && (
        <Text
          id="feedback.experience.louder"
          values={{ label: nameOf(louder) }}
          components={{
            points: <Louder of={louder} report={report} by={by} narrowed={narrowed} />,
          }}
        />
      )}{' '}
      {bounds !== null && (
        <Text
          id="feedback.experience.bounds"
          components={{
            bounds: <Bounds report={report} by={by} narrowed={narrowed} />,
          }}
        />
      )}{' '}
      {hotspots.length > 0 &&
        t('feedback.experience.hotspots', { where: format.list(hotspots.slice(0, 3).map(nameOf)) })}
    </p>
  )
}

/** How many of those who were asked answered, by group. */
function ResponseRate({ report: { total, groups }, by, narrowed }: SumsProps) {
  const t = useText()
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
      <Turnout groups={groups} by={by} />
    </Door>
  )
}

/** By how much a group has more of the answers than of those who were asked, among the groups that are shown. */
function Louder({
  of,
  report: { groups },
  by,
  narrowed,
}: SumsProps & { readonly of: ExperienceReport['bias'][number] }) {
  const t = useText()
  const nameOf = useGroupName(by)
  const format = useFormat()
  const period = usePeriodWords(by, narrowed)
  const told = groups.filter(({ hidden }) => !hidden)
  const sum = (pick: (group: ExperienceGroup) => number) => told.reduce((all, group) => all + pick(group), 0)
  const points = format.number(of.points, 1)
  return (
    <Door
      label={points}
      title={t('feedback.experience.louder-title', { label: nameOf(of), points })}
      definition={t('feedback.definition.louder')}
      period={period('total')}
      sample={t('feedback.experience.sample', {
        answers: sum(({ answers }) => answers ?? 0),
        asked: sum(({ asked }) => asked),
      })}
    >
      <Turnout groups={told} by={by} />
    </Door>
  )
}

/** Answers and who was asked, of each group. */
function Turnout({ groups, by }: { readonly groups: readonly ExperienceGroup[]; readonly by: ExperienceGrouping }) {
  const t = useText()
  const nameOf = useGroupName(by)
  const format = useFormat()
  return (
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
  )
}

/** How many may be satisfied, whatever those think who kept silent. */
function Bounds({ report: { bounds, total }, by, narrowed }: SumsProps) {
  const t = useText()
  const format = useFormat()
  const period = usePeriodWords(by, narrowed)
  if (bounds === null || total.csat === null) return null
  const { numerator: satisfied, denominator: answers } = total.csat.ratio
  const words = t('feedback.experience.between', {
    low: format.number(bounds.low, 0),
    high: format.number(bounds.high, 0),
  })
  const lines = [
    ['satisfied', t('feedback.experience.counts.satisfied'), satisfied],
    ['not-satisfied', t('feedback.experience.counts.not-satisfied'), answers - satisfied],
    ['silent', t('feedback.experience.counts.silent'), total.asked - answers],
  ] as const
  return (
    <Door
      label={words}
      title={t('feedback.experience.bounds-title', { words })}
      definition={t('feedback.definition.bounds')}
      period={period('total')}
      sample={t('feedback.experience.sample', { answers, asked: total.asked })}
    >
      <DoorList lines={lines.map(([id, link, count]) => ({ id, link, about: '', figure: format.number(count) }))} />
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
