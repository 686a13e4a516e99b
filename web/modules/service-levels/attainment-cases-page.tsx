import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { AttainmentCase } from '#api/service-levels'
import { useSiteName } from '#web/app/customers.ts'
import { CaseLink } from '#web/app/untold.tsx'
import { browserZone } from '#web/ui/format.ts'
import { TextButton } from '#web/ui/button.tsx'
import { Chips } from '#web/ui/chips.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { Page } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { type Standing, State } from '#web/ui/state.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { caseFigure } from './attainment-case-figure.ts'
import { csvOf, saveText } from './attainment-csv.ts'
import { periodOf } from './attainment-period.ts'
import { casesQuery, customersQuery } from './attainment-queries.ts'
import type { CaseSearch } from './attainment-search.ts'
import { exclusionWords, periodWords } from './attainment-words.ts'
import classes from './attainment-page.module.css'

const route = getRouteApi('/shell/attainment/cases')

/** The gravest first. */
const verdicts = ['failed', 'near', 'met', 'excluded', 'all'] as const

/** All cases under a figure: the misses, those that were narrowly met, the met and the excluded ones. */
export function AttainmentCasesPage() {
  const t = useText()
  const format = useFormat()
  const navigate = useNavigate()
  const {
    customer,
    metric = 'resolution',
    verdict = 'failed',
    priority,
    site,
    service,
    team,
    ...own
  }: CaseSearch = route.useSearch()
  const { data: customers = [] } = useQuery(customersQuery())
  const siteName = useSiteName(site)
  const chosen = customers.find(({ id }) => id === customer)
  const zone = chosen?.timeZone ?? browserZone()
  const [now] = useState(() => new Date())
  const period = periodOf(own, now, zone)
  const cases = useInfiniteQuery(
    casesQuery({ customer, from: period.from, to: period.to, priority, site, service, team, metric, verdict }),
  )
  const rows = cases.data?.pages.flatMap(({ items }) => items)
  const columns = useColumns(zone, {
    hasReported: rows?.some(({ reportedMet }) => reportedMet !== null) ?? false,
    hasExcluded: rows?.some(({ exclusion }) => exclusion !== null) ?? false,
  })
  const title = t('attainment.cases.title', {
    verdict,
    metric,
    priority: priority?.toUpperCase() ?? '',
    hasPriority: priority === undefined ? 'no' : 'yes',
    period: periodWords(t, format, period),
  })
  const { month, period: kind, from, to } = own
  return (
    <Page
      title={title}
      crumb={
        <Link to="/attainment" search={{ customer, month, period: kind, from, to }}>
          {t('attainment.cases.back')}
        </Link>
      }
      lede={t('attainment.cases.lede', {
        customer: chosen?.name ?? '',
        hasCustomer: chosen === undefined ? 'no' : 'yes',
        site: siteName ?? '',
        hasSite: siteName === undefined ? 'no' : 'yes',
        zone: format.zone(zone, new Date(period.from)),
      })}
    >
      <Chips
        label={t('attainment.door.which')}
        value={verdict}
        onChange={(next) =>
          void navigate({ to: '.', search: (before: object) => ({ ...before, verdict: next }), replace: true })
        }
        chips={verdicts.map((value) => ({ value, label: t(`attainment.verdict.${value}`) }))}
      />
      {cases.isError && rows === undefined && <Problem failure={cases.error} />}
      {rows && (
        <Table
          label={title}
          columns={columns}
          rows={rows}
          rowKey={({ clockId }, index) => clockId ?? String(index)}
          dense
          keys
          more={{ has: cases.hasNextPage, busy: cases.isFetchingNextPage, load: () => void cases.fetchNextPage() }}
          empty={<Empty title={t(`attainment.cases.none-${verdict}`)} />}
        />
      )}
      {rows && rows.length > 0 && (
        <p className={classes.csv}>
          <TextButton onClick={() => save(rows)}>{t('attainment.csv')}</TextButton>
          {cases.hasNextPage && <span className="pl-quiet pl-small"> {t('attainment.csv.loaded')}</span>}
        </p>
      )}
    </Page>
  )

  function save(seen: readonly AttainmentCase[]) {
    const head = [
      t('attainment.case.number'),
      t('attainment.case.title'),
      t('attainment.case.priority'),
      t('attainment.case.stopped'),
      t('attainment.csv.target'),
      t('attainment.csv.counted'),
      t('attainment.case.outcome'),
      t('attainment.case.exclusion'),
    ]
    const lines = seen.map((each) => [
      each.number,
      each.title ?? t('app.untold'),
      each.priority.toUpperCase(),
      each.stoppedAt?.toISOString() ?? null,
      each.targetSeconds,
      Math.round(each.elapsedSeconds),
      t(outcomeWord(each)),
      each.exclusion && exclusionWords(t, each.exclusion.reason),
    ])
    saveText(`${title.replaceAll(':', '')}.csv`, csvOf(head, lines))
  }
}

