import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import * as api from '#api/renewals'
import { barredFromTerms, opportunityLifecycle, type OpportunityState } from '#api/renewals'
import { reachable } from '#core/lifecycle.ts'
import { call } from '#web/http/call.ts'
import { OriginLink, useDay, WhatFollows } from '#web/modules/actions/index.ts'
import { ReadersOnly, useAsker } from '#web/modules/people/index.ts'
import { Button } from '#web/ui/button.tsx'
import { Facts } from '#web/ui/facts.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Page, Section, SideSection } from '#web/ui/page.tsx'
import { useText } from '#web/ui/text.tsx'
import { useMoney } from '#web/ui/use-money.ts'
import { ChangeOpportunityDialog, EvidenceDialog, SettleOpportunityDialog } from './opportunity-dialogs.tsx'
import { opportunityQuery } from './queries.ts'
import { OpportunityStateWord, usePercent } from './words.tsx'

const route = getRouteApi('/shell/opportunities/$id')

/** What more could be done for a customer, by what it is seen, and what became of it. */
export function OpportunityPage() {
  const t = useText()
  const { id } = route.useParams()
  return (
    <ReadersOnly barredFrom={barredFromTerms} title={t('renewals.title')}>
      <One id={id} />
    </ReadersOnly>
  )
}

type Apart = 'won' | 'lost' | 'deferred'
const isApart = (state: OpportunityState): state is Apart => ['won', 'lost', 'deferred'].includes(state)

function One({ id }: { readonly id: string }) {
  const t = useText()
  const day = useDay()
  const money = useMoney()
  const percent = usePercent()
  const client = useQueryClient()
  const barred = barredFromTerms(useAsker())
  const { data: one } = useSuspenseQuery(opportunityQuery(id))
  const [open, setOpen] = useState<Apart | 'change' | 'evidence' | null>(null)
  const { title, description, state, customer, contract, currency, valueMinor, probabilityBp, version } = one
  const { reason, reasonNote, againOn, owner, evidence, settledAt } = one
  async function move(to: OpportunityState) {
    await call(api.moveOpportunity, { params: { id }, body: { to }, match: version })
    await client.invalidateQueries({ queryKey: ['renewals'] })
    notify(t(`renewals.o-state.${to}`))
  }
  const close = () => setOpen(null)
  return (
    <Page
      title={title}
      lede={customer.name}
      crumb={<Link to="/renewals">{t('renewals.title')}</Link>}
      actions={
        barred === null &&
        settledAt === null && (
          <>
            {reachable(opportunityLifecycle, state).map((to) => (
              <Button key={to} onClick={() => (isApart(to) ? setOpen(to) : void move(to))}>
                {t(`renewals.o-step.${to}`)}
              </Button>
            ))}
            <Button onClick={() => setOpen('change')}>{t('renewals.change')}</Button>
          </>
        )
      }
      side={
        <>
          <SideSection title={t('renewals.opportunity')}>
            <Facts
              facts={[
                { name: t('renewals.state'), value: <OpportunityStateWord state={state} /> },
                {
                  name: t('renewals.value'),
                  value: valueMinor === null ? '–' : money({ amountMinor: valueMinor, currency }),
                },
                { name: t('renewals.probability'), value: percent(probabilityBp) },
                { name: t('renewals.owner'), value: owner?.name ?? '–' },
                ...(contract === null
                  ? []
                  : [
                      {
                        name: t('renewals.contract'),
                        value: (
                          <Link to="/contracts/$id" params={{ id: contract.id }}>
                            {contract.title}
                          </Link>
                        ),
                      },
                    ]),
                ...(reason === null ? [] : [{ name: t('renewals.reason'), value: t(`renewals.reason.${reason}`) }]),
                ...(againOn === null ? [] : [{ name: t('renewals.again-on'), value: day(againOn) }]),
              ]}
            />
            {reasonNote !== null && <p>{reasonNote}</p>}
          </SideSection>
          <WhatFollows origin={{ kind: 'opportunity', id }} customer={customer.id} />
        </>
      }
    >
      <Section title={t('renewals.description')}>
        <p>{description}</p>
      </Section>
      <Section
        title={t('renewals.evidence')}
        aside={
          barred === null &&
          settledAt === null && <Button onClick={() => setOpen('evidence')}>{t('renewals.evidence-add')}</Button>
        }
      >
        {evidence.length === 0 && <p className="pl-quiet">{t('renewals.evidence-none')}</p>}
        <ul>
          {evidence.map(({ id: key, origin, note }) => (
            <li key={key}>
              <OriginLink origin={origin} /> <span className="pl-quiet">{note}</span>
            </li>
          ))}
        </ul>
      </Section>
      {open === 'change' && <ChangeOpportunityDialog of={one} onClose={close} />}
      {open === 'evidence' && <EvidenceDialog of={one} onClose={close} />}
      {open !== null && isApart(open as OpportunityState) && (
        <SettleOpportunityDialog of={one} to={open as Apart} onClose={close} />
      )}
    </Page>
  )
}
