import { useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import type { Escalation } from '#api/escalations'
import { barredFromInside } from '#core/may.ts'
import { DeskTabs } from '#web/modules/incidents/index.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { LinkButton } from '#web/ui/button.tsx'
import { Chips } from '#web/ui/chips.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { Page } from '#web/ui/page.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { BySource } from './by-source.tsx'
import { EscalationState, NextWord } from './escalation-state.tsx'
import type { EscalationSearch } from './pages.ts'
import { escalationsQuery } from './queries.ts'
import { Rules } from './rules.tsx'

const route = getRouteApi('/shell/escalations')

/** What somebody asked more than the usual for, and by which rules that happens by itself. */
export function EscalationsPage() {
  const t = useText()
  const navigate = useNavigate()
  const format = useFormat()
  const inside = barredFromInside(useAsker()) === null
  const { state = 'open', customer, rule, source, since, late, having }: EscalationSearch = route.useSearch()
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = useSuspenseInfiniteQuery(
    escalationsQuery({
      state: rule === undefined ? state : undefined,
      customer,
      rule,
      source,
      since: since === undefined ? undefined : new Date(since),
      late,
      having,
    }),
  )
  // What the median, or the share, is reckoned from.
  const figureColumns: Readonly<Record<'taken' | 'said', Column<Escalation>>> = {
    taken: {
      key: 'taken',
      head: t('escalations.until-taken'),
      cell: ({ raisedAt, acknowledgedAt }) =>
        acknowledgedAt === null ? '–' : format.duration(acknowledgedAt.getTime() - raisedAt.getTime()),
    },
    said: {
      key: 'said',
      head: t('escalations.content'),
      cell: ({ raiserSatisfied }) => raiserSatisfied !== null && t('escalations.of-five', { score: raiserSatisfied }),
    },
  }
  const columns: readonly Column<Escalation>[] = [
    {
      key: 'incident',
      head: t('escalations.incident'),
      narrow: 'lead',
      cell: ({ id, incident: { number, title } }) => (
        <Link to="/escalations/$id" params={{ id }}>
          {number} {title}
        </Link>
      ),
    },
    {
      key: 'level',
      head: t('escalations.level'),
      width: '70px',
      numeric: true,
      narrow: 'hidden',
      cell: ({ level }) => level,
    },
    {
      key: 'customer',
      head: t('escalations.customer'),
      width: '14%',
      narrow: 'under',
      cell: ({ customer: { name } }) => name,
    },
    {
      key: 'source',
      head: t('escalations.source'),
      width: '13%',
      narrow: 'hidden',
      cell: ({ source: by }) => t('escalations.source-of', { source: by }),
    },
    ...(inside
      ? [
          {
            key: 'owner',
            head: t('escalations.owner'),
            width: '13%',
            narrow: 'under',
            cell: ({ owner }: Escalation) => owner?.name ?? '–',
          } as const,
        ]
      : []),
    having === undefined
      ? {
          key: 'next',
          head: t('escalations.next'),
          width: '180px',
          narrow: 'under',
          cell: ({ nextUpdateDue }) => <NextWord due={nextUpdateDue} />,
        }
      : { ...figureColumns[having], numeric: true, width: '180px', narrow: 'under' },
    {
      key: 'state',
      head: t('escalations.state'),
      width: '150px',
      narrow: 'trail',
      cell: ({ state: now }) => <EscalationState state={now} />,
    },
  ]
  return (
    <Page title={t('escalations.title')} lede={t('escalations.lede')}>
      <DeskTabs />
      {rule !== undefined && (
        <p>
          {t('escalations.of-rule')} <LinkButton to="/escalations">{t('escalations.all')}</LinkButton>
        </p>
      )}
      {since !== undefined && (
        <p>
          {t('escalations.of-figure', {
            state: having ?? (late === true ? 'late' : state),
            source: source === undefined ? 'all' : t('escalations.source-of', { source }),
            from: format.day(new Date(since)),
          })}{' '}
          <LinkButton to="/escalations">{t('escalations.all')}</LinkButton>
        </p>
      )}
      {rule === undefined && since === undefined && (
        <Chips
          label={t('escalations.state')}
          chips={(['open', 'over'] as const).map((value) => ({ value, label: t(`escalations.${value}`) }))}
          value={state === 'over' ? state : 'open'}
          onChange={(value) =>
            void navigate({
              to: '.',
              search: (before: object) => ({ ...before, state: value === 'open' ? undefined : value }),
            })
          }
        />
      )}
      <Table
        dense
        keys
        label={t('escalations.title')}
        columns={columns}
        rows={data.pages.flatMap(({ items }) => items)}
        rowKey={({ id }) => id}
        more={{ has: hasNextPage, busy: isFetchingNextPage, load: () => void fetchNextPage() }}
        empty={
          <Empty title={t(state === 'open' ? 'escalations.none' : 'escalations.none-over')}>
            {inside && state === 'open' && t('escalations.none-more')}
          </Empty>
        }
      />
      {inside && rule === undefined && <BySource customer={customer} />}
      {inside && <Rules />}
    </Page>
  )
}
