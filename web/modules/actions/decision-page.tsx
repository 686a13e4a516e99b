import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { barredFromActing, decisionLifecycle, type DecisionState as Settled } from '#api/actions'
import { reachable } from '#core/lifecycle.ts'
import { barredFromInside } from '#core/may.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Button } from '#web/ui/button.tsx'
import { Facts } from '#web/ui/facts.tsx'
import { Page, Section, SideSection } from '#web/ui/page.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { DecideDialog } from './decide-dialog.tsx'
import { decisionQuery } from './queries.ts'
import { DecisionState, OriginLink, useDay } from './words.tsx'
import { WhatFollows } from './what-follows.tsx'

const route = getRouteApi('/shell/decisions/$id')

/** One decision: the question, between what, what was chosen, by whom, who was against it, what became of it. */
export function DecisionPage() {
  const t = useText()
  const format = useFormat()
  const day = useDay()
  const asker = useAsker()
  const { id } = route.useParams()
  const { data: decision } = useSuspenseQuery(decisionQuery(id))
  const [step, setStep] = useState<Exclude<Settled, 'wanted'> | null>(null)
  const { question, options, criteria, chosen, reason, dissent, outcome, customer, origin, owner, state } = decision
  const inside = barredFromInside(asker) === null
  const steps = inside && barredFromActing(asker) === null ? reachable(decisionLifecycle, state) : []
  const dayFact = (name: string, value: string | null) => (value === null ? [] : [{ name, value: day(value) }])
  const facts = [
    { name: t('actions.state'), value: <DecisionState state={state} /> },
    ...dayFact(t('actions.decision.needed-by'), decision.neededBy),
    ...(decision.decidedBy === null ? [] : [{ name: t('actions.decision.by'), value: decision.decidedBy }]),
    ...dayFact(t('actions.decision.on'), decision.decidedOn),
    ...dayFact(t('actions.decision.review-on'), decision.reviewOn),
    ...(owner === null ? [] : [{ name: t('actions.decision.owner'), value: owner.name }]),
    { name: t('actions.customer'), value: customer?.name ?? t('actions.own') },
    ...(inside
      ? [{ name: t('actions.seen-by'), value: t(decision.shared ? 'actions.shared' : 'actions.not-shared') }]
      : []),
    ...(origin === null ? [] : [{ name: t('actions.from'), value: <OriginLink origin={origin} /> }]),
  ]
  const parts = [
    { title: t('actions.decision.chosen'), text: chosen },
    { title: t('actions.decision.reason'), text: reason },
    { title: t('actions.decision.dissent'), text: dissent },
    { title: t('actions.decision.outcome'), text: outcome },
    { title: t('actions.decision.criteria'), text: criteria },
  ]
  return (
    <Page
      title={question}
      lede={t('actions.decision.asked-at', { when: format.instant(decision.madeAt) })}
      crumb={<Link to="/decisions">{t('actions.decisions')}</Link>}
      actions={steps.map((to, index) => (
        <Button key={to} main={index === 0} onClick={() => setStep(to as Exclude<Settled, 'wanted'>)}>
          {t(`actions.decision.step.${to as Exclude<Settled, 'wanted'>}`)}
        </Button>
      ))}
      side={
        <>
          <SideSection title={t('actions.facts')}>
            <Facts facts={facts} />
          </SideSection>
          <WhatFollows origin={{ kind: 'decision', id }} customer={customer?.id} />
        </>
      }
    >
      {parts.map(
        ({ title, text }) =>
          text !== null && (
            <Section key={title} title={title}>
              <p>{text}</p>
            </Section>
          ),
      )}
      {options.length > 0 && (
        <Section title={t('actions.decision.options')}>
          <ul>
            {options.map((option) => (
              <li key={option}>{option}</li>
            ))}
          </ul>
        </Section>
      )}
      {step !== null && <DecideDialog decision={decision} to={step} onClose={() => setStep(null)} />}
    </Page>
  )
}
