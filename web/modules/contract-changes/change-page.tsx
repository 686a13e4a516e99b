import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import * as api from '#api/contract-changes'
import { barredFromTerms, type Change, changeLifecycle, type ChangeState } from '#api/contract-changes'
import { barredFromTrying } from '#api/what-if'
import { reachable } from '#core/lifecycle.ts'
import { call } from '#web/http/call.ts'
import { usePriceText } from '#web/modules/contracts/index.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Button, TextButton } from '#web/ui/button.tsx'
import { Facts } from '#web/ui/facts.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Page, Section, SideSection } from '#web/ui/page.tsx'
import { State } from '#web/ui/state.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useMoney } from '#web/ui/use-money.ts'
import { SignDialog, WorkDialog } from './change-dialogs.tsx'
import { MarginDoor, WorkDoor } from './doors.tsx'
import { changedAgreementQuery, changeQuery } from './queries.ts'
import { ReachesBack } from './reaches-back.tsx'
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
          </>
        )
      }
      side={<Side change={change} book={barred === null && !over ? () => setOpen('work') : null} />}
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
      <Section
        title={t('changes.description')}
        aside={
          barred === null &&
          unsettled.has(state) && <Button onClick={() => setOpen('write')}>{t('changes.write')}</Button>
        }
      >
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
      <ReachesBack change={change} />
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

interface SideProps {
  readonly change: Change
  /** Null: nothing is booked on it any more, or not by this person. */
  readonly book: (() => void) | null
}

function Side({ change, book }: SideProps) {
  const t = useText()
  const format = useFormat()
  const money = useMoney()
  const { id, state, origin, offerValidUntil, signedOn, effectiveFrom, producedNumber, margin, contract } = change
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
      {change.agreementId !== null && change.agreementVersionId !== null && (
        <Agreement id={change.agreementId} versionId={change.agreementVersionId} />
      )}
      {margin !== null && (
        <SideSection title={t('changes.margin')}>
          <Facts
            facts={[
              { name: t('changes.revenue'), value: amount(margin.revenueMinor) },
              { name: t('changes.cost'), value: amount(margin.costMinor) },
              { name: t('changes.leaves'), value: <MarginDoor margin={margin} currency={contract.currency} /> },
              { name: t('changes.worked'), value: <WorkDoor id={id} minutes={margin.workedMinutes} /> },
              { name: t('changes.leakage'), value: <WorkDoor id={id} minutes={margin.atRiskMinutes} /> },
            ]}
          />
          {book && <TextButton onClick={book}>{t('changes.book-work')}</TextButton>}
        </SideSection>
      )}
    </>
  )
}

/** The version of an agreement that it puts in force, and what that would have made of what is over. */
function Agreement({ id, versionId }: { readonly id: string; readonly versionId: string }) {
  const t = useText()
  const barred = barredFromTrying(useAsker())
  const { data: agreement } = useSuspenseQuery(changedAgreementQuery(id))
  const number = agreement.versions.find((each) => each.id === versionId)?.number ?? 0
  return (
    <SideSection title={t('changes.agreement')}>
      <p>
        <Link to="/agreements/$id" params={{ id }}>
          {t('changes.agreement-version', { name: agreement.name, number })}
        </Link>
      </p>
      {barred === null && (
        <p>
          <Link to="/what-ifs/new" search={{ agreement: id, version: versionId }}>
            {t('changes.try-draft')}
          </Link>
        </p>
      )}
    </SideSection>
  )
}
