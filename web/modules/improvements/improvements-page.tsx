import { useQuery, useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { barredFromImproving, type Improvement } from '#api/improvements'
import { barredFromInside } from '#core/may.ts'
import { MakeImprovementDialog, SteeringTabs } from '#web/modules/actions/index.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Button } from '#web/ui/button.tsx'
import { Chips } from '#web/ui/chips.tsx'
import { Door, DoorLink } from '#web/ui/door.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { Page } from '#web/ui/page.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { Text, useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { ImprovementState } from './improvement-state.tsx'
import classes from './improvements.module.css'
import { improvementFiguresQuery, improvementsQuery } from './queries.ts'

const route = getRouteApi('/shell/improvements')
const shown = ['open', 'verified', 'by-signal', 'stopped', 'all'] as const

/** What is being made better, by what it is measured, and whether the figure shows it. */
export function ImprovementsPage() {
  const t = useText()
  const navigate = useNavigate()
  const asker = useAsker()
  const inside = barredFromInside(asker) === null
  const barred = barredFromImproving(asker)
  const { show: chosen, customer } = route.useSearch()
  const show: (typeof shown)[number] = chosen ?? 'open'
  const [making, setMaking] = useState(false)
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = useSuspenseInfiniteQuery(
    improvementsQuery(show, customer),
  )
  const columns: readonly Column<Improvement>[] = [
    {
      key: 'problem',
      head: t('improvements.problem'),
      narrow: 'lead',
      cell: ({ id, problem }) => (
        <Link to="/improvements/$id" params={{ id }}>
          {problem}
        </Link>
      ),
    },
    {
      key: 'theme',
      head: t('improvements.theme'),
      width: '14%',
      narrow: 'under',
      cell: ({ theme }) => t(`improvements.theme.${theme}`),
    },
    {
      key: 'kpi',
      head: t('improvements.measured-by'),
      width: '13%',
      narrow: 'hidden',
      cell: ({ kpi, agreedEvidence }) => kpi?.key ?? (agreedEvidence === null ? '–' : t('improvements.by-evidence')),
    },
    ...(inside
      ? [
          {
            key: 'owner',
            head: t('improvements.owner'),
            width: '14%',
            narrow: 'under',
            cell: ({ owner }: Improvement) => owner?.name ?? '–',
          } as const,
        ]
      : []),
    {
      key: 'customer',
      head: t('improvements.customer'),
      width: '14%',
      narrow: 'under',
      cell: (row) => row.customer?.name ?? t('improvements.own'),
    },
    {
      key: 'state',
      head: t('improvements.state'),
      width: '190px',
      narrow: 'trail',
      cell: ({ state }) => <ImprovementState state={state} />,
    },
  ]
  return (
    <Page
      title={t('improvements.title')}
      lede={t('improvements.lede')}
      actions={
        inside && (
          <Button main barred={barred && t(barred)} onClick={() => setMaking(true)}>
            {t('improvements.new')}
          </Button>
        )
      }
    >
      <SteeringTabs />
      {inside && <Figures customer={customer} />}
      <Chips
        label={t('improvements.state')}
        chips={shown.map((value) => ({ value, label: t(`improvements.show.${value}`) }))}
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
        label={t('improvements.title')}
        columns={columns}
        rows={data.pages.flatMap(({ items }) => items)}
        rowKey={({ id }) => id}
        more={{ has: hasNextPage, busy: isFetchingNextPage, load: () => void fetchNextPage() }}
        empty={<Empty title={t('improvements.none')}>{inside && t('improvements.none-more')}</Empty>}
      />
      {making && <MakeImprovementDialog customer={customer} onClose={() => setMaking(false)} />}
    </Page>
  )
}

/** How many were verified, and by what: a signal of a figure, or what was agreed to count. */
function Figures({ customer }: { readonly customer: string | undefined }) {
  const t = useText()
  const format = useFormat()
  const { data } = useQuery(improvementFiguresQuery(customer))
  if (data === undefined) return null
  const { bySignal, medianDays } = data
  const days = medianDays === null ? '–' : format.number(medianDays, 0)
  const led = (show: 'verified' | 'by-signal', count: number) => (
    <DoorLink to="/improvements" search={(before) => ({ ...before, show })}>
      {format.number(count)}
    </DoorLink>
  )
  return (
    <p className={classes.figures}>
      {bySignal === null ? (
        t('improvements.figures-none')
      ) : (
        <Text
          id="improvements.figures"
          components={{
            verified: led('verified', bySignal.denominator),
            signals: led('by-signal', bySignal.numerator),
            days: (
              <Door
                label={days}
                title={t('improvements.days-title', { days })}
                definition={t('improvements.days-definition')}
                period={t('improvements.days-period')}
                sample={t('improvements.days-sample', { count: bySignal.denominator })}
              >
                <p>
                  <Link to="/improvements" search={(before) => ({ ...before, show: 'verified' as const })}>
                    {t('improvements.days-rows')}
                  </Link>
                </p>
              </Door>
            ),
          }}
        />
      )}
    </p>
  )
}
