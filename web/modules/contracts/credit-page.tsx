import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import * as api from '#api/credits'
import { barredFromContracting, type Credit, creditLifecycle, type CreditState, type StatedLevel } from '#api/credits'
import { reachable } from '#core/lifecycle.ts'
import { call } from '#web/http/call.ts'
import { WhatFollows } from '#web/modules/actions/index.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Button, TextButton } from '#web/ui/button.tsx'
import { DoorLink } from '#web/ui/door.tsx'
import { Facts } from '#web/ui/facts.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Page, Section, SideSection } from '#web/ui/page.tsx'
import { State } from '#web/ui/state.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useMoney } from '#web/ui/use-money.ts'
import { useNow } from '#web/ui/use-now.ts'
import { CauseDialog } from './cause-dialog.tsx'
import { DisputeDialog } from './dispute-dialog.tsx'
import { Disputes } from './disputes.tsx'
import { LevelFigure } from './level-figure.tsx'
import { creditQuery } from './queries.ts'
import { useLineText } from './use-line-text.ts'
import { CreditStateWord, useDay } from './words.tsx'

const route = getRouteApi('/shell/credits/$id')

/** A credit's statement: what each level came to, and the whole reckoning line by line. */
export function CreditPage() {
  const t = useText()
  const format = useFormat()
  const money = useMoney()
  const client = useQueryClient()
  const asker = useAsker()
  const { id } = route.useParams()
  const { data: credit } = useSuspenseQuery(creditQuery(id))
  const [disputing, setDisputing] = useState(false)
  const [causing, setCausing] = useState<string | null>(null)
  const { contract, month, state, currency, amountMinor, uncappedMinor, basisMinor, version, chargedIn } = credit
  const amount = (minor: number) => money({ amountMinor: minor, currency })
  const manages = barredFromContracting(asker) === null
  const disputes = state === 'notified' && (manages || asker.access === 'customer')

  async function move(to: CreditState) {
    await call(api.moveCredit, { params: { id }, body: { to }, match: version })
    await client.invalidateQueries({ queryKey: ['contracts'] })
    notify(t(`contracts.credit-state.${to}`))
  }
  const reckonsAgain = manages && (state === 'calculated' || state === 'internal-review')
  async function reckon() {
    await call(api.calculateCredit, { params: { id: contract.id }, body: { month } })
    await client.invalidateQueries({ queryKey: ['contracts'] })
    notify(t('contracts.calculated'))
  }
  return (
    <Page
      title={t('contracts.credit-title', { amount: amount(amountMinor), month: format.month(month) })}
      lede={t('contracts.credit-lede', { basis: amount(basisMinor), when: format.instant(credit.calculatedAt) })}
      crumb={
        <Link to="/contracts/$id" params={{ id: contract.id }}>
          {contract.title}
        </Link>
      }
      actions={
        <>
          {manages &&
            reachable(creditLifecycle, state)
              .filter((to) => to !== 'disputed' && to !== 'earned-back')
              .map((to) => (
                <Button key={to} onClick={() => void move(to)}>
                  {t(`contracts.credit-step.${to}`)}
                </Button>
              ))}
          {reckonsAgain && <Button onClick={() => void reckon()}>{t('contracts.reckon')}</Button>}
          {disputes && <Button onClick={() => setDisputing(true)}>{t('contracts.dispute')}</Button>}
        </>
      }
      side={
        <>
          <SideSection title={t('contracts.credit')}>
            <Facts
              facts={[
                { name: t('contracts.state'), value: <CreditStateWord state={state} /> },
                { name: t('contracts.customer'), value: credit.customer.name },
                {
                  name: t('contracts.basis'),
                  value: (
                    <DoorLink to="/contracts/$id" params={{ id: contract.id }} search={{ month }}>
                      {amount(basisMinor)}
                    </DoorLink>
                  ),
                },
                { name: t('contracts.uncapped'), value: amount(uncappedMinor) },
                { name: t('contracts.credit'), value: amount(amountMinor) },
                ...(credit.provisional ? [{ name: t('contracts.earn-back'), value: t('contracts.provisional') }] : []),
                ...(chargedIn === null
                  ? []
                  : [
                      {
                        name: t('contracts.charged-in'),
                        value: (
                          <Link to="/contracts/$id" params={{ id: contract.id }} search={{ month: chargedIn }}>
                            {format.month(chargedIn)}
                          </Link>
                        ),
                      },
                    ]),
              ]}
            />
          </SideSection>
          <WhatFollows origin={{ kind: 'service-credit', id }} customer={credit.customer.id} />
        </>
      }
    >
      <Disputes contractId={contract.id} creditId={id} />
      <Levels credit={credit} manages={manages} onCause={reckonsAgain ? setCausing : null} />
      <Reckoning credit={credit} />
      {causing && <CauseDialog credit={credit} level={causing} onClose={() => setCausing(null)} />}
      {disputing && (
        <DisputeDialog
          amountMinor={amountMinor}
          currency={currency}
          dispute={(body) => call(api.disputeCredit, { params: { id }, body })}
          done={t('contracts.credit-state.disputed')}
          onClose={() => setDisputing(false)}
        />
      )}
    </Page>
  )
}

