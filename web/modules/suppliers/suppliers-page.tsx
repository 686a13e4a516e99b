import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { barredFromContracting, barredFromEverybodysMoney, type SupplierLine } from '#api/suppliers'
import { daysAfter } from '#core/recurrence.ts'
import { ReadersOnly, useAsker } from '#web/modules/people/index.ts'
import { Button } from '#web/ui/button.tsx'
import { DoorLink } from '#web/ui/door.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { Page } from '#web/ui/page.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useMoney } from '#web/ui/use-money.ts'
import { NewSupplierDialog } from './contract-dialogs.tsx'
import { suppliersQuery } from './queries.ts'
import { SupplierStateWord, useDay } from './words.tsx'

const route = getRouteApi('/shell/suppliers')

/** All suppliers beside each other: what each costs, keeps and leaves short. */
export function SuppliersPage() {
  const t = useText()
  return (
    <ReadersOnly barredFrom={barredFromContracting} title={t('suppliers.title')}>
      <Suppliers />
    </ReadersOnly>
  )
}

function Suppliers() {
  const t = useText()
  const { customer } = route.useSearch()
  const asker = useAsker()
  const { data } = useSuspenseQuery(suppliersQuery(customer))
  const [adds, setAdds] = useState(false)
  const barred = barredFromEverybodysMoney(asker)
  const watched = data.filter(({ state }) => state === 'watch' || state === 'exiting').length
  return (
    <Page
      title={data.length === 0 ? t('suppliers.title') : t('suppliers.case', { watched })}
      lede={t('suppliers.lede')}
      actions={
        <Button main barred={barred && t(barred)} onClick={() => setAdds(true)}>
          {t('suppliers.add')}
        </Button>
      }
    >
      <SupplierTable suppliers={data} />
      {adds && <NewSupplierDialog onClose={() => setAdds(false)} />}
    </Page>
  )
}

function SupplierTable({ suppliers }: { readonly suppliers: readonly SupplierLine[] }) {
  const t = useText()
  const format = useFormat()
  const money = useMoney()
  const day = useDay()
  const columns: readonly Column<SupplierLine>[] = [
    {
      key: 'name',
      head: t('suppliers.supplier'),
      narrow: 'lead',
      cell: ({ id, name, tier }) => (
        <>
          <Link to="/suppliers/$id" params={{ id }}>
            {name}
          </Link>{' '}
          <span className="pl-quiet">{t(`suppliers.tier.${tier}`)}</span>
        </>
      ),
    },
    {
      key: 'state',
      head: t('suppliers.state'),
      width: '180px',
      narrow: 'trail',
      cell: ({ state }) => <SupplierStateWord state={state} />,
    },
    {
      key: 'spend',
      head: t('suppliers.spend'),
      width: '160px',
      numeric: true,
      narrow: 'under',
      called: t('suppliers.spend'),
      cell: ({ id, spend }) =>
        spend.length === 0 ? (
          '–'
        ) : (
          <DoorLink to="/suppliers/$id" params={{ id }}>
            {spend.map((each) => money(each)).join(' + ')}
          </DoorLink>
        ),
    },
    {
      key: 'kept',
      head: t('suppliers.kept'),
      width: '150px',
      numeric: true,
      narrow: 'under',
      called: t('suppliers.kept'),
      cell: ({ id, kept }) => (
        <DoorLink to="/suppliers/$id" params={{ id }}>
          {kept === null ? t('ui.state.none') : format.ratio(kept)}
        </DoorLink>
      ),
    },
    {
      key: 'short',
      head: t('suppliers.short'),
      width: '130px',
      numeric: true,
      narrow: 'under',
      called: t('suppliers.short'),
      cell: ({ id, shortUnits }) => (
        <DoorLink to="/suppliers/$id" params={{ id }}>
          {format.number(shortUnits)}
        </DoorLink>
      ),
    },
    {
      key: 'ends',
      head: t('suppliers.ends'),
      width: '140px',
      narrow: 'hidden',
      cell: ({ endsOn }) => (endsOn === null ? '–' : day(daysAfter(endsOn, -1))),
    },
  ]
  return (
    <Table
      dense
      keys
      label={t('suppliers.title')}
      columns={columns}
      rows={suppliers}
      rowKey={({ id }) => id}
      empty={<Empty title={t('suppliers.none')}>{t('suppliers.none-hint')}</Empty>}
    />
  )
}
