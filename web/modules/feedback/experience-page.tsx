import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { ExperienceReport } from '#api/feedback'
import { useServices } from '#web/modules/incidents/index.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { LevelTabs } from '#web/modules/service-levels/index.ts'
import { barredFromInside } from '#core/may.ts'
import { LinkButton } from '#web/ui/button.tsx'
import { Chips } from '#web/ui/chips.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { Page, Section } from '#web/ui/page.tsx'
import { Pick, Sentence } from '#web/ui/sentence.tsx'
import { Text, useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { ExperienceClashes, ExperienceSums } from './experience-sums.tsx'
import { ExperienceTable } from './experience-table.tsx'
import { LostTimePareto } from './lost-time-pareto.tsx'
import { experienceQuery, type Narrowed } from './queries.ts'
import { monthSpan, spans, spanOf } from './span.ts'
import { Verbatims } from './verbatims.tsx'

const route = getRouteApi('/shell/experience')

/** What was kept beside what was felt. */
export function ExperiencePage() {
  const t = useText()
  const navigate = useNavigate()
  const format = useFormat()
  const inside = barredFromInside(useAsker()) === null
  const { by, customer, site, service, span, month } = route.useSearch()
  const [now] = useState(() => new Date())
  const narrowed: Narrowed = {
    customer,
    site,
    service,
    ...(month === undefined ? spanOf(span, now) : monthSpan(month)),
  }
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
                  value={month ?? span}
                  options={[
                    ...spans.map((value) => ({ value: value as string, label: t(`feedback.span.${value}`) })),
                    ...(month === undefined ? [] : [{ value: month, label: format.month(month) }]),
                  ]}
                  onChange={(value) => go({ span: value, month: undefined })}
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
          <ExperienceSums report={report} by={by} narrowed={narrowed} />
          {alerts.length > 0 && <ExperienceClashes report={report} by={by} narrowed={narrowed} />}
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
          <LostTimePareto report={report} by={by} narrowed={narrowed} />
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
