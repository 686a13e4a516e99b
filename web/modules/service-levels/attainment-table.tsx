import { useQueries, useQuery } from '@tanstack/react-query'
import {
  type AttainmentGroup,
  type AttainmentReport,
  type Metric,
  type Priority,
  priorities,
} from '#api/service-levels'
import { attainmentOf } from '#core/attainment.ts'
import { TextButton } from '#web/ui/button.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { Glyph } from '#web/ui/state.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { csvOf, saveText } from './attainment-csv.ts'
import { FigureDoor, MedianDoor, ReportedDoor } from './attainment-door.tsx'
import { inOrder, isMeasured, narrowedTo, TOTAL } from './attainment-groups.ts'
import { type FigureFilter, reportQuery } from './attainment-queries.ts'
import type { TableGrouping } from './attainment-search.ts'
import { Strip, StripHead } from './attainment-strip.tsx'
import classes from './attainment-page.module.css'

interface AttainmentTableProps {
  readonly by: TableGrouping
  readonly filter: FigureFilter
  /** The share that every resolution is to reach, where it is one for all priorities. */
  readonly targetBp: number | null
}

/** Resolutions in time by site, service, team, month or customer, each figure a door. */
export function AttainmentTable({ by, filter, targetBp }: AttainmentTableProps) {
  const t = useText()
  const whole = useQuery(reportQuery({ ...filter, groupBy: by, durations: true }))
  const parts = useQueries({ queries: priorities.map((priority) => reportQuery({ ...filter, groupBy: by, priority })) })
  const shown = priorities.flatMap((priority, index) => {
    const report = parts[index]?.data
    return report !== undefined && report.total.attainment !== null ? [{ priority, report }] : []
  })
  const groupName = useGroupName(by)
  const columns = useColumns({ by, filter, targetBp, shown, hasReported: whole.data?.total.reported !== null })
  if (whole.isError) return <Problem failure={whole.error} />
  if (whole.data === undefined || parts.some(({ data }) => data === undefined)) return null
  const groups = inOrder(whole.data.groups.filter(isMeasured), by)
  const rows = groups.length > 1 ? [...groups, whole.data.total] : groups
  return (
    <>
      <Table
        label={t('attainment.table', { by: t(`attainment.by.${by}`) })}
        columns={columns}
        rows={rows}
        rowKey={({ key }) => key}
      />
      <p className={classes.csv}>
        <TextButton onClick={() => save(rows)}>{t('attainment.csv')}</TextButton>
      </p>
    </>
  )

  /** What is seen, with numerator and denominator apart: a spreadsheet makes the share of them. */
  function save(seen: readonly AttainmentGroup[]) {
    const pairHead = (name: string) => [t('attainment.csv.met', { name }), t('attainment.csv.of', { name })]
    const pair = (tally: AttainmentGroup['byMetric']['resolution'] | undefined) =>
      tally?.attainment ? [tally.attainment.numerator, tally.attainment.denominator] : [null, 0]
    const head = [
      t(`attainment.head.${by}`),
      ...shown.flatMap(({ priority }) => pairHead(priority.toUpperCase())),
      ...pairHead(t('attainment.column.resolution')),
      ...pairHead(t('attainment.column.response')),
      t('attainment.csv.median'),
    ]
    const lines = seen.map((group) => [
      groupName(group),
      ...shown.flatMap(({ report }) => pair(sameIn(report, group)?.byMetric.resolution)),
      ...pair(group.byMetric.resolution),
      ...pair(group.byMetric.response),
      group.resolutionTime === null ? null : Math.round(group.resolutionTime.medianSeconds),
    ])
    saveText(`${t('attainment.csv.file', { by: t(`attainment.by.${by}`), from: filter.from })}.csv`, csvOf(head, lines))
  }
}

interface Columns {
  readonly by: TableGrouping
  readonly filter: FigureFilter
  readonly targetBp: number | null
  /** Priorities of which something was measured, each with its own report by the same groups. */
  readonly shown: readonly { readonly priority: Priority; readonly report: AttainmentReport }[]
  readonly hasReported: boolean
}

