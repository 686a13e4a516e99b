import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import * as api from '#api/credits'
import type { CreditRegimeView, MonthCredit } from '#api/credits'
import { monthsAfter } from '#core/recurrence.ts'
import { call } from '#web/http/call.ts'
import { Empty } from '#web/ui/empty.tsx'
import { Facts } from '#web/ui/facts.tsx'
import { FieldRow, NumberField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { Page, Section } from '#web/ui/page.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useMoney } from '#web/ui/use-money.ts'
import { useNow } from '#web/ui/use-now.ts'
import { regimeQuery } from './queries.ts'

const route = getRouteApi('/shell/contracts/$id/trial')

type Terms = CreditRegimeView['terms']

/** What the contract says of credits, with worked examples, and what past months would cost if it said something else. */
export function TrialPage() {
  const t = useText()
  const { id } = route.useParams()
  const { data } = useSuspenseQuery(regimeQuery(id))
  const crumb = (
    <Link to="/contracts/$id" params={{ id }}>
      {t('contracts.back')}
    </Link>
  )
  if (data.regime === null) {
    return (
      <Page title={t('contracts.trial')} crumb={crumb}>
        <Empty title={t('contracts.trial')}>
          {t('contracts.no-regime')}{' '}
          <Link to="/contracts/$id/regime" params={{ id }}>
            {t('contracts.regime-write')}
          </Link>
        </Empty>
      </Page>
    )
  }
  const { regime, currency } = data
  return (
    <Page title={t('contracts.trial')} lede={t('contracts.trial-lede')} crumb={crumb}>
      <Trial id={id} terms={regime.terms} currency={currency} />
      <Regime id={id} regime={regime} />
      <Examples regime={regime} currency={currency} />
    </Page>
  )
}

function Regime({ id, regime: { terms } }: { readonly id: string; readonly regime: CreditRegimeView }) {
  const t = useText()
  const format = useFormat()
  const percent = (bp: number) => t('contracts.percent', { percent: format.number(bp / 100, 2) })
  const { kind, atRiskBp, perPointBp, repeat, singleEvent, periodCapBp, yearCap, earnBack, claimWithinDays, levels } =
    terms
  return (
    <Section
      title={t('contracts.regime')}
      aside={
        <Link to="/contracts/$id/regime" params={{ id }}>
          {t('contracts.regime-write')}
        </Link>
      }
    >
      <Facts
        facts={[
          { name: t('contracts.regime-kind'), value: t(`contracts.regime.${kind}`) },
          ...(kind === 'at-risk' ? [{ name: t('contracts.at-risk-share'), value: percent(atRiskBp) }] : []),
          ...(kind === 'points' || kind === 'gap'
            ? [{ name: t('contracts.per-point'), value: percent(perPointBp) }]
            : []),
          {
            name: t('contracts.repeat'),
            value: repeat.map((each) => `× ${format.number(each / 100, each % 100 === 0 ? 0 : 2)}`).join(', '),
          },
          { name: t('contracts.single-event'), value: t(singleEvent ? 'contracts.yes' : 'contracts.no') },
          {
            name: t('contracts.period-cap'),
            value:
              periodCapBp !== null
                ? percent(periodCapBp)
                : kind === 'at-risk'
                  ? t('contracts.at-risk-caps', { share: percent(atRiskBp) })
                  : '–',
          },
          { name: t('contracts.year-cap'), value: yearCap === null ? '–' : percent(yearCap.capBp) },
          {
            name: t('contracts.earn-back'),
            value:
              earnBack === null
                ? '–'
                : t(`contracts.earns-back.${earnBack.kind === 'average' ? earnBack.average : 'higher-target'}`),
          },
          {
            name: t('contracts.claim'),
            value: claimWithinDays === null ? '–' : t('contracts.days', { days: claimWithinDays }),
          },
          ...levels.map(({ name, targetPpm, allocationBp }) => ({
            name,
            value: `${percent(targetPpm / 100)}${kind === 'at-risk' ? t('contracts.allocation', { share: percent(allocationBp) }) : ''}`,
          })),
        ]}
      />
    </Section>
  )
}

/** In percent; what is empty is nothing. */
interface Tried {
  readonly atRisk: number | null
  readonly perPoint: number | null
  readonly cap: number | null
}

interface TrialProps {
  readonly id: string
  readonly terms: Terms
  readonly currency: string
}

function Trial({ id, terms, currency }: TrialProps) {
  const t = useText()
  const format = useFormat()
  const money = useMoney()
  const [tried, setTried] = useState(terms)
  const to = monthsAfter(`${useNow().toISOString().slice(0, 7)}-01`, -1).slice(0, 7)
  const from = monthsAfter(`${to}-01`, -11).slice(0, 7)
  const simulated = (of: Terms) => ({
    queryKey: ['contracts', 'trial', id, from, to, of],
    queryFn: ({ signal }: { readonly signal: AbortSignal }) =>
      call(api.simulateCredits, { params: { id }, body: { from, to, terms: of } }, signal),
  })
  const { data: says } = useQuery(simulated(terms))
  const { data: would } = useQuery(simulated(tried))
  const initial: Tried = {
    atRisk: terms.atRiskBp / 100,
    perPoint: terms.perPointBp / 100,
    cap: (terms.periodCapBp ?? 0) / 100,
  }
  const form = useForm({
    initial,
    async submit({ atRisk, perPoint, cap }) {
      setTried({
        ...terms,
        atRiskBp: Math.round((atRisk ?? 0) * 100),
        perPointBp: Math.round((perPoint ?? 0) * 100),
        periodCapBp: cap === 0 || cap === null ? null : Math.round(cap * 100),
      })
    },
  })
  const amount = (amountMinor: number | undefined) =>
    amountMinor === undefined ? '…' : money({ amountMinor, currency })
  const columns: readonly Column<MonthCredit>[] = [
    { key: 'month', head: t('contracts.month'), narrow: 'lead', cell: ({ month }) => format.month(month) },
    {
      key: 'missed',
      head: t('contracts.missed'),
      width: '34%',
      narrow: 'under',
      called: t('contracts.missed'),
      cell: ({ levels }) =>
        levels
          .filter(({ outcome }) => outcome === 'missed')
          .map(({ name }) => name)
          .join(', ') || '–',
    },
    {
      key: 'says',
      head: t('contracts.says-now'),
      width: '170px',
      numeric: true,
      narrow: 'under',
      called: t('contracts.says-now'),
      cell: ({ amountMinor }) => amount(amountMinor),
    },
    {
      key: 'would',
      head: t('contracts.would'),
      width: '170px',
      numeric: true,
      narrow: 'trail',
      cell: ({ month }) => amount(would?.months.find((each) => each.month === month)?.amountMinor),
    },
  ]
  return (
    <Section
      title={t('contracts.tried', { says: amount(says?.totalMinor), would: amount(would?.totalMinor) })}
      hint={t('contracts.tried-hint')}
    >
      <Form form={form} action={t('contracts.try-it')}>
        <FieldRow>
          {terms.kind === 'at-risk' && (
            <NumberField
              field={form.field('atRisk')}
              label={t('contracts.at-risk-share-field')}
              min={0}
              max={100}
              digits={2}
            />
          )}
          {(terms.kind === 'points' || terms.kind === 'gap') && (
            <NumberField
              field={form.field('perPoint')}
              label={t('contracts.per-point-field')}
              min={0}
              max={100}
              digits={2}
            />
          )}
          <NumberField field={form.field('cap')} label={t('contracts.cap-field')} min={0} max={100} digits={2} />
        </FieldRow>
      </Form>
      <Table
        dense
        label={t('contracts.trial')}
        columns={columns}
        rows={says?.months ?? []}
        rowKey={({ month }) => month}
      />
    </Section>
  )
}

function Examples({
  regime: { examples, terms },
  currency,
}: {
  readonly regime: CreditRegimeView
  readonly currency: string
}) {
  const t = useText()
  const format = useFormat()
  const money = useMoney()
  type Row = CreditRegimeView['examples'][number]
  const nameOf = (key: string) => terms.levels.find((level) => level.key === key)?.name ?? key
  const points = terms.kind === 'points' || terms.kind === 'points-table'
  const columns: readonly Column<Row>[] = [
    { key: 'level', head: t('contracts.level'), narrow: 'lead', cell: ({ level }) => nameOf(level) },
    {
      key: 'percent',
      head: t('contracts.reached'),
      width: '120px',
      numeric: true,
      narrow: 'under',
      cell: ({ percent }) => t('contracts.percent', { percent: format.number(percent, 2) }),
    },
    ...(points
      ? [
          {
            key: 'points',
            head: t('contracts.points'),
            width: '120px',
            numeric: true,
            narrow: 'under',
            cell: ({ points: each }: Row) => format.number(each / 100, 2),
          } as const,
        ]
      : []),
    {
      key: 'amount',
      head: t('contracts.credit'),
      width: '170px',
      numeric: true,
      narrow: 'trail',
      cell: ({ amountMinor }) => money({ amountMinor, currency }),
    },
  ]
  return (
    <Section
      title={t('contracts.examples')}
      hint={t('contracts.examples-hint', { basis: money({ amountMinor: examples[0]?.basisMinor ?? 0, currency }) })}
    >
      <Table
        dense
        label={t('contracts.examples')}
        columns={columns}
        rows={examples}
        rowKey={({ level, percent }) => `${level} ${percent}`}
      />
    </Section>
  )
}
