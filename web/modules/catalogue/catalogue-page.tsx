import { useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { barredFromCatalogue, type CatalogueItem, said } from '#api/catalogue'
import { useAsker } from '#web/modules/people/index.ts'
import { RequestTabs } from '#web/modules/requests/index.ts'
import { Button, LinkButton } from '#web/ui/button.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { Page } from '#web/ui/page.tsx'
import { SearchInAddress } from '#web/ui/search-in-address.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useLanguage, useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useMoney } from '#web/ui/use-money.ts'
import { ItemState } from './item-state.tsx'
import { itemsQuery } from './queries.ts'

const route = getRouteApi('/shell/catalogue')

/** What people can order. */
export function CataloguePage() {
  const t = useText()
  const language = useLanguage()
  const format = useFormat()
  const money = useMoney()
  const barred = barredFromCatalogue(useAsker())
  const { q, customer, contact, caller } = route.useSearch()
  const offered = contact !== undefined
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = useSuspenseInfiniteQuery(
    itemsQuery({ q, customer: caller ?? customer, offered }),
  )
  const columns: readonly Column<CatalogueItem>[] = [
    {
      key: 'name',
      head: t('catalogue.item'),
      narrow: 'lead',
      cell: ({ id, name }) =>
        contact === undefined ? (
          <Link to="/catalogue/$id" params={{ id }}>
            {said(name, language)}
          </Link>
        ) : (
          <Link to="/portal/order/$item" params={{ item: id }} search={{ contact }}>
            {said(name, language)}
          </Link>
        ),
    },
    {
      key: 'customer',
      head: t('catalogue.for'),
      width: '20%',
      narrow: 'under',
      cell: ({ customer: whose, sites }) =>
        [whose?.name ?? t('catalogue.every-customer'), ...sites.map(({ name }) => name)].join(', '),
    },
    {
      key: 'fields',
      head: t('catalogue.fields-short'),
      width: '80px',
      numeric: true,
      narrow: 'hidden',
      cell: ({ fields }) => fields.length,
    },
    {
      key: 'approval',
      head: t('catalogue.approval'),
      width: '130px',
      narrow: 'hidden',
      cell: ({ withApproval }) => t(withApproval ? 'catalogue.with-approval' : 'catalogue.without-approval'),
    },
    {
      key: 'planned',
      head: t('catalogue.planned'),
      width: '110px',
      numeric: true,
      narrow: 'under',
      cell: ({ plannedSeconds }) => format.durationCell(plannedSeconds * 1000),
    },
    {
      key: 'price',
      head: t('catalogue.price'),
      width: '110px',
      numeric: true,
      narrow: 'under',
      cell: ({ price }) => (price === null ? '–' : money(price)),
    },
    {
      key: 'state',
      head: t('catalogue.state'),
      width: '150px',
      narrow: 'trail',
      cell: ({ state }) => <ItemState state={state} />,
    },
  ]
  return (
    <Page
      title={t('catalogue.title')}
      lede={t(offered ? 'catalogue.for-contact' : 'catalogue.lede')}
      actions={
        barred === null ? (
          <LinkButton to="/catalogue/new" main>
            {t('catalogue.new')}
          </LinkButton>
        ) : (
          <Button barred={t(barred)}>{t('catalogue.new')}</Button>
        )
      }
    >
      <RequestTabs />
      <SearchInAddress label={t('catalogue.search')} words={q ?? ''} />
      <Table
        dense
        keys
        label={t('catalogue.title')}
        columns={columns}
        rows={data.pages.flatMap(({ items }) => items)}
        rowKey={({ id }) => id}
        more={{ has: hasNextPage, busy: isFetchingNextPage, load: () => void fetchNextPage() }}
        empty={<Empty title={t('catalogue.none')}>{t('catalogue.none-more')}</Empty>}
      />
    </Page>
  )
}
