import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Contract } from '#api/contracts'
import type { Outlook } from '#api/credits'
import { Door } from '#web/ui/door.tsx'
import { Section } from '#web/ui/page.tsx'
import { type Standing, State } from '#web/ui/state.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useMoney } from '#web/ui/use-money.ts'
import classes from './earn-back-ledger.module.css'
import { creditsQuery } from './queries.ts'

type Entry = Outlook['ledger'][number]

const standing: Readonly<Record<Entry['outcome'], Standing>> = {
  provisional: 'runs',
  'earned-back': 'met',
  kept: 'none',
}

interface EarnBackLedgerProps {
  readonly contract: Contract
  readonly outlook: Outlook
}

/** Credits that may be earned back, were, or were not: how much of all of them each is, and what is still missing. */
export function EarnBackLedger({ contract, outlook: { currency, ledger, levels } }: EarnBackLedgerProps) {
  const t = useText()
  const format = useFormat()
  const money = useMoney()
  const amount = (amountMinor: number) => money({ amountMinor, currency })
  const percent = (value: number) => format.number(value, 2)
  const sum = (outcome: Entry['outcome']) =>
    ledger.filter((each) => each.outcome === outcome).reduce((all, { creditMinor }) => all + creditMinor, 0)
  const most = Math.max(1, ...ledger.map(({ creditMinor }) => creditMinor))
  const nameOf = (key: string) => levels.find(({ level }) => level === key)?.name ?? key
  const columns: readonly Column<Entry>[] = [
    {
      key: 'level',
      head: t('contracts.level'),
      narrow: 'lead',
      cell: ({ level, month }) => (
        <>
          {nameOf(level)}{' '}
          <span className="pl-quiet">{t('contracts.earn-back.since', { from: format.month(month) })}</span>
        </>
      ),
    },
    {
      key: 'amount',
      head: t('contracts.credit'),
      width: '165px',
      numeric: true,
      narrow: 'trail',
      cell: (entry) => (
        <span className={classes.amount}>
          <span className={classes.track} aria-hidden>
            <span
              className={`${classes.bar} ${classes[entry.outcome]}`}
              style={{ width: `${(entry.creditMinor / most) * 100}%` }}
            />
          </span>
          <Door
            label={amount(entry.creditMinor)}
            title={`${nameOf(entry.level)}: ${amount(entry.creditMinor)}`}
            definition={t(entry.average === null ? 'contracts.earn-back.by-target' : 'contracts.earn-back.by-average')}
            period={t('contracts.earn-back.since', { from: format.month(entry.month) })}
          >
            <Credits contract={contract} entry={entry} />
          </Door>
        </span>
      ),
    },
    {
      key: 'average',
      head: t('contracts.earn-back.reached'),
      width: '158px',
      narrow: 'under',
      cell: ({ average, neededPpm }) =>
        t('contracts.earn-back.of-needed', {
          average: average === null ? '–' : percent((average.numerator / average.denominator) * 100),
          needed: percent(neededPpm / 10_000),
        }),
    },
    {
      key: 'outcome',
      head: t('contracts.state'),
      width: '205px',
      narrow: 'under',
      cell: ({ outcome, creditMinor, returnedMinor }) =>
        outcome === 'earned-back' && returnedMinor < creditMinor ? (
          <State is="soon">
            {t('contracts.earn-back.to-return', {
              amount: amount(creditMinor - returnedMinor),
              some: returnedMinor > 0 ? 'yes' : 'no',
            })}
          </State>
        ) : (
          <State is={standing[outcome]}>{t(`contracts.earn-back.is.${outcome}`)}</State>
        ),
    },
  ]
  return (
    <Section
      title={t('contracts.earn-back.case', {
        provisional: amount(sum('provisional')),
        back: amount(sum('earned-back')),
        kept: amount(sum('kept')),
      })}
      hint={t('contracts.earn-back.hint')}
    >
      <Table
        dense
        label={t('contracts.earn-back')}
        columns={columns}
        rows={ledger}
        rowKey={({ level, month }) => `${level} ${month}`}
      />
    </Section>
  )
}

/** What each month has of an entry, with the way to its credit where there is one already. */
function Credits({ contract, entry: { months, level } }: { readonly contract: Contract; readonly entry: Entry }) {
  const t = useText()
  const format = useFormat()
  const money = useMoney()
  const { data: credits } = useSuspenseQuery(creditsQuery(contract.id))
  if (months.length === 0) return <p className="pl-quiet">{t('contracts.earn-back.no-credits')}</p>
  return (
    <ul>
      {months.map(({ month, amountMinor }) => {
        const credit = credits.find((each) => each.month === month)
        return (
          <li key={`${level} ${month}`}>
            {credit === undefined ? (
              format.month(month)
            ) : (
              <Link to="/credits/$id" params={{ id: credit.id }}>
                {format.month(month)}
              </Link>
            )}
            : {money({ amountMinor, currency: contract.currency })}
          </li>
        )
      })}
    </ul>
  )
}
