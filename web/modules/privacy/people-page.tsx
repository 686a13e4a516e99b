import { useQuery, useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import type { Erasure, FoundPerson } from '#api/privacy'
import { Empty } from '#web/ui/empty.tsx'
import { Section } from '#web/ui/page.tsx'
import { SearchInput } from '#web/ui/search-input.tsx'
import { State } from '#web/ui/state.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { PrivacyPage } from './privacy-page.tsx'
import { erasuresQuery, findQuery, LEAST_WORDS } from './queries.ts'

const route = getRouteApi('/shell/privacy/people')

/** Somebody is looked up; and who was forgotten. */
export function PrivacyPeoplePage() {
  const t = useText()
  return (
    <PrivacyPage title={t('privacy.people.title')} lede={t('privacy.people.lede')}>
      <Found />
      <Erasures />
    </PrivacyPage>
  )
}

function Found() {
  const t = useText()
  const navigate = useNavigate()
  const { q = '' } = route.useSearch()
  const { data } = useQuery(findQuery(q))
  const columns: readonly Column<FoundPerson>[] = [
    {
      key: 'name',
      head: t('privacy.table.name'),
      width: '30%',
      narrow: 'lead',
      cell: ({ id, name }) => (
        <Link to="/privacy/people/$id" params={{ id }}>
          {name}
        </Link>
      ),
    },
    { key: 'email', head: t('privacy.table.email'), narrow: 'under', cell: ({ email }) => email ?? '–' },
    {
      key: 'customer',
      head: t('privacy.table.customer'),
      width: '30%',
      narrow: 'under',
      cell: ({ customer }) => customer?.name ?? t('privacy.ours'),
    },
  ]
  return (
    <>
      <SearchInput
        label={t('privacy.people.find')}
        value={q}
        onChange={(words) => void navigate({ to: '.', search: words === '' ? {} : { q: words }, replace: true })}
      />
      {q.length < LEAST_WORDS ? (
        <p className="pl-small pl-quiet">{t('privacy.people.find-hint')}</p>
      ) : (
        <Table
          label={t('privacy.people.find')}
          columns={columns}
          rows={data?.items ?? []}
          rowKey={({ id }) => id}
          loading={data === undefined}
          empty={<Empty title={t('privacy.people.none')}>{t('privacy.people.none-more')}</Empty>}
        />
      )}
    </>
  )
}

const standing = { waiting: 'runs', done: 'met', refused: 'none' } as const

function Erasures() {
  const t = useText()
  const format = useFormat()
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = useSuspenseInfiniteQuery(erasuresQuery())
  const columns: readonly Column<Erasure>[] = [
    {
      key: 'person',
      head: t('privacy.erasures.person'),
      width: '26%',
      narrow: 'lead',
      cell: ({ id, person }) => (
        <Link to="/privacy/erasures/$id" params={{ id }}>
          {person.name}
        </Link>
      ),
    },
    {
      key: 'state',
      head: t('privacy.erasures.state'),
      width: '16%',
      narrow: 'trail',
      cell: ({ state }) => <State is={standing[state]}>{t(`privacy.state.${state}`)}</State>,
    },
    {
      key: 'asked',
      head: t('privacy.erasures.asked'),
      narrow: 'under',
      cell: ({ requestedAt }) => format.day(requestedAt),
    },
    { key: 'due', head: t('privacy.erasures.due'), narrow: 'hidden', cell: ({ dueAt }) => format.day(dueAt) },
    {
      key: 'by',
      head: t('privacy.erasures.by'),
      narrow: 'hidden',
      cell: ({ requestedBy }) => requestedBy?.name ?? '–',
    },
  ]
  return (
    <Section title={t('privacy.erasures')}>
      <Table
        label={t('privacy.erasures')}
        columns={columns}
        rows={data.pages.flatMap(({ items }) => items)}
        rowKey={({ id }) => id}
        more={{ has: hasNextPage, busy: isFetchingNextPage, load: () => void fetchNextPage() }}
        empty={<Empty title={t('privacy.erasures.none')}>{t('privacy.erasures.none-more')}</Empty>}
      />
    </Section>
  )
}
