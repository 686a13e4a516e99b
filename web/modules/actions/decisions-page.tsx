import { useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { barredFromActing, type Decision, decisionStates } from '#api/actions'
import { barredFromInside } from '#core/may.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Button } from '#web/ui/button.tsx'
import { Chips } from '#web/ui/chips.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { Page } from '#web/ui/page.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { AskDecisionDialog } from './ask-decision-dialog.tsx'
import { decisionsQuery } from './queries.ts'
import { SteeringTabs } from './steering-tabs.tsx'
import { DecisionState, useDay } from './words.tsx'

const route = getRouteApi('/shell/decisions')

/** What is to be decided and what was: by whom, against whose advice, and when it is looked at again. */
export function DecisionsPage() {
  const t = useText()
  const day = useDay()
  const navigate = useNavigate()
  const asker = useAsker()
  const inside = barredFromInside(asker) === null
  const barred = barredFromActing(asker)
  const { state, customer } = route.useSearch()
  const [asking, setAsking] = useState(false)
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = useSuspenseInfiniteQuery(
    decisionsQuery(state, customer),
  )
  const columns: readonly Column<Decision>[] = [
    {
      key: 'question',
      head: t('actions.decision.question'),
      narrow: 'lead',
      cell: ({ id, question }) => (
        <Link to="/decisions/$id" params={{ id }}>
          {question}
        </Link>
      ),
    },
    {
      key: 'chosen',
      head: t('actions.decision.chosen'),
      width: '24%',
      narrow: 'under',
      cell: ({ chosen }) => chosen ?? '–',
    },
    {
      key: 'by',
      head: t('actions.decision.by'),
      width: '16%',
      narrow: 'under',
      cell: ({ decidedBy, decidedOn, neededBy }) =>
        decidedOn === null
          ? neededBy === null
            ? '–'
            : t('actions.decision.wanted-by', { day: day(neededBy) })
          : `${decidedBy ?? ''}, ${day(decidedOn)}`,
    },
    {
      key: 'customer',
      head: t('actions.customer'),
      width: '14%',
      narrow: 'under',
      cell: (row) => row.customer?.name ?? t('actions.own'),
    },
    {
      key: 'state',
      head: t('actions.state'),
      width: '150px',
      narrow: 'trail',
      cell: (row) => <DecisionState state={row.state} />,
    },
  ]
  return (
    <Page
      title={t('actions.decisions')}
      lede={t('actions.decisions-lede')}
      actions={
        inside && (
          <Button main barred={barred && t(barred)} onClick={() => setAsking(true)}>
            {t('actions.decision.ask')}
          </Button>
        )
      }
    >
      <SteeringTabs />
      <Chips
        label={t('actions.state')}
        chips={(['all', ...decisionStates] as const).map((value) => ({
          value,
          label: t(value === 'all' ? 'actions.decision.all' : `actions.decision.state.${value}`),
        }))}
        value={state ?? 'all'}
        onChange={(value) =>
          void navigate({
            to: '.',
            search: (before: object) => ({ ...before, state: value === 'all' ? undefined : value }),
          })
        }
      />
      <Table
        dense
        keys
        label={t('actions.decisions')}
        columns={columns}
        rows={data.pages.flatMap(({ items }) => items)}
        rowKey={({ id }) => id}
        more={{ has: hasNextPage, busy: isFetchingNextPage, load: () => void fetchNextPage() }}
        empty={<Empty title={t('actions.decisions-none')}>{inside && t('actions.decisions-none-more')}</Empty>}
      />
      {asking && <AskDecisionDialog customer={customer} onClose={() => setAsking(false)} />}
    </Page>
  )
}