function useColumns({ by, filter, targetBp, shown, hasReported }: Columns): readonly Column<AttainmentGroup>[] {
  const t = useText()
  const format = useFormat()
  const numeric = (
    key: string,
    head: string,
    cell: Column<AttainmentGroup>['cell'],
    narrow: Column<AttainmentGroup>['narrow'] = 'hidden',
  ) => ({ key, head, cell, narrow, numeric: true }) as const
  const all = { by, filter }
  return [
    {
      key: 'name',
      head: t(`attainment.head.${by}`),
      cell: (group) => <GroupName group={group} by={by} />,
      narrow: 'lead',
    },
    ...shown.map(({ priority, report }) =>
      numeric(priority, priority.toUpperCase(), (group) => (
        <GroupFigure {...all} group={group} of={sameIn(report, group)} metric="resolution" priority={priority} />
      )),
    ),
    numeric(
      'resolution',
      t('attainment.column.resolution'),
      (group) => <GroupFigure {...all} group={group} of={group} metric="resolution" />,
      'trail',
    ),
    numeric('share', '%', ({ attainment }) => (attainment && format.percent(attainment)) ?? ''),
    {
      key: 'strip',
      head: <StripHead targetBp={targetBp} />,
      cell: ({ attainment, key }) => <Strip ratio={attainment} targetBp={targetBp} plain={key === TOTAL} />,
      width: '148px',
      narrow: 'hidden',
    },
    numeric('response', t('attainment.column.response'), (group) => (
      <GroupFigure {...all} group={group} of={group} metric="response" />
    )),
    numeric('median', t('attainment.column.median'), ({ resolutionTime }) =>
      resolutionTime ? <MedianDoor time={resolutionTime} period={filter} /> : '',
    ),
    ...(hasReported
      ? [
          numeric(
            'reported',
            t('attainment.column.reported'),
            (group) => <ReportedFigure group={group} filter={filter} />,
            'under',
          ),
        ]
      : []),
  ]
}

/** The same group in a report of one priority; undefined where nothing of it was measured. */
function sameIn({ groups, total }: AttainmentReport, { key }: AttainmentGroup): AttainmentGroup | undefined {
  return key === TOTAL ? total : groups.find((group) => group.key === key)
}

function useGroupName(by: TableGrouping): (group: AttainmentGroup) => string {
  const t = useText()
  const format = useFormat()
  return ({ key, label }) => {
    if (key === TOTAL) return t(`attainment.all.${by}`)
    if (key === '') return t(`attainment.none.${by}`)
    return by === 'month' ? format.month(key) : label
  }
}

function GroupName({ group, by }: { readonly group: AttainmentGroup; readonly by: TableGrouping }) {
  const name = useGroupName(by)(group)
  return group.key === TOTAL ? <b>{name}</b> : name
}

interface GroupFigureProps {
  readonly by: TableGrouping
  readonly filter: FigureFilter
  readonly group: AttainmentGroup
  /** The group whose figure is shown: itself, or the same of one priority. */
  readonly of: AttainmentGroup | undefined
  readonly metric: Metric
  readonly priority?: Priority
}

function GroupFigure({ by, filter, group, of, metric, priority }: GroupFigureProps) {
  const t = useText()
  const format = useFormat()
  const name = useGroupName(by)(group)
  const tally = of?.byMetric[metric]
  const ratio = tally ? attainmentOf(tally) : null
  if (tally === undefined || (ratio === null && tally.excluded === 0)) {
    return <Glyph is="none" label={t('attainment.not-measured')} />
  }
  const under = narrowedTo(group.key, { filter, by, priority })
  if (under === null) return ratio === null ? t('attainment.not-measured') : format.ratio(ratio)
  return (
    <FigureDoor
      metric={metric}
      tally={tally}
      filter={under}
      definition={t('attainment.door.of', {
        what: name,
        metric,
        priority: priority?.toUpperCase() ?? '',
        hasPriority: priority === undefined ? 'no' : 'yes',
      })}
    />
  )
}

interface ReportedFigureProps {
  readonly group: AttainmentGroup
  readonly filter: FigureFilter
}

function ReportedFigure({ group: { reported }, filter }: ReportedFigureProps) {
  const ratio = reported && attainmentOf({ ...reported, excluded: 0 })
  return ratio && <ReportedDoor ratio={ratio} period={filter} />
}
