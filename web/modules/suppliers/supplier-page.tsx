import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import * as api from '#api/suppliers'
import { barredFromContracting, barredFromEverybodysMoney, type Supplier, supplierLifecycle } from '#api/suppliers'
import { reachable } from '#core/lifecycle.ts'
import { barredBeyondBooks } from '#core/may.ts'
import { monthsAfter } from '#core/recurrence.ts'
import { call } from '#web/http/call.ts'
import { ReadersOnly, useAsker } from '#web/modules/people/index.ts'
import { AmountFileDialog } from '#web/ui/amount-file-dialog.tsx'
import { Button, Buttons, TextButton } from '#web/ui/button.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { Facts } from '#web/ui/facts.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Page, Section, SideSection } from '#web/ui/page.tsx'
import { State } from '#web/ui/state.tsx'
import { useText } from '#web/ui/text.tsx'
import { Trend } from '#web/ui/trend.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { ClaimsSection } from './claims-section.tsx'
import { NewSupplierDialog, PoolDialog, SupplierContractDialog } from './contract-dialogs.tsx'
import { CallOffDialog } from './order-dialogs.tsx'
import { PoolSection } from './pool-section.tsx'
import { RateDialog, SignInDialog } from './rate-dialogs.tsx'
import { supplierQuery } from './queries.ts'
import { SupplierForums } from './supplier-forums.tsx'
import { SupplierMonths } from './supplier-months.tsx'
import { useNow } from '#web/ui/use-now.ts'
import { SupplierStateWord, useDay } from './words.tsx'

const route = getRouteApi('/shell/suppliers/$id')

/** One supplier: what it promised and kept, its capacity, and what it costs. */
export function SupplierPage() {
  const t = useText()
  const { id } = route.useParams()
  return (
    <ReadersOnly barredFrom={barredFromContracting} title={t('suppliers.title')}>
      <TheSupplier id={id} />
    </ReadersOnly>
  )
}

function TheSupplier({ id }: { readonly id: string }) {
  const t = useText()
  const client = useQueryClient()
  const { data: supplier } = useSuspenseQuery(supplierQuery(id))
  const asker = useAsker()
  const barred = barredFromContracting(asker)
  const [open, setOpen] = useState<'write' | 'contract' | null>(null)
  const { name, tier, state, version, contracts } = supplier
  const missed = contracts.flatMap(({ kept }) => kept).reduce((sum, each) => sum + each.missed, 0)
  const short = contracts.flatMap(({ pools }) => pools).flatMap(({ use }) => use)
  const shortUnits = short.reduce((sum, each) => sum + each.short, 0)
  const steps = reachable(supplierLifecycle, state)
  async function move(to: (typeof steps)[number]) {
    await call(api.moveSupplier, { params: { id }, body: { to }, match: version })
    await client.invalidateQueries({ queryKey: ['suppliers'] })
    notify(t(`suppliers.state.${to}`))
  }
  return (
    <Page
      title={t('suppliers.one-case', { name, missed, short: shortUnits })}
      lede={t('suppliers.one-lede', { tier: t(`suppliers.tier.${tier}`) })}
      crumb={<Link to="/suppliers">{t('suppliers.title')}</Link>}
      actions={
        barred === null && (
          <>
            {steps.map((to) => (
              <Button key={to} onClick={() => void move(to)}>
                {t(`suppliers.step.${to}`)}
              </Button>
            ))}
            <Button onClick={() => setOpen('write')}>{t('suppliers.write')}</Button>
            <Button onClick={() => setOpen('contract')}>{t('suppliers.add-contract')}</Button>
          </>
        )
      }
      side={<Side supplier={supplier} />}
    >
      {contracts.length === 0 && <Empty title={t('suppliers.no-contract')}>{t('suppliers.no-contract-hint')}</Empty>}
      {contracts.map((contract) => (
        <Agreed key={contract.id} contract={contract} barred={barred && t(barred)} />
      ))}
      {barredBeyondBooks(asker) === null && <SupplierForums id={id} name={name} />}
      {open === 'write' && <NewSupplierDialog supplier={supplier} onClose={() => setOpen(null)} />}
      {open === 'contract' && <SupplierContractDialog id={id} onClose={() => setOpen(null)} />}
    </Page>
  )
}

