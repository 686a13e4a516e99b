import { useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { currentStates, type MajorIncident } from '#api/major-incidents'
import { barredFromInside } from '#core/may.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { LinkButton } from '#web/ui/button.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { Page } from '#web/ui/page.tsx'
import { DeskTabs } from '#web/modules/incidents/index.ts'
import { State } from '#web/ui/state.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useNow } from '#web/ui/use-now.ts'
import { majorIncidentsQuery } from './queries.ts'
import { nextUpdateOf, sinceOf, standingOf } from './words.ts'

const route = getRouteApi('/shell/major-incidents')

/** Every major incident: those in which something is to be done first. */
export function MajorIncidentsPage() {
  const t = useText()
  const format = useFormat()
  const now = useNow(10_000)
  const inside = barredFromInside(useAsker()) === null
  const { customer } = route.useSearch()
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = useSuspenseInfiniteQuery(
    majorIncidentsQuery(customer),
  )
  const rows = data.pages.flatMap(({ items }) => items)
  const current = rows.filter(({ state }) => currentStates.includes(state)).length
  const columns: readonly Column<MajorIncident>[] = [
    {
      key: 'what',
      head: t('major-incidents.what'),
      narrow: 'lead',
      cell: ({ id, incident }) => (
        <Link to="/major-incidents/$id" params={{ id }}>
          {incident.title}
        </Link>
      ),
    },
    {
      key: 'customer',
      head: t('major-incidents.customer'),
      width: '15%',
      narrow: 'under',
      cell: (row) => row.customer.name,
    },
    ...(inside
      ? [
          {
            key: 'commander',
            head: t('major-incidents.commander'),
            width: '14%',
            narrow: 'hidden' as const,
            cell: ({ commander }: MajorIncident) => commander?.name ?? t('major-incidents.nobody'),
          },
        ]
      : []),
    {
      key: 'since',
      head: t('major-incidents.since'),
      width: '150px',
      narrow: 'under',
      cell: (row) => format.instant(sinceOf(row)),
    },
    {
      key: 'next',
      head: t('major-incidents.next-update'),
      width: '170px',
      narrow: 'under',
      cell: (row) => <Next row={row} now={now} />,
    },
    {
      key: 'state',
      head: t('major-incidents.state'),
      width: '160px',
      narrow: 'trail',
      cell: ({ state }) => <State is={standingOf[state]}>{t(`major-incidents.state.${state}`)}</State>,
    },
  ]
  return (
    <Page
      title={current > 0 ? t('major-incidents.title-current', { count: current }) : t('major-incidents.title')}
      lede={t('major-incidents.lede')}
    >
      <DeskTabs />
      <Table
        dense
        keys
        label={t('major-incidents.title')}
        columns={columns}
        rows={rows}
        rowKey={({ id }) => id}
        flagged={(row) => nextUpdateOf(row, now)?.is === 'miss'}
        more={{ has: hasNextPage, busy: isFetchingNextPage, load: () => void fetchNextPage() }}
        empty={
          <Empty
            title={t('major-incidents.none')}
            {...(inside && { actions: <LinkButton to="/incidents">{t('major-incidents.none-do')}</LinkButton> })}
          >
            {t(inside ? 'major-incidents.none-more' : 'major-incidents.none-customer')}
          </Empty>
        }
      />
    </Page>
  )
}

function Next({ row, now }: { readonly row: MajorIncident; readonly now: Date }) {
  const t = useText()
  const format = useFormat()
  const next = nextUpdateOf(row, now)
  if (next === null) return '–'
  return (
    <State is={next.is}>
      {t(next.is === 'miss' ? 'major-incidents.next.late' : 'major-incidents.next.in', {
        duration: format.duration(Math.abs(next.leftMs)),
      })}
    </State>
  )
}
