import { useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { barredFromOrdering, type Request } from '#api/requests'
import { useAsker } from '#web/modules/people/index.ts'
import { LinkButton } from '#web/ui/button.tsx'
import { Chips } from '#web/ui/chips.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { Page } from '#web/ui/page.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useSaid } from './answers.tsx'
import { requestsQuery } from './queries.ts'
import { Promised, RequestState } from './request-state.tsx'
import { RequestTabs } from './request-tabs.tsx'

const route = getRouteApi('/shell/requests')

/** What was ordered: what is under way by what is promised next. */
export function RequestsPage() {
  const t = useText()
  const saying = useSaid()
  const navigate = useNavigate()
  const barred = barredFromOrdering(useAsker())
  const { state = 'open', customer, item, field, fulfilment, deliveredFrom, deliveredTo } = route.useSearch()
  const narrowed = item !== undefined || fulfilment !== undefined
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = useSuspenseInfiniteQuery(
    requestsQuery({
      state: narrowed ? undefined : state,
      customer,
      item,
      field,
      fulfilment,
      deliveredFrom,
      deliveredTo,
    }),
  )
  const reason = reasonOf(fulfilment, field)
  const columns: readonly Column<Request>[] = [
    {
      key: 'name',
      head: t('requests.request'),
      narrow: 'lead',
      cell: ({ number, item: { name } }) => (
        <Link to="/requests/$id" params={{ id: number }}>
          {number} {saying(name)}
        </Link>
      ),
    },
    {
      key: 'requester',
      head: t('requests.for'),
      width: '13%',
      narrow: 'under',
      cell: ({ requester }) => requester?.name ?? '–',
    },
    {
      key: 'customer',
      head: t('requests.customer'),
      width: '13%',
      narrow: 'under',
      cell: ({ customer: { name } }) => name,
    },
    {
      key: 'tasks',
      head: t('requests.done-of'),
      width: '90px',
      numeric: true,
      narrow: 'hidden',
      cell: ({ tasks: { done, of } }) => t('requests.of', { done, of }),
    },
    {
      key: 'promised',
      head: t('requests.promised'),
      width: '23%',
      narrow: 'under',
      cell: (request) => <Promised request={request} />,
    },
    {
      key: 'state',
      head: t('requests.state'),
      width: '16%',
      narrow: 'trail',
      cell: ({ state: now }) => <RequestState state={now} />,
    },
  ]
  return (
    <Page
      title={t('requests.title')}
      lede={t('requests.lede')}
      actions={
        barred === null && (
          <LinkButton to="/catalogue" main>
            {t('requests.order')}
          </LinkButton>
        )
      }
    >
      <RequestTabs />
      {narrowed ? (
        <p>
          {t(reason)} <LinkButton to="/requests">{t('requests.show-all')}</LinkButton>
        </p>
      ) : (
        <Chips
          label={t('requests.state')}
          chips={(['open', 'over'] as const).map((value) => ({ value, label: t(`requests.${value}`) }))}
          value={state}
          onChange={(value) =>
            void navigate({
              to: '.',
              search: (before: object) => ({ ...before, state: value === 'open' ? undefined : value }),
            })
          }
        />
      )}
      <Table
        dense
        keys
        label={t('requests.title')}
        columns={columns}
        rows={data.pages.flatMap(({ items }) => items)}
        rowKey={({ id }) => id}
        more={{ has: hasNextPage, busy: isFetchingNextPage, load: () => void fetchNextPage() }}
        empty={
          <Empty title={t(state === 'open' ? 'requests.none' : 'requests.none-over')}>{t('requests.none-more')}</Empty>
        }
      />
    </Page>
  )
}

/** Why not all are listed. */
function reasonOf(fulfilment: 'met' | 'missed' | 'excluded' | undefined, field: string | undefined) {
  if (fulfilment !== undefined) return `requests.of-${fulfilment}` as const
  return field === undefined ? 'requests.of-item' : 'requests.of-field'
}
