import { useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { type Action, barredFromActing } from '#api/actions'
import { barredFromInside } from '#core/may.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Button } from '#web/ui/button.tsx'
import { Chips } from '#web/ui/chips.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { Page } from '#web/ui/page.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { FiguresSentence } from './figures-sentence.tsx'
import { MakeActionDialog } from './make-action-dialog.tsx'
import { actionsQuery } from './queries.ts'
import { SteeringTabs } from './steering-tabs.tsx'
import { ActionState, DueWord, useOwnerWord } from './words.tsx'

const route = getRouteApi('/shell/actions')
const shown = ['open', 'mine', 'overdue', 'to-verify', 'redated', 'over'] as const
/** What one figure alone leads to. */
const led = ['on-time', 'not-on-time'] as const

/** What is to be done, over all forums and organisations: who, by when, and who says that it is done. */
export function ActionsPage() {
  const t = useText()
  const navigate = useNavigate()
  const asker = useAsker()
  const ownerWord = useOwnerWord()
  const inside = barredFromInside(asker) === null
  const barred = barredFromActing(asker)
  const { show: chosen, customer } = route.useSearch()
  const [making, setMaking] = useState(false)
  const show: (typeof shown)[number] | (typeof led)[number] = chosen ?? 'open'
  const narrowed =
    show === 'mine' ? ({ show: 'open', whose: 'mine', customer } as const) : ({ show, whose: 'all', customer } as const)
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = useSuspenseInfiniteQuery(actionsQuery(narrowed))
  const columns: readonly Column<Action>[] = [
    {
      key: 'text',
      head: t('actions.text'),
      narrow: 'lead',
      cell: ({ id, text }) => (
        <Link to="/actions/$id" params={{ id }}>
          {text}
        </Link>
      ),
    },
    { key: 'owner', head: t('actions.owner'), width: '15%', narrow: 'under', cell: ownerWord },
    {
      key: 'customer',
      head: t('actions.customer'),
      width: '13%',
      narrow: 'under',
      cell: (row) => row.customer?.name ?? t('actions.own'),
    },
    {
      key: 'due',
      head: t('actions.due'),
      width: '190px',
      narrow: 'under',
      cell: (row) => <DueWord of={row} />,
    },
    {
      key: 'redated',
      head: t('actions.redated'),
      width: '95px',
      numeric: true,
      narrow: 'hidden',
      cell: ({ redated }) => (redated === 0 ? '' : t('actions.times', { count: redated })),
    },
    {
      key: 'priority',
      head: t('actions.priority'),
      width: '75px',
      narrow: 'hidden',
      cell: ({ priority }) => t(`actions.priority.${priority}`),
    },
    {
      key: 'state',
      head: t('actions.state'),
      width: '160px',
      narrow: 'trail',
      cell: ({ state }) => <ActionState state={state} />,
    },
  ]
  const make = inside && (
    <Button main barred={barred && t(barred)} onClick={() => setMaking(true)}>
      {t('actions.new')}
    </Button>
  )
  return (
    <Page title={t('actions.title')} lede={t('actions.lede')} actions={make}>
      <SteeringTabs />
      {inside && <FiguresSentence customer={customer} />}
      <Chips
        label={t('actions.state')}
        chips={[...shown, ...led.filter((each) => each === show)]
          .filter((value) => inside || value === 'open' || value === 'over')
          .map((value) => ({ value, label: t(`actions.show.${value}`) }))}
        value={show}
        onChange={(value) =>
          void navigate({
            to: '.',
            search: (before: object) => ({ ...before, show: value === 'open' ? undefined : value }),
          })
        }
      />
      <Table
        dense
        keys
        label={t('actions.title')}
        columns={columns}
        rows={data.pages.flatMap(({ items }) => items)}
        rowKey={({ id }) => id}
        more={{ has: hasNextPage, busy: isFetchingNextPage, load: () => void fetchNextPage() }}
        empty={<Empty title={t(`actions.none.${show}`)}>{inside && show === 'open' && t('actions.none-more')}</Empty>}
      />
      {making && <MakeActionDialog customer={customer} onClose={() => setMaking(false)} />}
    </Page>
  )
}
