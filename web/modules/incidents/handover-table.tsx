import type { HandoverGroup, HandoverReport } from '#api/incidents'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { HandoverDoor, type HandoverFigure } from './handover-door.tsx'
import type { HandoverCases, HandoverFilter } from './handover-queries.ts'
import { waitWords } from './words.ts'

/** The sum of all groups, which comes as one more of them. */
const TOTAL = 'total'

interface HandoverTableProps {
  readonly report: HandoverReport
  readonly filter: HandoverFilter
  readonly period: string
}

/** Handovers and times by team, month or service, each figure a door. */
export function HandoverTable({ report: { groups, total }, filter, period }: HandoverTableProps) {
  const t = useText()
  const format = useFormat()
  const { groupBy: by } = filter
  const nameOf = ({ key, label }: HandoverGroup) =>
    key === TOTAL
      ? t('handovers.all')
      : key === ''
        ? t(`handovers.no.${by}`)
        : by === 'month'
          ? format.month(key)
          : label
  const door = (group: HandoverGroup, figure: HandoverFigure, label: string, cases: Partial<HandoverCases> = {}) => (
    <HandoverDoor
      figure={figure}
      label={label}
      of={nameOf(group)}
      period={period}
      sample={group.incidents}
      cases={{ ...filter, ...(group.key !== TOTAL && { group: group.key }), ...cases }}
    />
  )
  const counted = (
    figure: 'handed-on' | 'handed-on-twice' | 'ping-pong' | 'handovers',
    count: (group: HandoverGroup) => number,
  ): Column<HandoverGroup> => ({
    key: figure,
    head: t(`handovers.figure.${figure}`),
    numeric: true,
    narrow: 'hidden',
    cell: (group) =>
      count(group) === 0 ? (
        <span className="pl-faint">0</span>
      ) : (
        door(group, figure, format.number(count(group)), { only: figure === 'handovers' ? 'handed-on' : figure })
      ),
  })
  const timed = (figure: 'working' | 'waiting', ms: (group: HandoverGroup) => number): Column<HandoverGroup> => ({
    key: figure,
    head: t(`handovers.figure.${figure}`),
    numeric: true,
    narrow: 'hidden',
    cell: (group) => door(group, figure, format.durationCell(ms(group))),
  })
  const columns: readonly Column<HandoverGroup>[] = [
    {
      key: 'name',
      head: t(`handovers.head.${by}`),
      narrow: 'lead',
      cell: (group) => (group.key === TOTAL ? <b>{nameOf(group)}</b> : nameOf(group)),
    },
    {
      key: 'incidents',
      head: t('handovers.figure.incidents'),
      numeric: true,
      narrow: 'hidden',
      cell: (group) => door(group, 'incidents', format.number(group.incidents)),
    },
    {
      key: 'handed-on-of',
      head: t('handovers.figure.handed-on'),
      numeric: true,
      narrow: 'trail',
      cell: (group) =>
        door(group, 'handed-on', format.ratio({ numerator: group.handedOn, denominator: group.incidents }), {
          only: 'handed-on',
        }),
    },
    counted('handed-on-twice', ({ handedOnTwice }) => handedOnTwice),
    counted('ping-pong', ({ pingPong }) => pingPong),
    counted('handovers', ({ handovers }) => handovers),
    timed('working', ({ workingMs }) => workingMs),
    timed('waiting', ({ waitingMs }) => waitingMs),
    {
      key: 'longest',
      head: t('handovers.longest'),
      narrow: 'under',
      cell: (group) => {
        const [longest] = group.waits
        if (longest === undefined) return ''
        return (
          <span className="pl-quiet">
            {longest.for === 'queue' ? t('handovers.queue') : waitWords(t, longest.for)}{' '}
            {door(group, 'wait', format.durationCell(longest.waitingMs), { waitsFor: longest.for })}
          </span>
        )
      },
    },
  ]
  const inOrder =
    by === 'month' ? groups.toReversed() : groups.toSorted((one, other) => other.handovers - one.handovers)
  return (
    <Table
      label={t('handovers.table', { by })}
      columns={columns}
      rows={inOrder.length > 1 ? [...inOrder, total] : inOrder}
      rowKey={({ key }) => key}
    />
  )
}
