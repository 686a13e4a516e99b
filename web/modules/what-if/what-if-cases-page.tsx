import { useInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import type { WhatIfCase } from '#api/what-if'
import { CaseLink } from '#web/app/untold.tsx'
import { attainmentOf, pooled } from '#core/attainment.ts'
import { Chips } from '#web/ui/chips.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { Page } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { type Standing, State } from '#web/ui/state.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import type { CaseSearch } from './pages.ts'
import { casesQuery, whatIfQuery } from './queries.ts'
import { periodWords } from './what-if-words.ts'
import classes from './what-if.module.css'

const route = getRouteApi('/shell/what-ifs/$id/cases')

/** The gravest first. */
const verdicts = ['failed', 'met', 'excluded'] as const

const standings: Readonly<Record<WhatIfCase['verdict'], Standing>> = { failed: 'miss', met: 'met', excluded: 'none' }

/** The results under a figure of a what-if, before or after; what comes out differently is marked. */
export function WhatIfCasesPage() {
  const t = useText()
  const format = useFormat()
  const navigate = useNavigate()
  const { id } = route.useParams()
  const { side, metric, month, priority, verdict }: CaseSearch = route.useSearch()
  const { data: whatIf } = useSuspenseQuery(whatIfQuery(id))
  const cases = useInfiniteQuery(casesQuery(id, { side, metric, month, priority, verdict }))
  const rows = cases.data?.pages.flatMap(({ items }) => items) ?? []
  const total = cases.data?.pages[0]?.total
  const tally = pooled(
    whatIf.figures
      .filter(
        (each) =>
          each.metric === metric &&
          (month === undefined || each.month === month) &&
          (priority === undefined || each.priority === priority),
      )
      .map((each) => each[side]),
  )
  const counted = verdict === undefined ? tally.met + tally.failed + tally.excluded : tally[verdict]
  const ratio = attainmentOf(tally)
  const title = t('what-if.cases-title', {
    side,
    metric: t(`what-if.metric.${metric}`),
    priority: priority?.toUpperCase() ?? '',
    hasPriority: priority === undefined ? 'no' : 'yes',
    period: month === undefined ? periodWords(t, format, whatIf) : format.month(month),
  })
  const columns: readonly Column<WhatIfCase>[] = [
    {
      key: 'verdict',
      head: t('what-if.cases-result'),
      width: '150px',
      narrow: 'trail',
      cell: ({ verdict: of }) => <State is={standings[of]}>{t(`what-if.cases-verdict.${of}`)}</State>,
    },
    {
      key: 'number',
      head: t('what-if.incident'),
      width: '120px',
      narrow: 'under',
      cell: ({ number }) => number ?? '–',
    },
    {
      key: 'title',
      head: t('what-if.cases-about'),
      narrow: 'lead',
      cell: ({ number, title: about, requestId }) => (
        <CaseLink number={number} requestId={requestId} title={about}>
          {about}
        </CaseLink>
      ),
    },
    {
      key: 'priority',
      head: t('what-if.priority'),
      width: '90px',
      narrow: 'under',
      cell: ({ priority: of }) => of?.toUpperCase() ?? '–',
    },
    {
      key: 'ended',
      head: t('what-if.cases-ended'),
      width: '184px',
      narrow: 'under',
      cell: ({ stoppedAt }) => (stoppedAt === null ? '–' : format.instant(stoppedAt)),
    },
    {
      key: 'counted',
      head: t('what-if.cases-counted'),
      width: '120px',
      numeric: true,
      narrow: 'hidden',
      cell: ({ elapsedSeconds }) => (elapsedSeconds === null ? '–' : format.duration(elapsedSeconds * 1000)),
    },
    {
      key: 'otherwise',
      head: t('what-if.cases-otherwise'),
      width: '150px',
      narrow: 'under',
      cell: ({ position }) =>
        position !== null && (
          <Link to="/what-ifs/$id/$position" params={{ id, position: String(position) }}>
            {t('what-if.cases-both')}
          </Link>
        ),
    },
  ]
  return (
    <Page
      title={title}
      lede={t('what-if.cases-lede', {
        side,
        ratio: ratio === null ? t('what-if.not-measured') : `${format.ratio(ratio)}, ${format.percent(ratio) ?? ''}`,
        excluded: tally.excluded,
      })}
      crumb={
        <>
          <Link to="/what-ifs">{t('what-if.title')}</Link>
          <Link to="/what-ifs/$id" params={{ id }}>
            {t('what-if.version-of', { name: whatIf.agreement.name, number: whatIf.version.number })}
          </Link>
        </>
      }
    >
      <div className={classes.chips}>
        <Chips
          label={t('what-if.cases-side')}
          value={side}
          onChange={(next) => choose({ side: next })}
          chips={(['before', 'after'] as const).map((value) => ({ value, label: t(`what-if.${value}`) }))}
        />
        <Chips
          label={t('what-if.cases-result')}
          value={verdict ?? 'all'}
          onChange={(next) => choose({ verdict: next === 'all' ? undefined : next })}
          chips={[
            { value: 'all' as const, label: t('what-if.cases-all') },
            ...verdicts.map((value) => ({
              value,
              label: t(`what-if.cases-verdict.${value}`),
              count: tally[value],
            })),
          ]}
        />
      </div>
      {cases.isError && <Problem failure={cases.error} />}
      {total !== undefined && total !== counted && (
        <p role="status">{t('what-if.cases-changed', { counted, total, at: format.instant(whatIf.asOf!) })}</p>
      )}
      <Table
        dense
        keys
        label={title}
        columns={columns}
        rows={rows}
        rowKey={({ incidentId, requestId, metric: of }, index) => `${incidentId ?? requestId ?? index} ${of}`}
        loading={cases.isPending}
        more={{ has: cases.hasNextPage, busy: cases.isFetchingNextPage, load: () => void cases.fetchNextPage() }}
        empty={<Empty title={t('what-if.cases-none')} />}
      />
    </Page>
  )

  function choose(chosen: object) {
    void navigate({ to: '.', search: (was: object) => ({ ...was, ...chosen }), replace: true, resetScroll: false })
  }
}
