import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import * as api from '#api/renewals'
import type { Renewal, Scenario } from '#api/renewals'
import { call } from '#web/http/call.ts'
import { Button, TextButton } from '#web/ui/button.tsx'
import { Door } from '#web/ui/door.tsx'
import { Facts } from '#web/ui/facts.tsx'
import { Section } from '#web/ui/page.tsx'
import { State } from '#web/ui/state.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useMoney } from '#web/ui/use-money.ts'
import { usePercent } from './words.tsx'

interface Row {
  readonly key: string
  readonly name: string
  readonly year: Scenario['before']
  /** Null: as it is. */
  readonly scenario: Scenario | null
}

interface ScenariosProps {
  readonly of: Renewal
  /** Null: who reads may not try. */
  readonly onTry: (() => void) | null
}

/** The months that were beside what they would have been by other terms. */
export function Scenarios({ of: { scenarios, contract }, onTry }: ScenariosProps) {
  const t = useText()
  const money = useMoney()
  const format = useFormat()
  const percent = usePercent()
  const client = useQueryClient()
  const amount = (amountMinor: number) => money({ amountMinor, currency: contract.currency })
  const [first] = scenarios
  const share = ({ revenueMinor, creditsMinor, marginMinor }: Scenario['before']) => {
    const kept = revenueMinor - creditsMinor
    return kept === 0 ? '–' : percent(Math.round((marginMinor / kept) * 10_000))
  }
  async function drop(id: string) {
    await call(api.dropScenario, { params: { id } })
    await client.invalidateQueries({ queryKey: ['renewals'] })
  }
  const rows: readonly Row[] =
    first === undefined
      ? []
      : [
          { key: 'today', name: t('renewals.today'), year: first.before, scenario: null },
          ...scenarios.map((scenario) => ({ key: scenario.id, name: scenario.name, year: scenario.after, scenario })),
        ]
  const columns: readonly Column<Row>[] = [
    {
      key: 'name',
      head: t('renewals.scenario'),
      narrow: 'lead',
      cell: ({ name }) => name,
    },
    ...(['revenue', 'cost', 'credits'] as const).map((key) => ({
      key,
      head: t(`renewals.${key}`),
      width: '125px',
      numeric: true,
      narrow: 'under' as const,
      called: t(`renewals.${key}`),
      cell: (row: Row) => <Reckoned row={row} of={contract} figure={key} label={amount(row.year[`${key}Minor`])} />,
    })),
    {
      key: 'margin',
      head: t('renewals.margin'),
      width: '185px',
      numeric: true,
      narrow: 'trail',
      cell: (row) => (
        <Reckoned
          row={row}
          of={contract}
          figure="margin"
          label={`${amount(row.year.marginMinor)} · ${share(row.year)}`}
        />
      ),
    },
    ...(onTry === null
      ? []
      : [
          {
            key: 'drop',
            head: '',
            width: '95px',
            narrow: 'under',
            cell: ({ scenario }: Row) =>
              scenario !== null && (
                <TextButton onClick={() => void drop(scenario.id)}>{t('renewals.scenario-drop')}</TextButton>
              ),
          } as const,
        ]),
  ]
  const ppm = (targetPpm: number) => t('renewals.percent', { percent: format.number(targetPpm / 10_000, 2) })
  const would = ({ levels }: Scenario) =>
    levels
      .filter(({ targetPpm, newTargetPpm }) => targetPpm !== newTargetPpm)
      .map(({ name, targetPpm, newTargetPpm, missed, newMissed }) =>
        t('renewals.level-would', {
          name,
          now: ppm(newTargetPpm),
          before: ppm(targetPpm),
          missed: newMissed,
          was: missed,
        }),
      )
  return (
    <Section
      title={t('renewals.scenarios')}
      {...(first !== undefined && {
        hint: t('renewals.scenarios-hint', { from: format.month(first.of.from), to: format.month(first.of.to) }),
      })}
      aside={onTry !== null && <Button onClick={onTry}>{t('renewals.scenario-new')}</Button>}
    >
      {first === undefined ? (
        <p className="pl-quiet">{t('renewals.scenarios-none')}</p>
      ) : (
        <Table dense label={t('renewals.scenarios')} columns={columns} rows={rows} rowKey={({ key }) => key} />
      )}
      <ul>
        {scenarios.map((scenario) => (
          <li key={scenario.id}>
            <b>{scenario.name}:</b>{' '}
            {[
              t('renewals.term-of', { amount: amount(scenario.termMinor), months: scenario.terms.months }),
              ...would(scenario),
            ].join('; ')}{' '}
            {scenario.belowCommitted && <State is="soon">{t('renewals.below')}</State>}
          </li>
        ))}
      </ul>
    </Section>
  )
}

interface ReckonedProps {
  readonly row: Row
  readonly of: Renewal['contract']
  readonly figure: 'revenue' | 'cost' | 'credits' | 'margin'
  readonly label: string
}

/** A figure of a scenario: what it was in those months, what the terms make of it, and the way to the months. */
function Reckoned({ row: { name, year, scenario }, of: { id, currency }, figure, label }: ReckonedProps) {
  const t = useText()
  const format = useFormat()
  const money = useMoney()
  const percent = usePercent()
  const months = (
    <Link to="/contracts/$id/profit" params={{ id }}>
      {t('renewals.to-months')}
    </Link>
  )
  if (scenario === null)
    return (
      <Door label={label} title={`${name}: ${label}`} definition={t(`renewals.is.${figure}`)}>
        {months}
      </Door>
    )
  const { before, terms, of } = scenario
  const amount = (amountMinor: number) => money({ amountMinor, currency })
  const changed = figure === 'revenue' ? terms.priceBp : figure === 'cost' ? terms.costBp : null
  return (
    <Door
      label={label}
      title={`${name}: ${label}`}
      definition={t(`renewals.would.${figure}`)}
      period={t('renewals.from-to', { from: format.month(of.from), to: format.month(of.to) })}
    >
      <Facts
        small
        facts={[
          { name: t('renewals.today'), value: amount(before[`${figure}Minor`]) },
          ...(changed === null ? [] : [{ name: t('renewals.changes-by'), value: percent(changed) }]),
          { name: t('renewals.scenario'), value: amount(year[`${figure}Minor`]) },
        ]}
      />
      {figure === 'credits' ? (
        <Link to="/contracts/$id/trial" params={{ id }}>
          {t('renewals.to-trial')}
        </Link>
      ) : (
        months
      )}
    </Door>
  )
}
