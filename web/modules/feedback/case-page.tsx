import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import * as api from '#api/feedback'
import { type CaseState as Stage, complaintLifecycle, complimentLifecycle, type FeedbackCase } from '#api/feedback'
import { reachable } from '#core/lifecycle.ts'
import { barredFromInside, barredFromWorking } from '#core/may.ts'
import { call } from '#web/http/call.ts'
import { WhatFollows } from '#web/modules/actions/index.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Button } from '#web/ui/button.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { Facts } from '#web/ui/facts.tsx'
import { TextAreaField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Page, Section, SideSection } from '#web/ui/page.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { CaseState, DueWord } from './case-state.tsx'
import { caseQuery } from './queries.ts'

const route = getRouteApi('/shell/feedback/cases/$id')

/** One compliment or complaint: what was said, what was found, what was answered. */
export function CasePage() {
  const t = useText()
  const format = useFormat()
  const asker = useAsker()
  const inside = barredFromInside(asker) === null
  const { id } = route.useParams()
  const { data: one } = useSuspenseQuery(caseQuery(id))
  const [step, setStep] = useState<Stage | null>(null)
  const { kind, text, state, customer, person, owner, incident, service, site, receivedAt, findings, answer } = one
  const steps = reachable(kind === 'complaint' ? complaintLifecycle : complimentLifecycle, state)
  return (
    <Page
      title={t(`feedback.case.title.${kind}`, { customer: customer.name })}
      lede={
        person?.name
          ? t('feedback.case.lede', { when: format.instant(receivedAt), person: person.name })
          : format.instant(receivedAt)
      }
      crumb={<Link to="/feedback">{t('feedback.title')}</Link>}
      actions={
        inside &&
        barredFromWorking(asker) === null &&
        steps.map((to, index) => (
          <Button key={to} main={index === 0} onClick={() => setStep(to)}>
            {t(`feedback.case.step.${to as Exclude<Stage, 'received'>}`)}
          </Button>
        ))
      }
      side={
        <>
          <SideSection title={t('feedback.case.state')}>
            <Facts
              facts={[
                { name: t('feedback.case.state'), value: <CaseState state={state} /> },
                { name: t('feedback.case.due'), value: <DueWord of={one} /> },
                ...(owner === null ? [] : [{ name: t('feedback.owner'), value: owner.name }]),
                ...(service === null ? [] : [{ name: t('feedback.service'), value: service.name }]),
                ...(site === null ? [] : [{ name: t('feedback.site'), value: site.name }]),
                ...(incident === null
                  ? []
                  : [
                      {
                        name: t('feedback.incident'),
                        value: (
                          <Link to="/incidents/$id" params={{ id: incident.number }}>
                            {incident.number}
                          </Link>
                        ),
                      },
                    ]),
              ]}
            />
          </SideSection>
          <WhatFollows origin={{ kind: 'feedback-case', id }} customer={customer.id} />
        </>
      }
    >
      <Section title={t('feedback.case.text')}>
        <p>{text}</p>
      </Section>
      {findings && (
        <Section title={t('feedback.case.findings')} hint={t('feedback.case.findings-hint')}>
          <p>{findings}</p>
        </Section>
      )}
      {answer && (
        <Section title={t('feedback.case.answer')}>
          <p>{answer}</p>
          {inside && (
            <p>
              <Link to="/feedback/said-done" search={{ from: 'case', id }}>
                {t('feedback.verbatim-said')}
              </Link>
            </p>
          )}
        </Section>
      )}
      {step !== null && <StepDialog of={one} to={step} onClose={() => setStep(null)} />}
    </Page>
  )
}

interface StepDialogProps {
  readonly of: FeedbackCase
  readonly to: Stage
  readonly onClose: () => void
}

function StepDialog({ of: { id, findings, answer }, to, onClose }: StepDialogProps) {
  const t = useText()
  const client = useQueryClient()
  const answers = to === 'answered'
  const finds = to === 'investigated'
  const form = useForm({
    initial: { findings: findings ?? '', answer: answer ?? '' },
    check: (values) => ({
      answer: answers && values.answer.trim() === '' ? t('feedback.case.answer-missing') : undefined,
    }),
    async submit(values) {
      const body = { to, ...(finds && { findings: values.findings }), ...(answers && { answer: values.answer }) }
      await call(api.moveFeedbackCase, { params: { id }, body })
      await client.invalidateQueries({ queryKey: ['feedback'] })
      notify(t(`feedback.case.state.${to}`))
      onClose()
    },
  })
  return (
    <Dialog title={t(`feedback.case.step.${to as Exclude<Stage, 'received'>}`)} onClose={onClose}>
      <Form form={form} action={t(`feedback.case.step.${to as Exclude<Stage, 'received'>}`)} onCancel={onClose}>
        {finds && <TextAreaField field={form.field('findings')} label={t('feedback.case.findings')} optional />}
        {answers && <TextAreaField field={form.field('answer')} label={t('feedback.case.answer')} maxLength={10_000} />}
        {!finds && !answers && <p>{t(`feedback.case.step-hint.${to as 'acknowledged' | 'accepted' | 'escalated'}`)}</p>}
      </Form>
    </Dialog>
  )
}
