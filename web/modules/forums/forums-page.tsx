import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { barredFromConvening, type Forum } from '#api/forums'
import { SteeringTabs } from '#web/modules/actions/index.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { LinkButton } from '#web/ui/button.tsx'
import { Door } from '#web/ui/door.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { Page } from '#web/ui/page.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { forumsQuery } from './queries.ts'

const route = getRouteApi('/shell/forums')

/** Who meets about what, in which rhythm, and whether they do. */
export function ForumsPage() {
  const t = useText()
  const format = useFormat()
  const barred = barredFromConvening(useAsker())
  const { customer } = route.useSearch()
  const { data } = useSuspenseQuery(forumsQuery(customer))
  const columns: readonly Column<Forum>[] = [
    {
      key: 'name',
      head: t('forums.name'),
      narrow: 'lead',
      cell: ({ id, name }) => (
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
    {
      key: 'next',
      head: t('forums.next'),
      width: '180px',
      narrow: 'under',
      cell: ({ nextAt, timeZone }) => (nextAt === null ? '–' : format.instant(nextAt, timeZone)),
    },
    {
      key: 'actions',
      head: t('forums.open-actions'),
      width: '130px',
      numeric: true,
      narrow: 'hidden',
      cell: ({ openActions }) => format.number(openActions),
    },
    {
      key: 'overdue',
      head: t('forums.overdue-actions'),
      width: '110px',
      numeric: true,
      narrow: 'hidden',
      cell: ({ overdueActions }) => format.number(overdueActions),
    },
    {
      key: 'adherence',
      head: t('forums.adherence'),
      width: '140px',
      numeric: true,
      narrow: 'trail',
      cell: ({ adherence }) => <Adherence of={adherence} />,
    },
  ]
  return (
    <Page
      title={t('forums.title')}
      lede={t('forums.lede')}
      actions={
        <>
          <LinkButton to="/week">{t('forums.week')}</LinkButton>
          <LinkButton to="/forums/adherence">{t('forums.adherence-page')}</LinkButton>
          {barred === null && (
            <LinkButton main to="/forums/new">
              {t('forums.new')}
            </LinkButton>
          )}
        </>
      }
    >
      <SteeringTabs />
      <Table
        dense
        label={t('forums.title')}
        columns={columns}
        rows={data}
        rowKey={({ id }) => id}
        empty={<Empty title={t('forums.none')}>{t('forums.none-more')}</Empty>}
      />
    </Page>
  )
}

/** How well a forum keeps to its rhythm; opens to what it is made of. */
export function Adherence({ of: { planned, held, onTime, full } }: { readonly of: Forum['adherence'] }) {
  const t = useText()
  const format = useFormat()
  if (planned === 0) return t('forums.not-measured')
  const words = format.ratio({ numerator: full, denominator: planned })
  return (
    <Door
      label={words}
      title={t('forums.adherence-of', { words })}
      definition={t('forums.adherence-definition')}
      period={t('forums.adherence-period')}
      sample={t('forums.adherence-sample', { planned, held, onTime, full })}
    />
  )
}
