import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import * as api from '#api/renewals'
import { barredFromTerms, type Renewal, renewalLifecycle, type RenewalState } from '#api/renewals'
import { reachable } from '#core/lifecycle.ts'
import { call } from '#web/http/call.ts'
import { useDay, WhatFollows } from '#web/modules/actions/index.ts'
import { ReadersOnly, useAsker } from '#web/modules/people/index.ts'
import { Button } from '#web/ui/button.tsx'
import { Facts } from '#web/ui/facts.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Page, Section, SideSection } from '#web/ui/page.tsx'
import { daysAfter } from '#core/recurrence.ts'
import { useText } from '#web/ui/text.tsx'
import { renewalQuery } from './queries.ts'
import { PlanDialog, ScenarioDialog, SettleRenewalDialog } from './renewal-dialogs.tsx'
import { Scenarios } from './scenarios.tsx'
import { RenewalStateWord, usePercent } from './words.tsx'

const route = getRouteApi('/shell/renewals/$id')

/** One renewal: its days, what we want, and what terms would leave. */
export function RenewalPage() {
  const t = useText()
  const { id } = route.useParams()
  return (
    <ReadersOnly barredFrom={barredFromTerms} title={t('renewals.title')}>
      <One id={id} />
    </ReadersOnly>
  )
}

type Apart = 'signed' | 'lost' | 'lapsed'
const isApart = (state: RenewalState): state is Apart => ['signed', 'lost', 'lapsed'].includes(state)

function One({ id }: { readonly id: string }) {
  const t = useText()
  const client = useQueryClient()
  const barred = barredFromTerms(useAsker())
  const { data: renewal } = useSuspenseQuery(renewalQuery(id))
  const [open, setOpen] = useState<Apart | 'plan' | 'scenario' | null>(null)
  const { contract, customer, state, version, settledAt } = renewal
  const works = barred === null && settledAt === null
  async function move(to: RenewalState) {
    await call(api.moveRenewal, { params: { id }, body: { to }, match: version })
    await client.invalidateQueries({ queryKey: ['renewals'] })
    notify(t(`renewals.state.${to}`))
  }
  const close = () => setOpen(null)
  return (
    <Page
      title={t('renewals.one', { contract: contract.title, state: t(`renewals.state.${state}`) })}
      lede={t('renewals.one-lede', { customer: customer.name, number: contract.number })}
      crumb={<Link to="/renewals">{t('renewals.title')}</Link>}
      actions={
        works && (
          <>
            {reachable(renewalLifecycle, state).map((to) => (
              <Button key={to} onClick={() => (isApart(to) ? setOpen(to) : void move(to))}>
                {t(`renewals.step.${to}`)}
              </Button>
            ))}
          </>
        )
      }
      side={
        <>
          <Days of={renewal} />
          <WhatFollows origin={{ kind: 'renewal', id }} customer={customer.id} />
        </>
      }
    >
      <Plan of={renewal} onChange={works ? () => setOpen('plan') : null} />
      <Scenarios of={renewal} onTry={works ? () => setOpen('scenario') : null} />
      {open === 'plan' && <PlanDialog of={renewal} onClose={close} />}
      {open === 'scenario' && <ScenarioDialog of={renewal} onClose={close} />}
      {open !== null && isApart(open as RenewalState) && (
        <SettleRenewalDialog of={renewal} to={open as Apart} onClose={close} />
      )}
    </Page>
  )
}

function Plan({ of, onChange }: { readonly of: Renewal; readonly onChange: (() => void) | null }) {
  const t = useText()
  const percent = usePercent()
  const { course, probabilityBp, priceStrategy, winThemes, blockers, reason, reasonNote } = of
  const words = (name: string, value: string | null) => (value === null ? [] : [{ name, value }])
  const facts = [
    ...words(t('renewals.course'), course === null ? null : t(`renewals.course.${course}`)),
    ...words(t('renewals.probability'), probabilityBp === null ? null : percent(probabilityBp)),
    ...words(t('renewals.price-strategy'), priceStrategy),
    ...words(t('renewals.win-themes'), winThemes),
    ...words(t('renewals.blockers'), blockers),
    ...words(
      t('renewals.reason'),
      reason === null ? null : [t(`renewals.reason.${reason}`), reasonNote].filter(Boolean).join(': '),
    ),
  ]
  return (
    <Section
      title={t('renewals.plan')}
      aside={onChange !== null && <Button onClick={onChange}>{t('renewals.change')}</Button>}
    >
      {facts.length === 0 ? <p className="pl-quiet">{t('renewals.plan-none')}</p> : <Facts facts={facts} />}
    </Section>
  )
}

function Days({ of: { state, contract, endsOn, noticeOn, option, decideOn } }: { readonly of: Renewal }) {
  const t = useText()
  const day = useDay()
  const on = (date: string | null) => (date === null ? '–' : day(date))
  return (
    <SideSection title={t('renewals.days')}>
      <Facts
        facts={[
          { name: t('renewals.state'), value: <RenewalStateWord state={state} /> },
          { name: t('renewals.decide-on'), value: on(decideOn) },
          { name: t('renewals.notice'), value: on(noticeOn) },
          ...(option === null
            ? []
            : [
                {
                  name: t('renewals.option'),
                  value: t('renewals.option-on', { name: option.name, day: day(option.on) }),
                },
              ]),
          { name: t('renewals.ends'), value: endsOn === null ? '–' : day(daysAfter(endsOn, -1)) },
          {
            name: t('renewals.contract'),
            value: (
              <Link to="/contracts/$id" params={{ id: contract.id }}>
                {contract.title}
              </Link>
            ),
          },
        ]}
      />
    </SideSection>
  )
}
