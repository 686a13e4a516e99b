import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import * as api from '#api/contract-changes'
import { barredFromTerms, type Change, changeLifecycle, type ChangeState } from '#api/contract-changes'
import { reachable } from '#core/lifecycle.ts'
import { call } from '#web/http/call.ts'
import { usePriceText } from '#web/modules/contracts/index.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Button } from '#web/ui/button.tsx'
import { Facts } from '#web/ui/facts.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Page, Section, SideSection } from '#web/ui/page.tsx'
import { State } from '#web/ui/state.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useMoney } from '#web/ui/use-money.ts'
import { SignDialog, WorkDialog } from './change-dialogs.tsx'
import { changeQuery } from './queries.ts'
import { ChangeStateWord } from './words.tsx'
import { WriteDialog } from './write-dialog.tsx'

const route = getRouteApi('/shell/contract-changes/$id')

/** While what it does may be said anew. */
const unsettled: ReadonlySet<ChangeState> = new Set(['requested', 'impact-assessment', 'offered', 'negotiation'])

/** One change: what it does, how far it is, and what was worked for it before it was signed. */
export function ChangePage() {
  const t = useText()
  const format = useFormat()
  const client = useQueryClient()
  const { id } = route.useParams()
  const { data: change } = useSuspenseQuery(changeQuery(id))
  const [open, setOpen] = useState<'sign' | 'work' | 'write' | null>(null)
  const barred = barredFromTerms(useAsker())
  const { number, title, contract, customer, state, version, description, scopeImpact, levelImpact, margin } = change
  async function move(to: ChangeState) {
    await call(api.moveChange, { params: { id }, body: { to }, match: version })
    await client.invalidateQueries({ queryKey: ['changes'] })
    notify(t(`changes.state.${to}`))
  }
  const over = state === 'closed' || state === 'rejected' || state === 'lapsed'
  return (
    <Page
      title={t('changes.named', { number, title })}
      lede={t('changes.one-lede', { customer: customer.name, contract: contract.title })}
      crumb={
        <Link to="/contract-changes" search={{ contract: contract.id }}>
          {t('changes.title')}
        </Link>
      }
      actions={
        barred === null && (
          <>
            {reachable(changeLifecycle, state).map((to) => (
              <Button key={to} onClick={() => (to === 'signed' ? setOpen('sign') : void move(to))}>
                {t(`changes.step.${to as 'offered'}`)}
              </Button>
            ))}
            {unsettled.has(state) && <Button onClick={() => setOpen('write')}>{t('changes.write')}</Button>}
            {!over && <Button onClick={() => setOpen('work')}>{t('changes.book-work')}</Button>}
          </>
        )
      }
      side={<Side change={change} />}
    >
      {margin !== null && margin.atRiskMinutes > 0 && (
        <p>
          <State is="soon">
            {t('changes.leaking', {
              time: format.duration(margin.atRiskMinutes * 60_000),
              signed: change.signedOn === null ? 'no' : 'yes',
            })}
          </State>
        </p>
      )}
      <Section title={t('changes.description')}>
        <p>{description}</p>
      </Section>
      {scopeImpact !== null && (
        <Section title={t('changes.scope')}>
          <p>{scopeImpact}</p>
        </Section>
      )}
      {levelImpact !== null && (
        <Section title={t('changes.levels')}>
          <p>{levelImpact}</p>
        </Section>
      )}
      <Prices change={change} />
      {open === 'sign' && <SignDialog change={change} onClose={() => setOpen(null)} />}
      {open === 'write' && <WriteDialog change={change} onClose={() => setOpen(null)} />}
      {open === 'work' && <WorkDialog change={change} onClose={() => setOpen(null)} />}
    </Page>
  )
}

function Prices({ change: { prices, contract } }: { readonly change: Change }) {
  const t = useText()
  const format = useFormat()
  const inWords = usePriceText(contract.currency)
  if (prices.length === 0) return null
  return (
    <Section title={t('changes.price')} hint={t('changes.price-hint')}>
      <ul>
        {prices.map(({ line, name, validFrom, terms }) => (
          <li key={`${line} ${name}`}>
            {t('changes.priced', { name, month: format.month(validFrom), price: inWords(terms, null) })}
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Side({ change }: { readonly change: Change }) {
  const t = useText()
  const format = useFormat()
  const money = useMoney()
  const { state, origin, offerValidUntil, signedOn, effectiveFrom, producedNumber, margin, contract } = change
  const day = (on: string | null) => (on === null ? '–' : format.date(new Date(`${on}T12:00:00Z`), 'UTC'))
  const amount = (amountMinor: number) => money({ amountMinor, currency: contract.currency })
  return (
    <>
      <SideSection title={t('changes.change')}>
        <Facts
          facts={[
            { name: t('changes.state'), value: <ChangeStateWord state={state} /> },
            { name: t('changes.origin'), value: t(`changes.origin.${origin}`) },
            { name: t('changes.valid-until'), value: day(offerValidUntil) },
            { name: t('changes.signed-on'), value: day(signedOn) },
            { name: t('changes.effective-from'), value: day(effectiveFrom) },
            {
              name: t('changes.contract'),
              value: (
                <Link to="/contracts/$id" params={{ id: contract.id }}>
                  {producedNumber === null
                    ? contract.title
                    : t('changes.produced', { title: contract.title, number: producedNumber })}
                </Link>
              ),
            },
          ]}
        />
      </SideSection>
      {margin !== null && (
        <SideSection title={t('changes.margin')}>
          <Facts
            facts={[
              { name: t('changes.revenue'), value: amount(margin.revenueMinor) },
              { name: t('changes.cost'), value: amount(margin.costMinor) },
              { name: t('changes.leaves'), value: amount(margin.revenueMinor - margin.costMinor) },
              { name: t('changes.worked'), value: format.duration(margin.workedMinutes * 60_000) },
              { name: t('changes.leakage'), value: format.duration(margin.atRiskMinutes * 60_000) },
            ]}
          />
        </SideSection>
      )}
    </>
  )
}
