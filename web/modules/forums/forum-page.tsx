import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { barredFromConvening, type Run } from '#api/forums'
import { ShareBoard } from '#web/modules/kpis/index.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { LinkButton } from '#web/ui/button.tsx'
import { Facts } from '#web/ui/facts.tsx'
import { Page, Section, SideSection } from '#web/ui/page.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useNow } from '#web/ui/use-now.ts'
import { BoardActions } from './board-actions.tsx'
import { BoardFigures } from './board-figures.tsx'
import { BoardInterval } from './board-interval.tsx'
import { Adherence } from './forums-page.tsx'
import { forumQuery, runsOfForumQuery } from './queries.ts'
import { useRhythm } from './rhythm.ts'
import { RunState } from './run-state.tsx'

const route = getRouteApi('/shell/forums/$id')

/** The board of a forum: what of its figures is news, what is to be done, what cannot be settled here. */
export function ForumPage() {
  const t = useText()
  const format = useFormat()
  const rhythm = useRhythm()
  const barred = barredFromConvening(useAsker())
  const { id } = route.useParams()
  const { data: forum } = useSuspenseQuery(forumQuery(id))
  const { name, purpose, customer, supplier, tier, chair, members, quorum, nextAt, endedAt, timeZone } = forum
  const facts = [
    { name: t('forums.tier'), value: t(`forums.tier-of.${tier as 1}`) },
    { name: t('forums.chair'), value: chair?.name ?? '–' },
    { name: t('forums.customer'), value: customer?.name ?? t('forums.all-customers') },
    ...(supplier === null
      ? []
      : [
          {
            name: t('forums.supplier'),
            value: (
              <Link to="/suppliers/$id" params={{ id: supplier.id }}>
                {supplier.name}
              </Link>
            ),
          },
        ]),
    { name: t('forums.members'), value: members.length === 0 ? '–' : format.list(members.map((each) => each.name)) },
    { name: t('forums.quorum'), value: String(quorum) },
    { name: t('forums.next'), value: nextAt === null ? '–' : format.instant(nextAt, timeZone) },
    { name: t('forums.adherence'), value: <Adherence of={forum} /> },
  ]
  return (
    <Page
      title={name}
      lede={endedAt === null ? rhythm(forum) : t('forums.ended', { when: format.date(endedAt) })}
      crumb={<Link to="/forums">{t('forums.title')}</Link>}
      actions={
        barred === null &&
        endedAt === null && (
          <LinkButton to="/forums/$id/change" params={{ id }}>
            {t('forums.change')}
          </LinkButton>
        )
      }
      side={
        <SideSection title={t('forums.facts')}>
          <Facts facts={facts} />
        </SideSection>
      }
    >
      {purpose !== null && <p>{purpose}</p>}
      {endedAt === null && <BoardInterval forum={forum} />}
      <BoardFigures kpis={forum.kpis} customer={customer?.id} />
      <BoardActions forum={forum} />
      <Meetings id={id} zone={timeZone} />
      <ShareBoard picture={(form) => `/api/v1/forums/${id}/picture?format=${form}`} name={name} />
    </Page>
  )
}

function Meetings({ id, zone }: { readonly id: string; readonly zone: string }) {
  const t = useText()
  const format = useFormat()
  const now = useNow()
  const { data = [] } = useQuery(runsOfForumQuery(id, now.toISOString().slice(0, 10)))
  const columns: readonly Column<Run>[] = [
    {
      key: 'at',
      head: t('forums.planned-at'),
      narrow: 'lead',
      cell: ({ id: run, plannedAt }) => (
        <Link to="/forum-runs/$id" params={{ id: run }}>
          {format.instant(plannedAt, zone)}
        </Link>
      ),
    },
    {
      key: 'present',
      head: t('forums.present'),
      width: '130px',
      numeric: true,
      narrow: 'hidden',
      cell: ({ state, present }) => (state === 'held' ? format.number(present) : ''),
    },
    {
      key: 'outputs',
      head: t('forums.outputs'),
      width: '200px',
      numeric: true,
      narrow: 'hidden',
      cell: ({ state, outputs }) => (state === 'held' ? format.number(outputs) : ''),
    },
    {
      key: 'state',
      head: t('forums.state'),
      width: '180px',
      narrow: 'trail',
      cell: (row) => <RunState of={row} />,
    },
  ]
  // The next few, and what was.
  const coming = data.filter(({ plannedAt }) => plannedAt > now).slice(0, 5)
  const past = data.filter(({ plannedAt }) => plannedAt <= now)
  return (
    <Section title={t('forums.meetings')}>
      <Table
        dense
        label={t('forums.meetings')}
        columns={columns}
        rows={[...past, ...coming].toReversed()}
        rowKey={({ id: run }) => run}
      />
    </Section>
  )
}
