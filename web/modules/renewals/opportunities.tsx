import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Opportunity } from '#api/renewals'
import { Empty } from '#web/ui/empty.tsx'
import { Section } from '#web/ui/page.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useMoney } from '#web/ui/use-money.ts'
import { opportunitiesQuery } from './queries.ts'
import { OpportunityStateWord, usePercent } from './words.tsx'

/** What more could be done, with what the open ones are worth by how likely they are: each currency by itself. */
export function Opportunities({ customer }: { readonly customer: string | undefined }) {
  const t = useText()
  const money = useMoney()
  const format = useFormat()
  const percent = usePercent()
  const { data: all } = useSuspenseQuery(opportunitiesQuery(customer))
  const open = all.filter(({ settledAt, state }) => settledAt === null && state !== 'deferred')
  const weighed = [...Map.groupBy(open, ({ currency }) => currency)].map(([currency, of]) => {
    const minor = of.reduce((sum, { valueMinor, probabilityBp }) => sum + (valueMinor ?? 0) * (probabilityBp ?? 0), 0)
    return money({ amountMinor: Math.round(minor / 10_000), currency })
  })
  const columns: readonly Column<Opportunity>[] = [
    {
      key: 'title',
      head: t('renewals.opportunity'),
      narrow: 'lead',
      cell: ({ id, title, customer: { name } }) => (
        <>
          <Link to="/opportunities/$id" params={{ id }}>
            {title}
          </Link>{' '}
          <span className="pl-quiet">{name}</span>
        </>
      ),
    },
    {
      key: 'value',
      head: t('renewals.value'),
      width: '150px',
      numeric: true,
      narrow: 'under',
      called: t('renewals.value'),
      cell: ({ valueMinor, currency }) => (valueMinor === null ? '–' : money({ amountMinor: valueMinor, currency })),
    },
    {
      key: 'probability',
      head: t('renewals.probability'),
      width: '150px',
      numeric: true,
      narrow: 'under',
      called: t('renewals.probability'),
      cell: ({ probabilityBp }) => percent(probabilityBp),
    },
    {
      key: 'reason',
      head: t('renewals.reason'),
      width: '190px',
      narrow: 'under',
      cell: ({ reason }) => (reason === null ? '' : t(`renewals.reason.${reason}`)),
    },
    {
      key: 'state',
      head: t('renewals.state'),
      width: '150px',
      narrow: 'trail',
      cell: ({ state }) => <OpportunityStateWord state={state} />,
    },
  ]
  return (
    <Section
      title={t('renewals.opportunities')}
      {...(weighed.length > 0 && { hint: t('renewals.opportunities-hint', { amount: format.list(weighed) }) })}
    >
      <Table
        dense
        label={t('renewals.opportunities')}
        columns={columns}
        rows={all}
        rowKey={({ id }) => id}
        empty={<Empty title={t('renewals.opportunities-none')}>{t('renewals.opportunities-none-hint')}</Empty>}
      />
    </Section>
  )
}