function Side({ supplier }: { readonly supplier: Supplier }) {
  const t = useText()
  const day = useDay()
  const { state, tier, contact, certifications, exitPlan, exitPlanTriedOn, people } = supplier
  const barred = barredFromEverybodysMoney(useAsker())
  const [adding, setAdding] = useState(false)
  const yearAgo = monthsAfter(useNow().toISOString().slice(0, 10), -12)
  return (
    <>
      <SideSection title={t('suppliers.supplier')}>
        <Facts
          facts={[
            { name: t('suppliers.state'), value: <SupplierStateWord state={state} /> },
            { name: t('suppliers.tier'), value: t(`suppliers.tier.${tier}`) },
            { name: t('suppliers.contact'), value: contact === null ? '–' : <Contact text={contact} /> },
            { name: t('suppliers.certifications'), value: certifications ?? '–' },
            {
              name: t('suppliers.signs-in'),
              value: people.map((each) => each.name).join(', ') || t('suppliers.nobody'),
            },
          ]}
        />
        {barred === null && (
          <p>
            <TextButton onClick={() => setAdding(true)}>{t('suppliers.sign-in-add')}</TextButton>
          </p>
        )}
      </SideSection>
      <SideSection title={t('suppliers.exit-plan')}>
        <p>{exitPlan ?? <span className="pl-quiet">{t('suppliers.no-exit-plan')}</span>}</p>
        {exitPlan === null
          ? tier === 'critical' && <State is="miss">{t('suppliers.exit-plan-missing')}</State>
          : exitPlanTriedOn !== null && (
              <p className="pl-quiet">{t('suppliers.tried', { day: day(exitPlanTriedOn) })}</p>
            )}
        {exitPlan !== null && (exitPlanTriedOn === null || exitPlanTriedOn < yearAgo) && (
          <State is="soon">{t(exitPlanTriedOn === null ? 'suppliers.never-tried' : 'suppliers.tried-long-ago')}</State>
        )}
      </SideSection>
      {adding && <SignInDialog id={supplier.id} onClose={() => setAdding(false)} />}
    </>
  )
}

type Contract = Supplier['contracts'][number]

function Agreed({ contract, barred }: { readonly contract: Contract; readonly barred: string | null }) {
  const t = useText()
  const day = useDay()
  const client = useQueryClient()
  const [open, setOpen] = useState<string | null>(null)
  const { id, title, number, customer, noticeOn, agreement, recoveryBp, missedWith, pools, currency } = contract
  const [priced, setPriced] = useState<string | null>(null)
  const called = pools.find((pool) => pool.id === open)
  const dearer = pools.find((pool) => pool.id === priced)
  const today = useNow().toISOString().slice(0, 10)
  return (
    <>
      <Section
        title={title}
        hint={t('suppliers.contract-says', {
          customer: customer.name,
          number,
          notice: noticeOn === null ? 'none' : noticeOn < today ? 'over' : 'some',
          on: day(noticeOn),
        })}
        aside={
          <Buttons>
            <Button barred={barred} onClick={() => setOpen('invoices')}>
              {t('suppliers.take-invoices')}
            </Button>
            <Button barred={barred} onClick={() => setOpen('pool')}>
              {t('suppliers.add-pool')}
            </Button>
          </Buttons>
        }
      >
        {agreement !== null && (
          <p>
            {t('suppliers.missed-with', { count: missedWith, share: recoveryBp / 100 })}{' '}
            <Link to="/agreements/$id" params={{ id: agreement.id }}>
              {agreement.name}
            </Link>
          </p>
        )}
        <SupplierMonths contract={contract} />
      </Section>
      <ClaimsSection contract={contract} barred={barred} />
      {pools.map((pool) => (
        <PoolSection
          key={pool.id}
          pool={pool}
          currency={currency}
          aside={
            <Buttons>
              <Button barred={barred} onClick={() => setPriced(pool.id)}>
                {t('suppliers.new-price')}
              </Button>
              <Button barred={barred} onClick={() => setOpen(pool.id)}>
                {t('suppliers.call-off')}
              </Button>
            </Buttons>
          }
        >
          <PoolTrend pool={pool} />
        </PoolSection>
      ))}
      {open === 'invoices' && (
        <AmountFileDialog
          title={t('suppliers.take-invoices')}
          hint={t('suppliers.file-hint')}
          onTake={async (body) => {
            const { taken, known } = await call(api.importSupplierInvoices, { params: { id }, body })
            await client.invalidateQueries({ queryKey: ['suppliers'] })
            notify(t('suppliers.taken', { taken, known }))
          }}
          onClose={() => setOpen(null)}
        />
      )}
      {open === 'pool' && <PoolDialog contract={contract} onClose={() => setOpen(null)} />}
      {dearer !== undefined && <RateDialog pool={dearer} currency={currency} onClose={() => setPriced(null)} />}
      {called !== undefined && <CallOffDialog pool={called} onClose={() => setOpen(null)} />}
    </>
  )
}

/** How much of what was called off was accepted, month by month, and how much of the capacity was used. */
function PoolTrend({ pool: { name, use } }: { readonly pool: Contract['pools'][number] }) {
  const t = useText()
  const format = useFormat()
  const measured = use.filter(({ filled }) => filled !== null).toReversed()
  if (measured.length < 2) return null
  const points = measured.map(({ month, accepted, ordered, committed }) => ({
    label: format.month(month),
    value: (accepted / ordered) * 100,
    written: t('suppliers.filled-in', { accepted, ordered, committed }),
  }))
  return <Trend label={t('suppliers.filled-of', { name })} points={points} />
}

/** How to reach somebody: parts below each other, an address broken at its sign and nowhere else. */
function Contact({ text }: { readonly text: string }) {
  return text.split(', ').map((part, index) => (
    <span key={index}>
      {index > 0 && <br />}
      {part.split('@').map((piece, at) => (
        <span key={at}>
          {at > 0 && (
            <>
              @<wbr />
            </>
          )}
          {piece}
        </span>
      ))}
    </span>
  ))
}
