import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { barredFromConvening, type Forum } from '#api/forums'
import { SteeringTabs } from '#web/modules/actions/index.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { LinkButton } from '#web/ui/button.tsx'
import { DoorLink } from '#web/ui/door.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { Page } from '#web/ui/page.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useNow } from '#web/ui/use-now.ts'
import { MeetingDoor } from './meeting-door.tsx'
import { forumsQuery } from './queries.ts'
import { useForumColumns } from './use-forum-columns.tsx'

const route = getRouteApi('/shell/forums')

const ADHERENCE_MS = 90 * 86_400_000

/** Who meets about what, in which rhythm, and whether they do. */
export function ForumsPage() {
  const t = useText()
  const format = useFormat()
  const barred = barredFromConvening(useAsker())
  const { customer } = route.useSearch()
  const { data } = useSuspenseQuery(forumsQuery(customer))
  const columns: readonly Column<Forum>[] = [
    ...useForumColumns<Forum>((forum) => forum),
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
      cell: ({ id, openActions }) => <BoardLink id={id}>{format.number(openActions)}</BoardLink>,
    },
    {
      key: 'overdue',
      head: t('forums.overdue-actions'),
      width: '110px',
      numeric: true,
      narrow: 'hidden',
      cell: ({ id, overdueActions }) => <BoardLink id={id}>{format.number(overdueActions)}</BoardLink>,
    },
    {
      key: 'adherence',
      head: t('forums.adherence'),
      width: '140px',
      numeric: true,
      narrow: 'trail',
      cell: (row) => <Adherence of={row} />,
    },
  ]
  return (
    <Page
      title={t('forums.title')}
      lede={t('forums.lede')}
      actions={
        <>
          <LinkButton to="/forums/tiers">{t('forums.tiers')}</LinkButton>
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

/** A figure that leads to the board of a forum, where what it counts is listed. */
function BoardLink({ id, children }: { readonly id: string; readonly children: string }) {
  return (
    <DoorLink to="/forums/$id" params={{ id }}>
      {children}
    </DoorLink>
  )
}

/** How well a forum keeps to its rhythm; opens to what it is made of. */
export function Adherence({ of: { id, name, adherence } }: { readonly of: Forum }) {
  const t = useText()
  const format = useFormat()
  const now = useNow()
  const { planned, held, onTime, full } = adherence
  if (planned === 0) return t('forums.not-measured')
  return (
    <MeetingDoor
      kind="full"
      label={format.ratio({ numerator: full, denominator: planned })}
      of={name}
      period={t('forums.adherence-period')}
      sample={t('forums.adherence-sample', { planned, held, onTime, full })}
      meetings={{ forum: id, from: new Date(now.getTime() - ADHERENCE_MS), to: now }}
    />
  )
}
