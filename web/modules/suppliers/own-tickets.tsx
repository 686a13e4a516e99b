import type { OwnSupplier } from '#api/suppliers'
import { Untold } from '#web/app/untold.tsx'
import { Section } from '#web/ui/page.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useMoney } from '#web/ui/use-money.ts'
import { ClaimStateWord, PromiseStateWord } from './words.tsx'

type Contract = OwnSupplier['contracts'][number]
type Promised = Contract['promises'][number]
type Claimed = Contract['claims'][number]

/** A supplier’s own tickets by the clocks that run for it: numbers and weights, and nothing that was written in them. */
export function OwnTickets({ promises }: { readonly promises: readonly Promised[] }) {
  const t = useText()
  const format = useFormat()
  const over = promises.filter(({ state }) => state === 'met' || state === 'breached-stopped')
  const columns: readonly Column<Promised>[] = [
    {
      key: 'number',
      head: t('suppliers.ticket'),
      width: '150px',
      narrow: 'lead',
      cell: ({ number }) => number ?? <Untold />,
    },
    {
      key: 'what',
      head: t('suppliers.promised'),
      narrow: 'under',
      cell: ({ priority, metric, service }) =>
        [`${t(`agreements.metric.${metric}`)} ${priority.toUpperCase()}`, service].filter(Boolean).join(', '),
    },
    {
      key: 'due',
      head: t('suppliers.due'),
      width: '200px',
      narrow: 'under',
      called: t('suppliers.due'),
      cell: ({ dueAt }) => (dueAt === null ? '–' : format.instant(dueAt)),
    },
    {
      key: 'state',
      head: t('suppliers.state'),
      width: '160px',
      narrow: 'trail',
      cell: ({ state }) => <PromiseStateWord state={state} />,
    },
  ]
  return (
    <Section
      title={t('suppliers.own-tickets')}
      hint={t('suppliers.own-tickets-hint', {
        kept: over.filter(({ state }) => state === 'met').length,
        all: over.length,
      })}
    >
      <Table
        dense
        label={t('suppliers.own-tickets')}
        columns={columns}
        rows={promises}
        rowKey={({ number, metric, startedAt }, index) => [number ?? index, metric, startedAt?.getTime()].join(' ')}
        empty={t('suppliers.no-tickets')}
      />
    </Section>
  )
}

/** What is claimed back of it. */
export function OwnClaims({ claims, currency }: { readonly claims: readonly Claimed[]; readonly currency: string }) {
  const t = useText()
  const format = useFormat()
  const money = useMoney()
  if (claims.length === 0) return null
  const columns: readonly Column<Claimed>[] = [
    { key: 'month', head: t('suppliers.month'), narrow: 'lead', cell: ({ month }) => format.month(month) },
    {
      key: 'cases',
      head: t('suppliers.cases'),
      width: '160px',
      numeric: true,
      narrow: 'under',
      called: t('suppliers.cases'),
      cell: ({ missedWith }) => format.number(missedWith),
    },
    {
      key: 'amount',
      head: t('suppliers.claimable'),
      width: '160px',
      numeric: true,
      narrow: 'trail',
      cell: ({ amountMinor, recoveredMinor }) => money({ amountMinor: recoveredMinor ?? amountMinor, currency }),
    },
    {
      key: 'state',
      head: t('suppliers.state'),
      width: '180px',
      narrow: 'under',
      cell: ({ state }) => <ClaimStateWord state={state} />,
    },
  ]
  return (
    <Section title={t('suppliers.own-claims')}>
      <Table
        dense
        label={t('suppliers.own-claims')}
        columns={columns}
        rows={claims}
        rowKey={({ month, amountMinor, claimedOn }) => [month, amountMinor, claimedOn].join(' ')}
      />
    </Section>
  )
}
