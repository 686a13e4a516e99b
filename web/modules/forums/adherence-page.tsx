import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { Adherence, MeetingKind } from '#api/forums'
import { SteeringTabs } from '#web/modules/actions/index.ts'
import { Empty } from '#web/ui/empty.tsx'
import { Page, Section } from '#web/ui/page.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useNow } from '#web/ui/use-now.ts'
import { MeetingDoor } from './meeting-door.tsx'
import { adherenceQuery, dayAfter, type Meetings } from './queries.ts'
import { useForumColumns } from './use-forum-columns.tsx'

const route = getRouteApi('/shell/forums/adherence')

type Kept = Pick<Adherence['weeks'][number], 'planned' | 'held' | 'onTime' | 'full'>
type OfForum = Adherence['forums'][number]
type OfWeek = Adherence['weeks'][number]

/** Whose meetings the figures of a row are made of. */
interface Whose {
  readonly of: string
  readonly period: string
  readonly meetings: Meetings
}

/** Whether we keep our own meetings: each forum, and each tier week by week; each figure opens to its meetings. */
export function AdherencePage() {
  const t = useText()
  const format = useFormat()
  const today = useNow().toISOString().slice(0, 10)
  const { customer } = route.useSearch()
  const { data } = useSuspenseQuery(adherenceQuery(customer))
  const dayOf = (day: string) => format.date(new Date(`${day}T00:00Z`), 'UTC')
  const whole = { fromDay: data.from, untilDay: dayAfter(today) }
  const forumColumns = useForumColumns<OfForum>(({ forum }) => forum)
  const ofForum = ({ forum: { id, name } }: OfForum): Whose => ({
    of: name,
    period: t('forums.since', { from: dayOf(data.from) }),
    meetings: { ...whole, forum: id, customer },
  })
  const ofWeek = ({ week, tier }: OfWeek): Whose => ({
    of: t(`forums.tier-of.${tier as 1}`),
    period: t('forums.in-week', { from: dayOf(week) }),
    meetings: { fromDay: week, untilDay: dayAfter(week, 7), tier, customer },
  })
  const ofForums = useCounts(ofForum)
  const ofWeeks = useCounts(ofWeek)
  const forums: readonly Column<OfForum>[] = [
    ...forumColumns,
    ...ofForums,
    {
      key: 'unrecorded',
      head: t('forums.unrecorded'),
      width: '150px',
      numeric: true,
      narrow: 'hidden',
      cell: (row) =>
        row.unrecorded === 0 ? (
          '–'
        ) : (
          <MeetingDoor
            {...ofForum(row)}
            kind="unrecorded"
            label={format.number(row.unrecorded)}
            sample={t('forums.door-sample', { count: row.planned })}
          />
        ),
    },
  ]
  const weeks: readonly Column<OfWeek>[] = [
    { key: 'week', head: t('forums.week-of'), narrow: 'lead', cell: ({ week }) => dayOf(week) },
    {
      key: 'tier',
      head: t('forums.tier'),
      width: '30%',
      narrow: 'under',
      cell: ({ tier }) => t(`forums.tier-of.${tier as 1}`),
    },
    ...ofWeeks,
  ]
  return (
    <Page
      title={t('forums.adherence-page')}
      lede={t('forums.adherence-lede', { from: dayOf(data.from) })}
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
function useCounts<Row extends Kept>(whose: (row: Row) => Whose): readonly Column<Row>[] {
  const t = useText()
  const format = useFormat()
  const door = (kind: MeetingKind, label: (row: Row) => string) => (row: Row) => (
    <MeetingDoor
      {...whose(row)}
      kind={kind}
      label={label(row)}
      sample={t('forums.door-sample', { count: row.planned })}
    />
  )
  const of = (key: 'planned' | 'held' | 'onTime', kind: MeetingKind, head: string) => ({
    key,
    head,
    width: '110px',
    numeric: true,
    narrow: 'hidden' as const,
    cell: door(kind, (row) => format.number(row[key])),
  })
  return [
    of('planned', 'planned', t('forums.planned')),
    of('held', 'held', t('forums.held')),
    of('onTime', 'on-time', t('forums.on-time')),
    {
      key: 'full',
      head: t('forums.full'),
      width: '150px',
      numeric: true,
      narrow: 'trail',
      cell: door('full', ({ full, planned }) => format.ratio({ numerator: full, denominator: planned })),
    },
  ]
}
