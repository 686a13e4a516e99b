import { useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useDeferredValue } from 'react'
import type { Customer } from '#api/customers'
import { barredFromManaging } from '#core/may.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Button, LinkButton } from '#web/ui/button.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { Page } from '#web/ui/page.tsx'
import { SearchInAddress } from '#web/ui/search-in-address.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { customerListQuery } from './queries.ts'
import { useLanguageName } from './language-name.ts'

const route = getRouteApi('/shell/customers')

/** For whom services are kept running. */
export function CustomersPage() {
  const t = useText()
  const format = useFormat()
  const languageName = useLanguageName()
  const barred = barredFromManaging(useAsker())
  const { q = '' } = route.useSearch()
  const sought = useDeferredValue(q)
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = useSuspenseInfiniteQuery(customerListQuery(sought))
  const customers = data.pages.flatMap(({ items }) => items)
  const columns: readonly Column<Customer>[] = [
    {
      key: 'name',
      head: t('customers.name'),
      narrow: 'lead',
      cell: ({ id, name }) => (
        <Link to="/customers/$id" params={{ id }}>
          {name}
        </Link>
      ),
    },
    { key: 'key', head: t('customers.key'), width: '110px', narrow: 'trail', cell: ({ key }) => key },
    {
      key: 'kind',
      head: t('customers.kind'),
      width: '150px',
      narrow: 'hidden',
      cell: ({ kind }) => t(`customers.kind.${kind}`),
    },
    {
      key: 'zone',
      head: t('customers.zone'),
      width: '220px',
      narrow: 'under',
      cell: ({ timeZone }) => format.zone(timeZone),
    },
    {
      key: 'language',
      head: t('customers.language'),
      width: '120px',
      narrow: 'hidden',
      cell: ({ language }) => languageName(language),
    },
  ]
  const nothing = q === '' && customers.length === 0
  return (
    <Page
      title={t('customers.list.title')}
      lede={t('customers.list.lede')}
      actions={
        barred !== null ? (
          <Button barred={t(barred)}>{t('customers.new')}</Button>
        ) : (
          !nothing && (
            <LinkButton to="/customers/new" main>
              {t('customers.new')}
            </LinkButton>
          )
        )
      }
    >
      {!nothing && <SearchInAddress label={t('customers.list.search')} words={q} />}
      <Table
        dense
        keys
        label={t('customers.list.title')}
        columns={columns}
        rows={customers}
        rowKey={({ id }) => id}
        more={{ has: hasNextPage, busy: isFetchingNextPage, load: () => void fetchNextPage() }}
        empty={
          q === '' ? (
            <Empty
              title={t('customers.list.none')}
              actions={
                barred === null && (
                  <>
                    <LinkButton to="/imports" main>
                      {t('customers.list.import')}
                    </LinkButton>
                    <LinkButton to="/customers/new">{t('customers.new')}</LinkButton>
                  </>
                )
              }
            >
              {t('customers.list.none-more')}
            </Empty>
          ) : (
            <Empty title={t('customers.list.not-found', { words: q })}>{t('customers.list.not-found-more')}</Empty>
          )
        }
      />
    </Page>
  )
}
