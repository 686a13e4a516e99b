import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { DecisionState, DueWord, SteeringTabs, useOwnerWord } from '#web/modules/actions/index.ts'
import { Empty } from '#web/ui/empty.tsx'
import { Page, Section } from '#web/ui/page.tsx'
import { Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useNow } from '#web/ui/use-now.ts'
import { weekQuery } from './queries.ts'
import { RunState } from './run-state.tsx'

const route = getRouteApi('/shell/week')

/** The week ahead: who meets when, what falls due, and what is to be decided. */
export function WeekPage() {
  const t = useText()
  const format = useFormat()
  const ownerWord = useOwnerWord()
  const day = useNow().toISOString().slice(0, 10)
  const { customer } = route.useSearch()
  const { data } = useSuspenseQuery(weekQuery(day, customer))
  const { runs, actions, decisions } = data
  return (
    <Page
      title={t('forums.week')}
      lede={t('forums.week-lede', { meetings: runs.length, actions: actions.length, decisions: decisions.length })}
      crumb={<Link to="/forums">{t('forums.title')}</Link>}
    >
      <SteeringTabs />
      <Section title={t('forums.meetings')}>
        <Table
          dense
          label={t('forums.meetings')}
          rows={runs}
          rowKey={({ id }) => id}
          empty={<Empty title={t('forums.week-none')} />}
          columns={[
            {
              key: 'at',
              head: t('forums.planned-at'),
              width: '190px',
              narrow: 'under',
              cell: ({ plannedAt, timeZone }) => format.instant(plannedAt, timeZone),
            },
            {
              key: 'forum',
              head: t('forums.name'),
              narrow: 'lead',
              cell: ({ id, forum }) => (
                <Link to="/forum-runs/$id" params={{ id }}>
                  {forum.name}
                </Link>
              ),
            },
            {
              key: 'customer',
              head: t('forums.customer'),
              width: '22%',
              narrow: 'under',
              cell: (row) => row.customer?.name ?? t('forums.all-customers'),
            },
            {
              key: 'state',
              head: t('forums.state'),
              width: '180px',
              narrow: 'trail',
              cell: (row) => <RunState of={row} />,
            },
          ]}
        />
      </Section>
      <Section title={t('forums.week-actions')}>
        <Table
          dense
          label={t('forums.week-actions')}
          rows={actions}
          rowKey={({ id }) => id}
          empty={<Empty title={t('forums.week-actions-none')} />}
          columns={[
            {
              key: 'text',
              head: t('forums.action'),
              narrow: 'lead',
              cell: ({ id, text }) => (
                <Link to="/actions/$id" params={{ id }}>
                  {text}
                </Link>
              ),
            },
            { key: 'who', head: t('forums.who'), width: '22%', narrow: 'under', cell: ownerWord },
            { key: 'due', head: t('forums.due'), width: '200px', narrow: 'trail', cell: (row) => <DueWord of={row} /> },
          ]}
        />
      </Section>
      {decisions.length > 0 && (
        <Section title={t('forums.week-decisions')}>
          <Table
            dense
            label={t('forums.week-decisions')}
            rows={decisions}
            rowKey={({ id }) => id}
            columns={[
              {
                key: 'question',
                head: t('forums.question'),
                narrow: 'lead',
                cell: ({ id, question }) => (
                  <Link to="/decisions/$id" params={{ id }}>
                    {question}
                  </Link>
                ),
              },
              {
                key: 'state',
                head: t('forums.state'),
                width: '160px',
                narrow: 'trail',
                cell: ({ state }) => <DecisionState state={state} />,
              },
            ]}
          />
        </Section>
      )}
    </Page>
  )
}
