import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { ImprovementInFull, ImprovementState as Stage } from '#api/improvements'
import { barredFromInside } from '#core/may.ts'
import { OriginLink, WhatFollows } from '#web/modules/actions/index.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Facts } from '#web/ui/facts.tsx'
import { History } from '#web/ui/history.tsx'
import { Page, Section, SideSection } from '#web/ui/page.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useMoney } from '#web/ui/use-money.ts'
import { ChangeDialog } from './change-dialog.tsx'
import { ImprovementState } from './improvement-state.tsx'
import { ImprovementSteps } from './improvement-steps.tsx'
import { Measure } from './measure.tsx'
import { improvementQuery } from './queries.ts'
import { StepDialog } from './step-dialog.tsx'

const route = getRouteApi('/shell/improvements/$id')

/** One improvement: what is wrong, what we believe, what it was before, and whether the figure shows a benefit. */
export function ImprovementPage() {
  const t = useText()
  const format = useFormat()
  const money = useMoney()
  const inside = barredFromInside(useAsker()) === null
  const { id } = route.useParams()
  const { data: improvement } = useSuspenseQuery(improvementQuery(id))
  const [asked, setAsked] = useState<Stage | 'change' | null>(null)
  const { problem, hypothesis, state, theme, benefitType, owner, customer, cost, origin, shared, log } = improvement
  const close = () => setAsked(null)
  const facts = [
    { name: t('improvements.state'), value: <ImprovementState state={state} /> },
    ...(owner === null ? [] : [{ name: t('improvements.owner'), value: owner.name }]),
    { name: t('improvements.theme'), value: t(`improvements.theme.${theme}`) },
    { name: t('improvements.benefit'), value: t(`improvements.benefit.${benefitType}`) },
    ...(cost === null ? [] : [{ name: t('improvements.cost'), value: money(cost) }]),
    { name: t('improvements.customer'), value: customer?.name ?? t('improvements.own') },
    ...(inside
      ? [{ name: t('improvements.seen-by'), value: t(shared ? 'improvements.shared' : 'improvements.not-shared') }]
      : []),
    ...(origin === null ? [] : [{ name: t('improvements.from'), value: <OriginLink origin={origin} /> }]),
  ]
  const parts = [
    { title: t('improvements.hypothesis'), text: hypothesis },
    { title: t('improvements.findings'), text: improvement.findings },
    { title: t('improvements.evidence'), text: improvement.evidence },
    { title: t('improvements.stop-reason'), text: improvement.stopReason },
  ]
  return (
    <Page
      title={problem}
      lede={t('improvements.made-at', { when: format.date(improvement.madeAt) })}
      crumb={<Link to="/improvements">{t('improvements.title')}</Link>}
      actions={inside && <ImprovementSteps improvement={improvement} onAsk={setAsked} />}
      side={
        <>
          <SideSection title={t('improvements.facts')}>
            <Facts facts={facts} />
          </SideSection>
          <WhatFollows origin={{ kind: 'improvement', id }} customer={customer?.id} />
        </>
      }
    >
      {parts.slice(0, 1).map(Part)}
      <Measure improvement={improvement} />
      {parts.slice(1).map(Part)}
      {inside && <Log log={log} />}
      {asked === 'change' && <ChangeDialog improvement={improvement} onClose={close} />}
      {asked !== null && asked !== 'change' && <StepDialog improvement={improvement} to={asked} onClose={close} />}
    </Page>
  )
}

function Part({ title, text }: { readonly title: string; readonly text: string | null }) {
  return (
    text !== null && (
      <Section key={title} title={title}>
        <p>{text}</p>
      </Section>
    )
  )
}

function Log({ log }: Pick<ImprovementInFull, 'log'>) {
  const t = useText()
  return (
    <Section title={t('improvements.log')}>
      <History
        entries={log.map(({ id, at, by, to, note }) => ({
          id,
          at,
          who: by?.name ?? '–',
          what: [t(`improvements.state.${to as Stage}`), note].filter(Boolean).join(': '),
        }))}
      />
    </Section>
  )
}
