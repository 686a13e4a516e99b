import { useQueries, useQuery } from '@tanstack/react-query'
import {
  type AttainmentGroup,
  type AttainmentReport,
  type Metric,
  type Priority,
  priorities,
} from '#api/service-levels'
import { attainmentOf } from '#core/attainment.ts'
import { Problem } from '#web/ui/problem.tsx'
import { Glyph } from '#web/ui/state.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { FigureDoor } from './attainment-door.tsx'
import { inOrder, isMeasured, narrowedTo, TOTAL } from './attainment-groups.ts'
import type { Period } from './attainment-period.ts'
import { type FigureFilter, reportQuery } from './attainment-queries.ts'
import type { TableGrouping } from './attainment-search.ts'
import { Strip, StripHead } from './attainment-strip.tsx'

interface AttainmentTableProps {
  readonly by: TableGrouping
  readonly customer: string | undefined
  readonly period: Period
  /** The share that every resolution is to reach, where it is one for all priorities. */
  readonly targetBp: number | null
}

/** Resolutions in time by site, service, team, month or customer, each figure a door. */
export function AttainmentTable({ by, customer, period, targetBp }: AttainmentTableProps) {
  const t = useText()
  const filter = { customer, from: period.from, to: period.to }
  const whole = useQuery(reportQuery({ ...filter, groupBy: by, durations: true }))
  const parts = useQueries({ queries: priorities.map((priority) => reportQuery({ ...filter, groupBy: by, priority })) })
  const shown = priorities.flatMap((priority, index) => {
    const report = parts[index]?.data
    return report !== undefined && report.total.attainment !== null ? [{ priority, report }] : []
  })
  const columns = useColumns({ by, filter, targetBp, shown, hasReported: whole.data?.total.reported !== null })
  if (whole.isError) return <Problem failure={whole.error} />
  if (whole.data === undefined || parts.some(({ data }) => data === undefined)) return null
  const groups = inOrder(whole.data.groups.filter(isMeasured), by)
  return (
    <Table
      label={t('attainment.table', { by: t(`attainment.by.${by}`) })}
      columns={columns}
      rows={groups.length > 1 ? [...groups, whole.data.total] : groups}
      rowKey={({ key }) => key}
    />
  )
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
      resolutionTime ? format.duration(resolutionTime.medianSeconds * 1000) : '',
    ),
    ...(hasReported
      ? [numeric('reported', t('attainment.column.reported'), (group) => <ReportedFigure group={group} />, 'under')]
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

function ReportedFigure({ group: { reported } }: { readonly group: AttainmentGroup }) {
  const format = useFormat()
  const ratio = reported && attainmentOf({ ...reported, excluded: 0 })
  return ratio && format.ratio(ratio)
}