function standingOf({ exclusion, state, elapsedSeconds, targetSeconds }: AttainmentCase): Standing {
  if (exclusion !== null) return 'none'
  if (state === 'breached-stopped') return 'miss'
  return elapsedSeconds >= targetSeconds * 0.75 ? 'soon' : 'met'
}

function outcomeWord({ exclusion, state }: AttainmentCase) {
  if (exclusion !== null) return 'attainment.verdict.excluded'
  return state === 'met' ? 'attainment.csv.is-met' : 'attainment.csv.is-missed'
}

function useColumns(
  zone: string,
  { hasReported, hasExcluded }: { readonly hasReported: boolean; readonly hasExcluded: boolean },
): readonly Column<AttainmentCase>[] {
  const t = useText()
  const format = useFormat()
  const duration = (seconds: number) => format.duration(seconds * 1000)
  return [
    {
      key: 'outcome',
      head: t('attainment.case.outcome'),
      cell: (each) => <State is={standingOf(each)}>{caseFigure(each, t, format)}</State>,
      width: '140px',
      narrow: 'trail',
    },
    {
      key: 'number',
      head: t('attainment.case.number'),
      cell: ({ number }) => number ?? '–',
      width: '96px',
      narrow: 'under',
    },
    {
      key: 'title',
      head: t('attainment.case.title'),
      cell: ({ number, title }) => (
        <CaseLink number={number} title={title}>
          {title}
        </CaseLink>
      ),
      narrow: 'lead',
    },
    {
      key: 'priority',
      head: t('attainment.case.priority'),
      cell: ({ priority }) => priority.toUpperCase(),
      width: '40px',
      narrow: 'under',
    },
    {
      key: 'stopped',
      head: t('attainment.case.stopped'),
      cell: ({ stoppedAt }) => (stoppedAt === null ? '–' : format.instant(stoppedAt, zone)),
      width: '184px',
      narrow: 'under',
    },
    {
      key: 'target',
      head: t('attainment.case.target'),
      numeric: true,
      cell: ({ targetSeconds }) => duration(targetSeconds),
      width: '84px',
      narrow: 'hidden',
    },
    {
      key: 'used',
      head: t('attainment.case.counted'),
      numeric: true,
      cell: ({ elapsedSeconds }) => duration(elapsedSeconds),
      width: '96px',
      narrow: 'hidden',
    },
    ...(hasExcluded
      ? [
          {
            key: 'exclusion',
            head: t('attainment.case.exclusion'),
            cell: ({ exclusion, number }: AttainmentCase) =>
              exclusion &&
              number !== null && (
                <>
                  {exclusionWords(t, exclusion.reason)}
                  {exclusion.approvedBy && (
                    <span className="pl-quiet">
                      , {t('attainment.case.approved-by', { name: exclusion.approvedBy })}
                    </span>
                  )}
                </>
              ),
            width: '22%',
            narrow: 'under' as const,
          },
        ]
      : []),
    ...(hasReported
      ? [
          {
            key: 'reported',
            head: t('attainment.case.reported'),
            cell: ({ reportedMet }: AttainmentCase) =>
              reportedMet === null
                ? ''
                : t(reportedMet ? 'attainment.case.reported-met' : 'attainment.case.reported-missed'),
            width: '112px',
            narrow: 'hidden' as const,
          },
        ]
      : []),
  ]
}
