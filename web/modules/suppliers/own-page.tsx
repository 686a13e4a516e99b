import { useSuspenseQuery } from '@tanstack/react-query'
import type { OwnSupplier } from '#api/suppliers'
import { daysAfter } from '#core/recurrence.ts'
import { Empty } from '#web/ui/empty.tsx'
import { Page, Section } from '#web/ui/page.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useMoney } from '#web/ui/use-money.ts'
import { OwnClaims, OwnTickets } from './own-tickets.tsx'
import { PoolSection } from './pool-section.tsx'
import { ownSuppliersQuery } from './queries.ts'
import { useDay } from './words.tsx'

/** What whoever coordinates at a supplier has to do, and what was agreed with them. Nothing here is of anybody else. */
export function OwnSuppliersPage() {
  const t = useText()
  const { data } = useSuspenseQuery(ownSuppliersQuery())
  const orders = data.flatMap(({ contracts }) => contracts.flatMap(({ pools }) => pools.flatMap((pool) => pool.orders)))
  const waiting = orders.filter(({ state }) => state === 'ordered').length
  return (
    <Page
      title={data.length === 0 ? t('suppliers.own') : t('suppliers.own-case', { waiting })}
      lede={t('suppliers.own-lede')}
    >
      {data.length === 0 && <Empty title={t('suppliers.own')}>{t('suppliers.own-none')}</Empty>}
      {data
        .flatMap(({ contracts }) => contracts)
        .map((contract) => (
          <OwnContract key={contract.id} contract={contract} />
        ))}
    </Page>
  )
}

type Contract = OwnSupplier['contracts'][number]

function OwnContract({ contract }: { readonly contract: Contract }) {
  const t = useText()
  const day = useDay()
  const format = useFormat()
  const money = useMoney()
  const { title, number, endsOn, noticeDays, currency, pools, invoices, promises, claims } = contract
  const columns: readonly Column<Contract['invoices'][number]>[] = [
    {
      key: 'month',
      head: t('suppliers.month'),
      width: '150px',
      narrow: 'under',
      cell: ({ month }) => format.month(month),
    },
    { key: 'reference', head: t('suppliers.reference'), narrow: 'lead', cell: ({ reference }) => reference },
    {
      key: 'amount',
      head: t('suppliers.invoiced'),
      width: '160px',
      numeric: true,
      narrow: 'trail',
      cell: ({ amountMinor }) => money({ amountMinor, currency }),
    },
  ]
  return (
    <>
      {pools.map((pool) => (
        <PoolSection key={pool.id} pool={pool} currency={currency} own />
      ))}
      <Section
        title={title}
        hint={t('suppliers.own-contract', {
          number,
          ends: endsOn === null ? 'none' : 'some',
          on: day(endsOn === null ? null : daysAfter(endsOn, -1)),
          days: noticeDays,
        })}
      >
        <Table
          dense
          label={t('suppliers.invoices')}
          columns={columns}
          rows={invoices}
          rowKey={({ id }) => id}
          empty={t('suppliers.no-invoices')}
        />
      </Section>
      <OwnTickets promises={promises} />
      <OwnClaims claims={claims} currency={currency} />
    </>
  )
}
