import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { Adherence } from '#api/forums'
import { SteeringTabs } from '#web/modules/actions/index.ts'
import { Empty } from '#web/ui/empty.tsx'
import { Page, Section } from '#web/ui/page.tsx'
import { State } from '#web/ui/state.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { adherenceQuery } from './queries.ts'

const route = getRouteApi('/shell/forums/adherence')

type Kept = Adherence['weeks'][number]

/** Whether we keep our own meetings: each forum, and each tier week by week. */
export function AdherencePage() {
  const t = useText()
  const format = useFormat()
  const { customer } = route.useSearch()
  const { data } = useSuspenseQuery(adherenceQuery(customer))
  const counts = useCounts()
  const forums: readonly Column<Adherence['forums'][number]>[] = [
    {
      key: 'name',
      head: t('forums.name'),
      narrow: 'lead',
      cell: ({ forum: { id, name } }) => (
        <Link to="/forums/$id" params={{ id }}>
          {name}
        </Link>
      ),
    },
    { key: 'tier', head: t('forums.tier'), width: '80px', numeric: true, narrow: 'hidden', cell: ({ tier }) => tier },
    {
      key: 'customer',
      head: t('forums.customer'),
      width: '18%',
      narrow: 'under',
      cell: (row) => row.customer?.name ?? t('forums.all-customers'),
    },
    ...counts,
    {
      key: 'unrecorded',
      head: t('forums.unrecorded'),
      width: '150px',
      numeric: true,
      narrow: 'hidden',
      cell: ({ unrecorded }) => (unrecorded === 0 ? '–' : <State is="soon">{format.number(unrecorded)}</State>),
    },
  ]
  const weeks: readonly Column<Kept>[] = [
    {
      key: 'week',
      head: t('forums.week-of'),
      narrow: 'lead',
      cell: ({ week }) => format.date(new Date(`${week}T00:00Z`), 'UTC'),
    },
    {
      key: 'tier',
      head: t('forums.tier'),
      width: '30%',
      narrow: 'under',
      cell: ({ tier }) => t(`forums.tier-of.${tier as 1}`),
    },
    ...counts,
  ]
  return (
    <Page
      title={t('forums.adherence-page')}
      lede={t('forums.adherence-lede', { from: format.date(new Date(`${data.from}T00:00Z`), 'UTC') })}
      crumb={<Link to="/forums">{t('forums.title')}</Link>}
    >
      <SteeringTabs />
      <Table
        dense
        label={t('forums.adherence-page')}
        columns={forums}
        rows={data.forums}
        rowKey={({ forum }) => forum.id}
        empty={<Empty title={t('forums.adherence-none')}>{t('forums.adherence-none-more')}</Empty>}
      />
      {data.weeks.length > 0 && (
        <Section title={t('forums.adherence-weeks')}>
          <Table
            dense
            label={t('forums.adherence-weeks')}
            columns={weeks}
            rows={data.weeks}
            rowKey={({ week, tier }) => `${week} ${tier}`}
          />
        </Section>
      )}
    </Page>
  )
}

/** Columns of what was planned, and what became of it. */
function useCounts(): readonly Column<Pick<Kept, 'planned' | 'held' | 'onTime' | 'full'>>[] {
  const t = useText()
  const format = useFormat()
  const of = (key: 'planned' | 'held' | 'onTime', head: string) => ({
    key,
    head,
    width: '110px',
    numeric: true,
    narrow: 'hidden' as const,
    cell: (row: Pick<Kept, 'planned' | 'held' | 'onTime'>) => format.number(row[key]),
  })
  return [
    of('planned', t('forums.planned')),
    of('held', t('forums.held')),
    of('onTime', t('forums.on-time')),
    {
      key: 'full',
      head: t('forums.full'),
      width: '150px',
      numeric: true,
      narrow: 'trail',
      cell: ({ full, planned }) => format.ratio({ numerator: full, denominator: planned }),
    },
  ]
}
