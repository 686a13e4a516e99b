import { useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import type { Task } from '#api/requests'
import { LinkButton } from '#web/ui/button.tsx'
import { Chips } from '#web/ui/chips.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { Page } from '#web/ui/page.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useSaid } from './answers.tsx'
import { tasksQuery } from './queries.ts'
import { RequestTabs } from './request-tabs.tsx'

const route = getRouteApi('/shell/requests/tasks')

/** What can be done now, by what is promised next; behind a figure, what was done. */
export function TasksPage() {
  const t = useText()
  const saying = useSaid()
  const format = useFormat()
  const navigate = useNavigate()
  const { whose = 'mine', item, position } = route.useSearch()
  const of = item !== undefined && position !== undefined ? { item, position } : undefined
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = useSuspenseInfiniteQuery(
    tasksQuery({ mine: whose === 'mine', of }),
  )
  const lay = ({ openedAt, startedAt }: Task) =>
    openedAt === null || startedAt === null ? '–' : format.duration(startedAt.getTime() - openedAt.getTime())
  const columns: readonly Column<Task>[] = [
    {
      key: 'title',
      head: t('requests.task'),
      narrow: 'lead',
      cell: ({ title, request }) => (
        <Link to="/requests/$id" params={{ id: request.number }}>
          {saying(title)}
        </Link>
      ),
    },
    {
      key: 'request',
      head: t('requests.request'),
      width: '26%',
      narrow: 'under',
      cell: ({ request: { number, name } }) => `${number} ${saying(name)}`,
    },
    { key: 'team', head: t('requests.team'), width: '15%', narrow: 'under', cell: ({ team }) => team?.name ?? '–' },
    {
      key: 'promised',
      head: t(of ? 'requests.lay' : 'requests.promised'),
      width: '170px',
      narrow: 'under',
      cell: (task) =>
        of ? lay(task) : task.request.promisedAt === null ? '–' : format.instant(task.request.promisedAt),
    },
    {
      key: 'state',
      head: t('requests.state'),
      width: '120px',
      narrow: 'trail',
      cell: ({ state, result }) => (of ? (result ?? t('requests.without-word')) : t(`requests.task.${state}`)),
    },
  ]
  return (
    <Page title={t('requests.tasks')} lede={t(of ? 'requests.tasks-of' : 'requests.tasks-lede')}>
      <RequestTabs />
      {of ? (
        <p>
          <LinkButton to="/requests/cost">{t('requests.back-to-cost')}</LinkButton>
        </p>
      ) : (
        <Chips
          label={t('requests.whose')}
          chips={(['mine', 'all'] as const).map((value) => ({ value, label: t(`requests.whose.${value}`) }))}
          value={whose}
          onChange={(value) => void navigate({ to: '.', search: value === 'mine' ? {} : { whose: value } })}
        />
      )}
      <Table
        dense
        keys
        label={t('requests.tasks')}
        columns={columns}
        rows={data.pages.flatMap(({ items }) => items)}
        rowKey={({ id }) => id}
        more={{ has: hasNextPage, busy: isFetchingNextPage, load: () => void fetchNextPage() }}
        empty={<Empty title={t('requests.tasks-none')}>{t('requests.tasks-none-more')}</Empty>}
      />
    </Page>
  )
}
