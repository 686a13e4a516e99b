import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { barredFromRelating, type StakeholderInFull } from '#api/stakeholders'
import { useDay, WhatFollows } from '#web/modules/actions/index.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Button } from '#web/ui/button.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { Facts } from '#web/ui/facts.tsx'
import { Page, Section, SideSection } from '#web/ui/page.tsx'
import { State } from '#web/ui/state.tsx'
import { useText } from '#web/ui/text.tsx'
import { Agenda } from './agenda.tsx'
import { InteractionDialog } from './interaction-dialog.tsx'
import { PulseDialog } from './pulse-dialog.tsx'
import { stakeholderQuery } from './queries.ts'
import { StakeholderDialog } from './stakeholder-dialog.tsx'
import classes from './stakeholders.module.css'

const route = getRouteApi('/shell/stakeholders/$id')

/** One stakeholder: who they are, what they want, when somebody spoke with them, what is next. */
export function StakeholderPage() {
  const t = useText()
  const barred = barredFromRelating(useAsker())
  const { id } = route.useParams()
  const { data } = useQuery({ ...stakeholderQuery(id), enabled: barred === null })
  const crumb = <Link to="/stakeholders">{t('stakeholders.title')}</Link>
  if (barred !== null || data === undefined) {
    return (
      <Page title={t('stakeholders.title')} crumb={crumb}>
        {barred !== null && <Empty title={t('stakeholders.barred')}>{t(barred)}</Empty>}
      </Page>
    )
  }
  return <One stakeholder={data} />
}

function One({ stakeholder }: { readonly stakeholder: StakeholderInFull }) {
  const t = useText()
  const day = useDay()
  const [asked, setAsked] = useState<'change' | 'interaction' | 'pulse' | null>(null)
  const { id, name, role, level, segment, customer, influence, support, interests, dueOn, overdue } = stakeholder
  const { owner, lastOn, lastFaceToFaceOn, interactions, pulses, cadenceDays } = stakeholder
  const close = () => setAsked(null)
  const when = (value: string | null) => (value === null ? t('stakeholders.never') : day(value))
  const facts = [
    { name: t('stakeholders.customer'), value: customer.name },
    ...(segment === null ? [] : [{ name: t('stakeholders.segment'), value: segment }]),
    { name: t('stakeholders.level'), value: t(`stakeholders.level.${level}`) },
    { name: t('stakeholders.influence'), value: t('stakeholders.influence-of', { influence }) },
    { name: t('stakeholders.support'), value: t(`stakeholders.support.${String(support) as '0'}`) },
    { name: t('stakeholders.channel'), value: t(`stakeholders.channel.${stakeholder.channel}`) },
    { name: t('stakeholders.language'), value: t(`stakeholders.language.${stakeholder.language}`) },
    { name: t('stakeholders.audience'), value: t(`stakeholders.audience.${stakeholder.audience}`) },
    { name: t('stakeholders.owner'), value: owner?.name ?? '–' },
    { name: t('stakeholders.last'), value: when(lastOn) },
    { name: t('stakeholders.last-face'), value: when(lastFaceToFaceOn) },
    ...(cadenceDays === null || dueOn === null
      ? []
      : [
          {
            name: t('stakeholders.due'),
            value: overdue ? <State is="miss">{t('stakeholders.overdue', { day: day(dueOn) })}</State> : day(dueOn),
          },
        ]),
  ]
  return (
    <Page
      title={name}
      lede={[role, t('stakeholders.private')].filter(Boolean).join('. ')}
      crumb={<Link to="/stakeholders">{t('stakeholders.title')}</Link>}
      actions={
        <>
          <Button main onClick={() => setAsked('interaction')}>
            {t('stakeholders.met')}
          </Button>
          <Button onClick={() => setAsked('pulse')}>{t('stakeholders.say-pulse')}</Button>
          <Button onClick={() => setAsked('change')}>{t('stakeholders.change')}</Button>
        </>
      }
      side={
        <>
          <SideSection title={t('stakeholders.facts')}>
            <Facts facts={facts} />
          </SideSection>
          <WhatFollows origin={{ kind: 'stakeholder', id }} customer={customer.id} />
        </>
      }
    >
      {interests !== null && (
        <Section title={t('stakeholders.interests')}>
          <p className={classes.notes}>{interests}</p>
        </Section>
      )}
      <Agenda stakeholder={stakeholder} />
      {pulses.length > 0 && (
        <Section title={t('stakeholders.pulse-title')}>
          <ul className={classes.list}>
            {pulses.map(({ id: key, quarter, score, sentence }) => (
              <li key={key}>
                <b>{t('stakeholders.pulse-of', { score, quarter: quarterOf(quarter) })}</b> {sentence}
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Section title={t('stakeholders.interactions')}>
        {interactions.length === 0 && <p className="pl-quiet">{t('stakeholders.interactions-none')}</p>}
        <ul className={classes.list}>
          {interactions.map((each) => (
            <li key={each.id}>
              <b>{day(each.onDay)}</b> {t(`stakeholders.channel.${each.kind}`)}
              {each.faceToFace && ` · ${t('stakeholders.face')}`}
              {each.by !== null && ` · ${each.by.name}`}
              {each.private && ` · ${t('stakeholders.mine-alone')}`}
              {each.notes !== null && <div className={classes.notes}>{each.notes}</div>}
            </li>
          ))}
        </ul>
      </Section>
      {asked === 'change' && <StakeholderDialog stakeholder={stakeholder} customer={customer.id} onClose={close} />}
      {asked === 'interaction' && <InteractionDialog id={id} channel={stakeholder.channel} onClose={close} />}
      {asked === 'pulse' && <PulseDialog id={id} onClose={close} />}
    </Page>
  )
}

/** `2026-10-01` as `4/2026`. */
function quarterOf(firstDay: string): string {
  return `${Math.ceil(Number(firstDay.slice(5, 7)) / 3)}/${firstDay.slice(0, 4)}`
}