interface LevelsProps {
  readonly credit: Credit
  readonly manages: boolean
  /** Says what the one cause of a miss was; null where it is not reckoned again any more. */
  readonly onCause: ((level: string) => void) | null
}

function Levels({ credit, manages, onCause }: LevelsProps) {
  const t = useText()
  const client = useQueryClient()
  const format = useFormat()
  const money = useMoney()
  const day = useDay()
  const navigate = useNavigate()
  const asker = useAsker()
  const { currency, month, customer, levels, returns, state, claims } = credit
  const told = state === 'notified' || (manages && (state === 'calculated' || state === 'internal-review'))
  const mayClaim = told && (manages || asker.access === 'customer')
  const today = useNow().toISOString().slice(0, 10)
  const claimable = (level: string) =>
    mayClaim ? claims.find((each) => each.level === level && each.claimBy >= today) : undefined
  async function claim(level: string) {
    await call(api.claimCredit, { params: { id: credit.id }, body: { level } })
    notify(t('contracts.claimed'))
    // The customer sees it again once it is told anew.
    if (!manages) await navigate({ to: '/contracts/$id', params: { id: credit.contract.id } })
    await client.invalidateQueries({ queryKey: ['contracts'] })
  }
  const givesBack = manages && (state === 'applied' || state === 'earned-back') && credit.earnsBack
  async function giveBack(level: string) {
    await call(api.returnCreditLevel, { params: { id: credit.id }, body: { level } })
    await client.invalidateQueries({ queryKey: ['contracts'] })
    notify(t('contracts.given-back'))
  }
  const columns: readonly Column<StatedLevel>[] = [
    { key: 'name', head: t('contracts.level'), narrow: 'lead', cell: ({ name }) => name },
    {
      key: 'figure',
      head: t('contracts.reached'),
      width: '100px',
      numeric: true,
      narrow: 'under',
      cell: ({ numerator, denominator, source }) => (
        <LevelFigure
          numerator={numerator}
          denominator={denominator}
          source={source}
          month={month}
          customer={customer.id}
        />
      ),
    },
    {
      key: 'target',
      head: t('contracts.target'),
      width: '80px',
      numeric: true,
      narrow: 'hidden',
      cell: ({ targetPpm }) => t('contracts.percent', { percent: format.number(targetPpm / 10_000, 2) }),
    },
    {
      key: 'standing',
      head: t('contracts.state'),
      width: givesBack ? '130px' : '30%',
      narrow: 'under',
      cell: ({ level, standing, outcome, event }) => (
        <>
          <State is={outcome === 'met' ? 'met' : outcome === 'missed' ? 'miss' : 'none'}>
            {t(`contracts.standing.${standing}`)}
          </State>{' '}
          {onCause !== null && outcome === 'missed' && (
            <TextButton onClick={() => onCause(level)}>{event ?? t('contracts.cause-say')}</TextButton>
          )}
          <Claim claim={claimable(level)} day={day} onClaim={() => void claim(level)} />
        </>
      ),
    },
    {
      key: 'share',
      head: t('contracts.credit'),
      width: '120px',
      numeric: true,
      narrow: 'trail',
      cell: ({ shareMinor }) => money({ amountMinor: shareMinor, currency }),
    },
    ...(givesBack
      ? [
          {
            key: 'back',
            head: t('contracts.earn-back'),
            width: '24%',
            narrow: 'under',
            cell: ({ level, shareMinor }: StatedLevel) => {
              const back = returns.find((each) => each.level === level)
              if (back !== undefined)
                return t('contracts.back-in', { month: back.chargedIn === null ? '–' : format.month(back.chargedIn) })
              return (
                shareMinor > 0 && (
                  <TextButton onClick={() => void giveBack(level)}>{t('contracts.give-back')}</TextButton>
                )
              )
            },
          } as const,
        ]
      : []),
  ]
  return (
    <Section
      title={t('contracts.levels')}
      hint={levels.some(({ source }) => source !== null) && t('contracts.levels-hint')}
    >
      <Table dense label={t('contracts.levels')} columns={columns} rows={levels} rowKey={({ level }) => level} />
    </Section>
  )
}

interface ClaimProps {
  readonly claim: Credit['claims'][number] | undefined
  readonly day: (date: string) => string
  readonly onClaim: () => void
}

function Claim({ claim, day, onClaim }: ClaimProps) {
  const t = useText()
  return (
    claim !== undefined && (
      <>
        <TextButton onClick={onClaim}>{t('contracts.claim-do')}</TextButton>{' '}
        <span className="pl-quiet">{t('contracts.claim-until', { day: day(claim.claimBy) })}</span>
      </>
    )
  )
}

function Reckoning({ credit: { lines, levels, currency } }: { readonly credit: Credit }) {
  const t = useText()
  const say = useLineText(currency)
  const nameOf = (key: string) => levels.find(({ level }) => level === key)?.name ?? key
  return (
    <Section title={t('contracts.reckoning')} hint={t('contracts.reckoning-hint')}>
      <ol>
        {lines.map((line, index) => (
          <li key={index}>
            {line.level !== null && <b>{nameOf(line.level)}: </b>}
            {say(line, nameOf)}
          </li>
        ))}
      </ol>
    </Section>
  )
}
