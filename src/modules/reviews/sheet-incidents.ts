import type { SheetCell, SheetColumn } from '#platform/documents/workbook.ts'
import type { ClockCell, IncidentRow } from './incident-row.ts'
import type { ReviewText, Wording } from './wording.ts'

/** Head, kind and width of each column of a sheet. */
export type Columns = readonly (readonly [ReviewText, SheetColumn['kind'], number])[]

/** The list behind the figures. */
export const incidentColumns: Columns = [
  ['head.incident', 'text', 14],
  ['head.reference', 'text', 16],
  ['head.title', 'text', 48],
  ['head.priority', 'text', 9],
  ['head.service', 'text', 24],
  ['head.site', 'text', 24],
  ['head.opened', 'moment', 20],
  ['head.responded', 'moment', 20],
  ['head.resolved', 'moment', 20],
  ['head.state', 'text', 16],
  ['head.response-result', 'text', 14],
  ['head.response-target', 'duration', 12],
  ['head.response-time', 'duration', 12],
  ['head.resolution-result', 'text', 14],
  ['head.resolution-target', 'duration', 12],
  ['head.resolution-time', 'duration', 12],
  ['head.resolution-due', 'moment', 20],
  ['head.reported', 'text', 14],
]

export function incidentCells(row: IncidentRow, { say, priority }: Wording): SheetCell[] {
  const result = (clock: ClockCell | null) => {
    if (clock === null) return null
    const told = say(`result.${clock.result}`)
    const earlier =
      !clock.counted && (clock.result === 'met' || clock.result === 'failed' || clock.result === 'excluded')
    return earlier ? say('result.before', { result: told }) : told
  }
  return [
    row.number,
    row.reference,
    row.title,
    priority(row.priority),
    row.service,
    row.site,
    row.openedAt,
    row.respondedAt,
    row.resolvedAt,
    say(`state.${row.state}`),
    result(row.response),
    row.response?.targetMs ?? null,
    row.response?.elapsedMs ?? null,
    result(row.resolution),
    row.resolution?.targetMs ?? null,
    row.resolution?.elapsedMs ?? null,
    row.resolution?.dueAt ?? null,
    row.reportedMet === null ? null : say(row.reportedMet ? 'result.met' : 'result.failed'),
  ]
}
