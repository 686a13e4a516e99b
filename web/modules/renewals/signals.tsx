import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { barredFromTerms, type OpportunitySignal } from '#api/renewals'
import { useAsker } from '#web/modules/people/index.ts'
import { TextButton } from '#web/ui/button.tsx'
import { Section } from '#web/ui/page.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useMoney } from '#web/ui/use-money.ts'
import { NewOpportunityDialog } from './opportunity-dialogs.tsx'
import { signalsQuery } from './queries.ts'

/** Where records say that more is needed than was agreed; each leads to them and may become an opportunity. */
export function Signals({ customer }: { readonly customer: string | undefined }) {
  const t = useText()
  const say = useSignalText()
  const barred = barredFromTerms(useAsker())
  const { data: signals } = useSuspenseQuery(signalsQuery(customer))
  const [from, setFrom] = useState<OpportunitySignal | null>(null)
  return (
    <Section title={t('renewals.signals')} hint={t('renewals.signals-hint')}>
      {signals.length === 0 && <p className="pl-quiet">{t('renewals.signals-none')}</p>}
      <ul>
        {signals.map((signal) => (
          <li key={[signal.kind, signal.customer.id, signal.contract?.id, signal.what].join(' ')}>
            <Records of={signal}>{say(signal)}</Records>{' '}
            <span className="pl-quiet">
              {[signal.customer.name, signal.contract?.title].filter(Boolean).join(', ')}
            </span>{' '}
            {barred === null && <TextButton onClick={() => setFrom(signal)}>{t('renewals.signal-make')}</TextButton>}
          </li>
        ))}
      </ul>
      {from !== null && (
        <NewOpportunityDialog
          customer={from.customer.id}
          description={say(from)}
          contract={from.contract}
          onClose={() => setFrom(null)}
        />
      )}
    </Section>
  )
}

function Records({ of: { kind, contract }, children }: { readonly of: OpportunitySignal; readonly children: string }) {
  if (contract === null) return <Link to="/requests/cost">{children}</Link>
  const { id } = contract
  if (kind === 'asked-changes') {
    return (
      <Link to="/contract-changes" search={{ contract: id }}>
        {children}
      </Link>
    )
  }
  return (
    <Link to={kind === 'unpaid-work' ? '/contracts/$id/profit' : '/contracts/$id'} params={{ id }}>
      {children}
    </Link>
  )
}

function useSignalText(): (signal: OpportunitySignal) => string {
  const t = useText()
  const format = useFormat()
  const money = useMoney()
  return ({ kind, what, count, amountMinor, contract }) =>
    t(`renewals.signal.${kind}`, {
      what: what ?? '',
      count,
      time: format.duration(count * 60_000),
      amount: contract === null ? '' : money({ amountMinor: amountMinor ?? 0, currency: contract.currency }),
    })
}
