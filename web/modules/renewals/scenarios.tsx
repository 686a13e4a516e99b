import { useQueryClient } from '@tanstack/react-query'
import * as api from '#api/renewals'
import type { Renewal, Scenario } from '#api/renewals'
import { call } from '#web/http/call.ts'
import { Button, TextButton } from '#web/ui/button.tsx'
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
      cell: ({ year }: Row) => amount(year[`${key}Minor`]),
    })),
    {
      key: 'margin',
      head: t('renewals.margin'),
      width: '185px',
      numeric: true,
      narrow: 'trail',
      cell: ({ year }) => `${amount(year.marginMinor)} · ${share(year)}`,
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
