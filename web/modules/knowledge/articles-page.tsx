import { useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useDeferredValue } from 'react'
import type { ArticleLine } from '#api/knowledge'
import { barredFromInside, barredFromWorking } from '#core/may.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Button, LinkButton } from '#web/ui/button.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { Page } from '#web/ui/page.tsx'
import { SearchInput } from '#web/ui/search-input.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { ArticleState } from './article-state.tsx'
import { articlesQuery } from './queries.ts'

const route = getRouteApi('/shell/articles')

/** What is known, for the provider's people. */
export function ArticlesPage() {
  const t = useText()
  const barred = barredFromInside(useAsker())
  if (barred !== null)
    return (
      <Page title={t('knowledge.title')} lede={t(barred)}>
        {null}
      </Page>
    )
  return <Articles />
}

function Articles() {
  const t = useText()
  const format = useFormat()
  const navigate = useNavigate()
  const may = barredFromWorking(useAsker())
  const { q, customer } = route.useSearch()
  const sought = useDeferredValue(q)
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = useSuspenseInfiniteQuery(
    articlesQuery(sought, customer),
  )
  const columns: readonly Column<ArticleLine>[] = [
    {
      key: 'title',
      head: t('knowledge.field.title'),
      narrow: 'lead',
      cell: ({ id, title }) => (
        <Link to="/articles/$id" params={{ id }}>
          {title}
        </Link>
      ),
    },
    {
      key: 'audience',
      head: t('knowledge.field.audience'),
      width: '20%',
      narrow: 'under',
      cell: ({ audience, customer: of }) => of?.name ?? t(`knowledge.audience.${audience}`),
    },
    {
      key: 'state',
      head: t('knowledge.field.state'),
      width: '140px',
      narrow: 'trail',
      cell: ({ state }) => <ArticleState state={state} />,
    },
    {
      key: 'used',
      head: t('knowledge.field.used'),
      width: '90px',
      narrow: 'hidden',
      cell: ({ used }) => format.number(used),
    },
    {
      key: 'votes',
      head: t('knowledge.field.votes'),
      width: '130px',
      narrow: 'hidden',
      cell: ({ helpful, unhelpful }) => t('knowledge.votes', { helpful, unhelpful }),
    },
    {
      key: 'changed',
      head: t('knowledge.field.changed'),
      width: '110px',
      narrow: 'hidden',
      cell: ({ updatedAt }) => format.dayShort(updatedAt),
    },
  ]
  const create =
    may === null ? (
      <LinkButton to="/articles/new" main>
        {t('knowledge.new')}
      </LinkButton>
    ) : (
      <Button barred={t(may)}>{t('knowledge.new')}</Button>
    )
  return (
    <Page title={t('knowledge.title')} lede={t('knowledge.lede')} actions={create}>
      <SearchInput
        label={t('knowledge.search')}
        value={q ?? ''}
        onChange={(words) =>
          void navigate({ to: '.', search: (before: object) => ({ ...before, q: words || undefined }), replace: true })
        }
      />
      <Table
        dense
        keys
        label={t('knowledge.title')}
        columns={columns}
        rows={data.pages.flatMap(({ items }) => items)}
        rowKey={({ id }) => id}
        more={{ has: hasNextPage, busy: isFetchingNextPage, load: () => void fetchNextPage() }}
        empty={
          q === undefined ? (
            <Empty title={t('knowledge.none')}>{t('knowledge.none-more')}</Empty>
          ) : (
            <Empty title={t('knowledge.not-found')} />
          )
        }
      />
    </Page>
  )
}
