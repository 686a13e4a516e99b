import type { Period } from './fact-queries.ts'
import type { ListClock, ListRow } from './list-query.ts'
import type { TargetFacts } from './facts.ts'

/** One promise on one incident, as it stood when the month ended. */
export interface ClockCell {
  readonly result: 'met' | 'failed' | 'excluded' | 'open' | 'open-breached' | 'cancelled'
  /** In the reviewed month: it is in the figures. */
  readonly counted: boolean
  readonly dueAt: Date | null
  readonly targetMs: number
  /** Null while it is open. */
  readonly elapsedMs: number | null
}

/** An incident that some figure counts, as the list behind the figures shows it: no person and no team. */
export interface IncidentRow {
  readonly number: string
  readonly reference: string | null
  readonly title: string
  readonly priority: TargetFacts['priority']
  readonly state: 'open' | 'resolved' | 'withdrawn'
  readonly service: string | null
  readonly site: string | null
  readonly openedAt: Date
  readonly respondedAt: Date | null
  readonly resolvedAt: Date | null
  readonly response: ClockCell | null
  readonly resolution: ClockCell | null
  readonly reportedMet: boolean | null
}

/** A row as it was when the month ended: what happened since is not of this month, and would change what was frozen. */
export function incidentRow(row: ListRow, period: Period): IncidentRow {
  const { asOf } = period
  const until = (at: Date | null) => (at !== null && at < asOf ? at : null)
  const resolvedAt = until(row.resolvedAt)
  return {
    number: row.number,
    reference: row.reference,
    title: row.title,
    priority: row.priority,
    state: until(row.endedAt) === null ? 'open' : resolvedAt === null ? 'withdrawn' : 'resolved',
    service: row.service,
    site: row.site,
    openedAt: row.openedAt,
    respondedAt: until(row.respondedAt),
    resolvedAt,
    response: clockCell(
      {
        state: row.responseState,
        stoppedAt: row.responseStoppedAt,
        dueAt: row.responseDueAt,
        breachedAt: row.responseBreachedAt,
        targetMs: row.responseTargetMs,
        elapsedMs: row.responseElapsedMs,
        excluded: row.responseExcluded,
      },
      period,
    ),
    resolution: clockCell(
      {
        state: row.resolutionState,
        stoppedAt: row.resolutionStoppedAt,
        dueAt: row.resolutionDueAt,
        breachedAt: row.resolutionBreachedAt,
        targetMs: row.resolutionTargetMs,
        elapsedMs: row.resolutionElapsedMs,
        excluded: row.resolutionExcluded,
      },
      period,
    ),
    // What the source says is said when the incident ends.
    reportedMet: until(row.endedAt) === null ? null : row.reportedMet,
  }
}

function clockCell(
  { state, stoppedAt, dueAt, breachedAt, targetMs, elapsedMs, excluded }: ListClock,
  { from, asOf }: Period,
): ClockCell | null {
  if (state === null || targetMs === null) return null
  if (state === 'cancelled') return { result: 'cancelled', counted: false, dueAt: null, targetMs, elapsedMs: null }
  if (stoppedAt === null || stoppedAt >= asOf) {
    const late = breachedAt !== null && breachedAt < asOf
    // When it is due may move while it waits; it is a fact once it is over.
    return {
      result: late ? 'open-breached' : 'open',
      counted: false,
      dueAt: late ? dueAt : null,
      targetMs,
      elapsedMs: null,
    }
  }
  const result = excluded ? 'excluded' : state === 'met' ? 'met' : 'failed'
  return { result, counted: stoppedAt >= from, dueAt, targetMs, elapsedMs }
}

/** A row as it came from JSON, with its moments as such. */
export function revivedRow(row: IncidentRow): IncidentRow {
  const date = (value: Date | null) => (value === null ? null : new Date(value))
  const cell = (one: ClockCell | null) => (one === null ? null : { ...one, dueAt: date(one.dueAt) })
  return {
    ...row,
    openedAt: new Date(row.openedAt),
    respondedAt: date(row.respondedAt),
    resolvedAt: date(row.resolvedAt),
    response: cell(row.response),
    resolution: cell(row.resolution),
  }
}
