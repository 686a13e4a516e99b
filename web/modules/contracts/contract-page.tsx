import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import * as api from '#api/contracts'
import {
  barredFromCharges,
  barredFromContracting,
  barredFromTerms,
  type Contract,
  contractLifecycle,
  type ContractState,
} from '#api/contracts'
import { reachable } from '#core/lifecycle.ts'
import { barredFromInside } from '#core/may.ts'
import { daysAfter } from '#core/recurrence.ts'
import { call } from '#web/http/call.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Button } from '#web/ui/button.tsx'
import { Facts } from '#web/ui/facts.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Page, Section, SideSection } from '#web/ui/page.tsx'
import { useText } from '#web/ui/text.tsx'
import { ContractCharges } from './contract-charges.tsx'
import { ContractCredits } from './contract-credits.tsx'
import { ContractObligations } from './contract-obligations.tsx'
import { ContractTimeline } from './contract-timeline.tsx'
import { Disputes } from './disputes.tsx'
import { contractQuery } from './queries.ts'
import { ContractStateWord, useDay } from './words.tsx'

const route = getRouteApi('/shell/contracts/$id')

/** One contract: what it may cost this month, its credits and charges, and what both sides owe each other. */
export function ContractPage() {
  const t = useText()
  const client = useQueryClient()
  const asker = useAsker()
  const { id } = route.useParams()
  const { data: contract } = useSuspenseQuery(contractQuery(id))
  const { title, number, customer, state, version } = contract
  const unseen = barredFromCharges(asker)
  const barred = barredFromContracting(asker)
  const terms = barredFromTerms(asker)

  async function move(to: ContractState) {
    await call(api.moveContract, { params: { id }, body: { to }, match: version })
    await client.invalidateQueries({ queryKey: ['contracts'] })
    notify(t(`contracts.state.${to}`))
  }
  return (
    <Page
      title={title}
      lede={t('contracts.one-lede', { customer: customer.name, number })}
      crumb={<Link to="/contracts">{t('contracts.title')}</Link>}
      actions={
        barred === null && (
          <>
            <Link to="/contracts/$id/profit" params={{ id }}>
              {t('contracts.margin')}
            </Link>
            <Link to="/contract-changes" search={{ contract: id }}>
              {t('contracts.changes')}
            </Link>
            {terms === null &&
              reachable(contractLifecycle, state).map((to) => (
                <Button key={to} onClick={() => void move(to)}>
                  {t(`contracts.step.${to as 'live'}`)}
                </Button>
              ))}
          </>
        )
      }
      side={<Terms contract={contract} />}
    >
      {unseen === null ? (
        <>
          <ContractCredits contract={contract} inside={barredFromInside(asker) === null} />
          <ContractCharges contract={contract} />
          <Disputes contractId={id} />
        </>
      ) : (
        <Section title={t('contracts.money')}>
          <p className="pl-quiet">{t(unseen)}</p>
        </Section>
      )}
      <ContractTimeline contract={contract} />
      <ContractObligations contract={contract} />
    </Page>
  )
}

function Terms({ contract }: { readonly contract: Contract }) {
  const t = useText()
  const day = useDay()
  const { state, startsOn, endsOn, currency, versions, nextDay } = contract
  const holds = versions[0]
  const names = (of: readonly { readonly name: string }[] | undefined) =>
    of === undefined || of.length === 0 ? t('contracts.all') : of.map(({ name }) => name).join(', ')
  return (
    <>
      <SideSection title={t('contracts.terms')}>
        <Facts
          facts={[
            { name: t('contracts.state'), value: <ContractStateWord state={state} /> },
            { name: t('contracts.starts'), value: day(startsOn) },
            {
              name: t('contracts.last-day-of-it'),
              value: endsOn === null ? t('contracts.no-end') : day(daysAfter(endsOn, -1)),
            },
            { name: t('contracts.notice'), value: t('contracts.days', { days: holds?.noticeDays ?? 0 }) },
            ...(nextDay === null
              ? []
              : [
                  {
                    name: t('contracts.next-day'),
                    value: `${day(nextDay.on)}: ${t(`contracts.day.${nextDay.kind}`, { name: nextDay.name ?? '', party: 'provider' })}`,
                  },
                ]),
            { name: t('contracts.currency'), value: currency },
            { name: t('contracts.services'), value: names(holds?.services) },
            { name: t('contracts.sites'), value: names(holds?.sites) },
            ...(holds?.governingLaw ? [{ name: t('contracts.law'), value: holds.governingLaw }] : []),
          ]}
        />
      </SideSection>
      <SideSection title={t('contracts.versions')}>
        <Facts
          small
          facts={versions.map(({ number, validFrom, validTo }) => ({
            name: String(number),
            value:
              validTo === null
                ? t('contracts.from-on', { from: day(validFrom) })
                : t('contracts.from-to', { from: day(validFrom), to: day(daysAfter(validTo, -1)) }),
          }))}
        />
      </SideSection>
    </>
  )
}
