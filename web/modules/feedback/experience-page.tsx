import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { type ExperienceGroup, type ExperienceGrouping, type ExperienceReport, factors } from '#api/feedback'
import { useServices } from '#web/modules/incidents/index.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { LevelTabs } from '#web/modules/service-levels/index.ts'
import { barredFromInside } from '#core/may.ts'
import { LinkButton } from '#web/ui/button.tsx'
import { Chips } from '#web/ui/chips.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { Page, Section } from '#web/ui/page.tsx'
import { Pick, Sentence } from '#web/ui/sentence.tsx'
import { State } from '#web/ui/state.tsx'
import { Text, useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { ExperienceTable } from './experience-table.tsx'
import { useGroupName } from './group-name.ts'
import { LostTimePareto } from './lost-time-pareto.tsx'
import { experienceQuery, type Narrowed } from './queries.ts'
import { spans, spanOf } from './span.ts'
import { Verbatims } from './verbatims.tsx'

const route = getRouteApi('/shell/experience')

/** What was kept beside what was felt. */
export function ExperiencePage() {
  const t = useText()
  const navigate = useNavigate()
  const inside = barredFromInside(useAsker()) === null
  const { by, customer, site, service, span } = route.useSearch()
  const [now] = useState(() => new Date())
  const narrowed: Narrowed = { customer, site, service, ...spanOf(span, now) }
  const { data: report } = useSuspenseQuery(experienceQuery(by, narrowed))
  const services = useServices(customer)
  const go = (change: object) =>
    void navigate({
      to: '.',
      search: (before: object) => ({ ...before, ...change }),
      replace: true,
      resetScroll: false,
    })
  const groupings = (['service', 'site', 'month', 'customer'] as const).filter(
    (each) => each !== 'customer' || (inside && customer === undefined),
  )
  const { total, alerts } = report
  const nothing = total.asked === 0 && (total.answers ?? 0) === 0 && !total.hidden
  return (
    <Page
      title={titleOf(t, report)}
      lede={
        <Sentence>
          <Text
            id="feedback.experience.sentence"
            components={{
              span: (
                <Pick
                  label={t('feedback.experience.span')}
                  value={span}
                  options={spans.map((value) => ({ value, label: t(`feedback.span.${value}`) }))}
                  onChange={(value) => go({ span: value })}
                />
              ),
              service: (
                <Pick
                  label={t('feedback.service')}
                  value={service ?? ''}
                  options={[
                    { value: '', label: t('feedback.experience.all-services') },
                    ...services.map(({ id, name }) => ({ value: id, label: name })),
                  ]}
                  onChange={(value) => go({ service: value === '' ? undefined : value })}
                />
              ),
            }}
          />
        </Sentence>
      }
      actions={<LinkButton to="/feedback">{t('feedback.title')}</LinkButton>}
    >
      <LevelTabs />
      {nothing ? (
        <Empty
          title={t('feedback.experience.nothing')}
          actions={inside && <LinkButton to="/feedback/surveys/new">{t('feedback.survey.new')}</LinkButton>}
        >
          {t('feedback.experience.nothing-more')}
        </Empty>
      ) : (
        <>
          <Sums total={total} report={report} by={by} />
          {alerts.length > 0 && <Alerts report={report} by={by} />}
          <Section
            title={t('feedback.experience.beside')}
            hint={t('feedback.experience.beside-hint', { minimum: report.minimum })}
            aside={
              <Chips
                label={t('feedback.experience.group')}
                value={by}
                onChange={(value) => go({ by: value })}
                chips={groupings.map((value) => ({ value, label: t(`feedback.by.${value}`) }))}
              />
            }
          >
            <ExperienceTable report={report} by={by} narrowed={narrowed} />
          </Section>
          <LostTimePareto report={report} by={by} />
          <Verbatims narrowed={narrowed} />
        </>
      )}
    </Page>
  )
}

function titleOf(t: ReturnType<typeof useText>, { total, alerts }: ExperienceReport): string {
  if (alerts.length > 0) return t('feedback.experience.title-clash', { count: alerts.length })
  if (total.csat !== null) {
    const { numerator, denominator } = total.csat.ratio
    return t('feedback.experience.title', { satisfied: numerator, answers: denominator })
  }
  return t('feedback.experience.title-none')
}

interface SumsProps {
  readonly total: ExperienceGroup
  readonly report: ExperienceReport
  readonly by: ExperienceGrouping
}

function Sums({ total, report, by }: SumsProps) {
  const t = useText()
  const nameOf = useGroupName(by)
  const format = useFormat()
  const { answers, asked, score, hidden } = total
  if (hidden) return <p>{t('feedback.experience.all-hidden', { minimum: report.minimum })}</p>
  // Those who did not state where they belong are no group that could be louder.
  const louder = report.bias.find(({ key, points }) => key !== '' && points >= 5)
  return (
    <p>
      {t('feedback.experience.answered', {
        answers: answers ?? 0,
        asked,
        rate: asked > 0 ? format.number((100 * Math.min(answers ?? 0, asked)) / asked, 1) : '–',
      })}{' '}
      {!total.valid && t('feedback.experience.too-few')}{' '}
      {score !== null &&
        t('feedback.experience.score', {
          points: format.number(score.points, 1),
          target: report.targetPoints,
          available: score.available,
          of: score.of,
        })}{' '}
      {louder && t('feedback.experience.louder', { label: nameOf(louder), points: format.number(louder.points, 1) })}{' '}
      {report.bounds !== null &&
        t('feedback.experience.bounds', {
          low: format.number(report.bounds.low, 0),
          high: format.number(report.bounds.high, 0),
        })}{' '}
      {report.hotspots.length > 0 &&
        t('feedback.experience.hotspots', {
          where: format.list(report.hotspots.slice(0, 3).map(nameOf)),
        })}
    </p>
  )
}

/** In time, and yet people are unhappy: that gap is the story. */
function Alerts({ report: { alerts, groups }, by }: Pick<SumsProps, 'report' | 'by'>) {
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
          const { met, failed } = group.attainment
          const words = named.filter((each) => known.has(each)).map((each) => t(`feedback.factor.${each as 'speed'}`))
          return (
            <li key={key}>
              <State is="clash">{nameOf(alert)}</State>{' '}
              {t('feedback.experience.clash', {
                met,
                all: met + failed,
                points: group.score === null ? '–' : format.number(group.score.points, 1),
                factors: words.length === 0 ? t('feedback.none') : format.list(words),
              })}
            </li>
          )
        })}
      </ul>
    </Section>
  )
}
