import { useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import type { Contract } from '#api/contracts'
import * as api from '#api/credits'
import { barredFromContracting, barredFromTerms, type ListedCredit, type Outlook } from '#api/credits'
import { monthsAfter } from '#core/recurrence.ts'
import { call } from '#web/http/call.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Button } from '#web/ui/button.tsx'
import { DoorLink } from '#web/ui/door.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Section } from '#web/ui/page.tsx'
import { State } from '#web/ui/state.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useMoney } from '#web/ui/use-money.ts'
import { useNow } from '#web/ui/use-now.ts'
import { EarnBackLedger } from './earn-back-ledger.tsx'
import { LevelFigure } from './level-figure.tsx'
import { creditsQuery, outlookQuery, regimeQuery } from './queries.ts'
import { CreditStateWord } from './words.tsx'

interface ContractCreditsProps {
  readonly contract: Contract
  /** For the provider’s eyes: what is at risk, and how far rights to terminate are. */
  readonly inside: boolean
}

/** What missed targets may cost this month, and what they cost before. */
export function ContractCredits({ contract, inside }: ContractCreditsProps) {
  return (
    <>
      {inside && <AtRisk contract={contract} />}
      <Credits contract={contract} inside={inside} />
    </>
  )
}

function AtRisk({ contract }: { readonly contract: Contract }) {
  const t = useText()
  const barred = barredFromTerms(useAsker())
  const { data } = useSuspenseQuery(regimeQuery(contract.id))
  const outlook = useQuery({ ...outlookQuery(contract.id), enabled: data.regime !== null })
  if (data.regime === null || outlook.data === undefined) {
    return (
      <Section
        title={t('contracts.at-risk')}
        aside={
          data.regime === null &&
          barred === null && (
            <Link to="/contracts/$id/regime" params={{ id: contract.id }}>
              {t('contracts.regime-write')}
            </Link>
          )
        }
      >
        <p className="pl-quiet">{t(data.regime === null ? 'contracts.no-regime' : 'contracts.reckoning-now')}</p>
      </Section>
    )
  }
  return (
    <>
      <OutlookTable contract={contract} outlook={outlook.data} />
      {outlook.data.ledger.length > 0 && <EarnBackLedger contract={contract} outlook={outlook.data} />}
    </>
  )
}

function OutlookTable({ contract, outlook }: { readonly contract: Contract; readonly outlook: Outlook }) {
  const t = useText()
  const format = useFormat()
  const money = useMoney()
  const { currency, month, soFarMinor, worstMinor, basisMinor, levels, triggers } = outlook
  const amount = (amountMinor: number) => money({ amountMinor, currency })
  const nameOf = (key: string | null) => levels.find(({ level }) => level === key)?.name ?? ''
  type Row = Outlook['levels'][number]
  const columns: readonly Column<Row>[] = [
    { key: 'name', head: t('contracts.level'), narrow: 'lead', cell: ({ name }) => name },
    {
      key: 'figure',
      head: t('contracts.so-far'),
      width: '170px',
      numeric: true,
      narrow: 'trail',
      cell: ({ met, failed, source }) => (
        <LevelFigure
          numerator={met}
          denominator={met + failed}
          source={source}
          month={month}
          customer={contract.customer.id}
        />
      ),
    },
    {
      key: 'open',
      head: t('contracts.running'),
      width: '30%',
      narrow: 'under',
      cell: ({ openMissed, dueSoon }) => t('contracts.running-of', { openMissed, dueSoon }),
    },
    {
      key: 'outcome',
      head: t('contracts.state'),
      width: '170px',
      narrow: 'under',
      cell: ({ outcome, worst }) => (
        <State is={outcome === 'missed' ? 'miss' : worst === 'missed' ? 'soon' : outcome === 'met' ? 'met' : 'none'}>
          {t(outcome !== 'missed' && worst === 'missed' ? 'contracts.outcome.at-risk' : `contracts.outcome.${outcome}`)}
        </State>
      ),
    },
  ]
  return (
    <Section
      title={t('contracts.at-risk-of', {
        month: format.month(month),
        soFar: amount(soFarMinor),
        worst: amount(worstMinor),
      })}
      hint={t('contracts.at-risk-hint', { basis: amount(basisMinor) })}
      aside={
        <Link to="/contracts/$id/trial" params={{ id: contract.id }}>
          {t('contracts.try')}
        </Link>
      }
    >
      <Table dense label={t('contracts.at-risk')} columns={columns} rows={levels} rowKey={({ level }) => level} />
      <ul>
        {triggers.map(({ kind, level, reached, have, need, left }) => (
          <li key={kind}>
            <State is={reached ? 'miss' : 'none'}>
              {t(reached ? `contracts.trigger-reached.${kind}` : `contracts.trigger.${kind}`, {
                level: nameOf(level),
                have: kind === 'cap-share' ? amount(have) : have / (kind === 'points' ? 100 : 1),
                need: kind === 'cap-share' ? amount(need) : need / (kind === 'points' ? 100 : 1),
                left: kind === 'cap-share' ? amount(left) : left / (kind === 'points' ? 100 : 1),
              })}
            </State>
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Credits({ contract, inside }: ContractCreditsProps) {
  const t = useText()
  const format = useFormat()
  const money = useMoney()
  const navigate = useNavigate()
  const client = useQueryClient()
  const barred = barredFromContracting(useAsker())
  const { data: credits } = useSuspenseQuery(creditsQuery(contract.id))
  const lastMonth = monthsAfter(`${useNow().toISOString().slice(0, 7)}-01`, -1).slice(0, 7)
  const columns: readonly Column<ListedCredit>[] = [
    {
      key: 'month',
      head: t('contracts.month'),
      narrow: 'lead',
      cell: ({ id, month }) => (
        <Link to="/credits/$id" params={{ id }}>
          {format.month(month)}
        </Link>
      ),
    },
    {
      key: 'amount',
      head: t('contracts.credit'),
      width: '190px',
      numeric: true,
      narrow: 'trail',
      cell: ({ id, amountMinor, currency }) => (
        <DoorLink to="/credits/$id" params={{ id }}>
          {money({ amountMinor, currency })}
        </DoorLink>
      ),
    },
    {
      key: 'basis',
      head: t('contracts.basis'),
      width: '190px',
      numeric: true,
      narrow: 'hidden',
      cell: ({ month, basisMinor, currency }) => (
        <DoorLink to="/contracts/$id" params={{ id: contract.id }} search={{ month }}>
          {money({ amountMinor: basisMinor, currency })}
        </DoorLink>
      ),
    },
    {
      key: 'state',
      head: t('contracts.state'),
      width: '30%',
      narrow: 'under',
      cell: ({ state, provisional, amountMinor }) => (
        <>
          <CreditStateWord state={state} />{' '}
          {provisional && amountMinor > 0 && <span className="pl-quiet">{t('contracts.provisional')}</span>}
        </>
      ),
    },
  ]

  async function calculate() {
    const { id } = await call(api.calculateCredit, { params: { id: contract.id }, body: { month: lastMonth } })
    await client.invalidateQueries({ queryKey: ['contracts'] })
    notify(t('contracts.calculated'))
    await navigate({ to: '/credits/$id', params: { id } })
  }
  return (
    <Section
      title={t('contracts.credits')}
      hint={t('contracts.credits-hint', { side: inside ? 'inside' : 'outside' })}
      aside={
        barred === null && !credits.some(({ month }) => month === lastMonth) ? (
          <Button onClick={() => void calculate()}>
            {t('contracts.calculate', { month: format.month(lastMonth) })}
          </Button>
        ) : undefined
      }
    >
      <Table
        dense
        label={t('contracts.credits')}
        columns={columns}
        rows={credits}
        rowKey={({ id }) => id}
        empty={t('contracts.no-credits')}
      />
    </Section>
  )
}
