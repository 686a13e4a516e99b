import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { ActionInFull } from '#api/actions'
import { barredFromInside } from '#core/may.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Facts } from '#web/ui/facts.tsx'
import { History } from '#web/ui/history.tsx'
import { Page, Section, SideSection } from '#web/ui/page.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { ActionSteps, type Asked } from './action-steps.tsx'
import { ChangeActionDialog } from './change-action-dialog.tsx'
import { actionQuery } from './queries.ts'
import { StepDialog } from './step-dialog.tsx'
import { useFactWords } from './use-fact-words.ts'
import { ActionState, DueWord, OriginLink, useDay, useOwnerWord } from './words.tsx'
import { WhatFollows } from './what-follows.tsx'

const route = getRouteApi('/shell/actions/$id')

/** One action: what, who, by when; by what it is seen that it is done, and who says so. */
export function ActionPage() {
  const t = useText()
  const format = useFormat()
  const day = useDay()
  const ownerWord = useOwnerWord()
  const inside = barredFromInside(useAsker()) === null
  const { id } = route.useParams()
  const { data: action } = useSuspenseQuery(actionQuery(id))
  const [asked, setAsked] = useState<Asked | null>(null)
  const { text, customer, evidence, cancelReason, origin, log, verifiedBy, verifiedAt } = action
  const close = () => setAsked(null)
  const facts = [
    { name: t('actions.state'), value: <ActionState state={action.state} /> },
    { name: t('actions.owner'), value: ownerWord(action) },
    { name: t('actions.due'), value: <DueWord of={action} /> },
    ...(action.redated === 0
      ? []
      : [
          { name: t('actions.first-due'), value: day(action.firstDue) },
          { name: t('actions.redated'), value: t('actions.times', { count: action.redated }) },
        ]),
    { name: t('actions.priority'), value: t(`actions.priority.${action.priority}`) },
    { name: t('actions.customer'), value: customer?.name ?? t('actions.own') },
    ...(inside
      ? [{ name: t('actions.seen-by'), value: t(action.shared ? 'actions.shared' : 'actions.not-shared') }]
      : []),
    ...(action.forum === null
      ? []
      : [
          {
            name: t('actions.followed-by'),
            value: (
              <Link to="/forums/$id" params={{ id: action.forum.id }}>
                {action.forum.name}
              </Link>
            ),
          },
        ]),
    ...(origin === null ? [] : [{ name: t('actions.from'), value: <OriginLink origin={origin} /> }]),
    ...(verifiedAt === null
      ? []
      : [
          {
            name: t('actions.verified'),
            value: [format.instant(verifiedAt), verifiedBy?.name].filter(Boolean).join(', '),
          },
        ]),
  ]
  return (
    <Page
      title={text}
      lede={t('actions.made-sentence', {
        when: format.instant(action.madeAt),
        named: action.madeBy === null ? 'no' : 'yes',
        who: action.madeBy?.name ?? '',
      })}
      crumb={<Link to="/actions">{t('actions.title')}</Link>}
      actions={inside && <ActionSteps action={action} onAsk={setAsked} />}
      side={
        <>
          <SideSection title={t('actions.facts')}>
            <Facts facts={facts} />
          </SideSection>
          <WhatFollows origin={{ kind: 'action', id }} customer={customer?.id} />
        </>
      }
    >
      {evidence !== null && (
        <Section title={t('actions.evidence')}>
          <p>{evidence}</p>
        </Section>
      )}
      {cancelReason !== null && (
        <Section title={t('actions.cancel-reason')}>
          <p>{cancelReason}</p>
        </Section>
      )}
      {inside && <Log log={log} />}
      {asked === 'change' && <ChangeActionDialog action={action} onClose={close} />}
      {asked !== null && asked !== 'change' && <StepDialog action={action} to={asked} onClose={close} />}
    </Page>
  )
}

function Log({ log }: Pick<ActionInFull, 'log'>) {
  const t = useText()
  const words = useFactWords()
  return (
    <Section title={t('actions.log')}>
      <History
        entries={log.map((entry) => ({ id: entry.id, at: entry.at, who: entry.by?.name ?? '–', what: words(entry) }))}
      />
    </Section>
  )
}
