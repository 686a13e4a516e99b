import { alarmsOf, toldOf } from '#core/alarm.ts'
import { openMsBetween } from '#core/calendar.ts'
import { byNow, type ClockResult, gapsOf, runClock, ticketResult } from '#core/clock.ts'
import type { ClockEvent } from '#core/clock-terms.ts'
import { wholeSeconds } from '#core/clock-text.ts'
import { newId } from '#core/id.ts'
import type { Compilable } from 'kysely'
import type { Context } from '#platform/context.ts'
import { inserting } from '#platform/insert.ts'
import { clockMetrics, type PromisedMetric } from './agreement.ts'
import { askOf } from './ask.ts'
import {
  type ClockRow,
  type ClockSubject,
  continuing,
  type CountedSubject,
  dateOf,
  storedClock,
  withPast,
} from './clock-row.ts'
import { moveFigures } from './figures.ts'
import type { AgreementInForce } from './in-force.ts'
import { type KeptClock, lockClocks } from './kept-clocks.ts'
import { keepResults } from './kept-results.ts'
import { spanAt } from './promise.ts'
import { settleClocks } from './settling.ts'

/** A clock as a result and, when somebody wants it, as the row that caches it. */
export interface CountedClock {
  readonly metric: PromisedMetric
  readonly targetId: string
  /** What it says of its incident. */
  readonly result: ClockResult
  /** Of one that begins again and again those that are over; else none. */
  readonly gaps: readonly ClockResult[]
  /** With another id each time. Most clocks that are counted are as they are stored, and need none. */
  readonly row: () => ClockRow
}

/** The clocks of one of many incidents as they are counted. */
export interface IncidentClocks {
  readonly incidentId: string
  readonly clocks: readonly CountedClock[]
  /** It was brought in with its past, so that what was reached by now is told to nobody. */
  readonly hasPast: boolean
  /** Where others' promises stand behind what was agreed for it: what their clocks are counted from. */
  readonly relying?: Relying | null
}

/** An incident whose agreement relies on others, and what happened to it. */
export interface Relying {
  readonly versionId: string
  readonly subject: CountedSubject
  readonly openedAt: Date
  readonly events: readonly ClockEvent[]
}

export function rowsOf({ clocks, hasPast }: IncidentClocks, now: Date): ClockRow[] {
  return clocks.map(({ row }) => (hasPast ? withPast(row(), now) : row()))
}

/**
 * The clocks of one incident as they stand: one for each metric that the agreement promises for its priority. A function of
 * history, agreement and calendar; nothing that was stored before enters.
 *
 * @param events Sorted by moment and order.
 * @param at Now; what is recorded has happened, whatever the clock says here.
 */
export function countClocks(
  agreement: AgreementInForce,
  { category, ...subject }: CountedSubject,
  events: readonly ClockEvent[],
  at: number,
): CountedClock[] {
  const counted: CountedClock[] = []
  const now = byNow(events, at)
  const openedAt = events.find(({ kind }) => kind === 'opened')?.at ?? now
  const { open, targets, termsOf } = agreement.promised({ serviceId: subject.serviceId, category }, openedAt)
  for (const metric of clockMetrics) {
    const target = targets.get(`${metric} ${subject.priority}`)
    const terms = target === undefined ? null : termsOf(metric, subject.priority)
    if (terms === null || target === undefined) continue
    const current = runClock(terms, open, events, now)
    const result = ticketResult(current)
    const gaps = metric === 'next-update' ? gapsOf(current) : []
    const targetId = target.id
    const row = () => rowOf(agreement, subject, { metric, targetId, result, gaps, current, openedAt, now })
    counted.push({ metric, targetId, result, gaps, row })
  }
  return counted
}

interface Counted extends Omit<CountedClock, 'row'> {
  /** The clock that runs now, or ran last: what is told is told of it. */
  readonly current: ClockResult
  readonly openedAt: number
  readonly now: number
}

function rowOf(
  agreement: AgreementInForce,
  subject: ClockSubject,
  { metric, targetId, result, current, gaps, openedAt, now }: Counted,
): ClockRow {
  const { calendarVersions, onCalendarChange } = agreement
  const { state, startAt, dueAt, breachedAt, stoppedAt, targetMs, elapsedMs } = result
  const runs = state === 'running' || state === 'breached-running'
  const promise = { round: current.earlier.length, targetMs }
  const alarms = alarmsOf(current, agreement.atRiskBp, now)
  const met = gapsMet({ metric, gaps })
  return {
    id: newId(startAt ?? now),
    ...subject,
    metric,
    agreementVersionId: agreement.versionId,
    targetId,
    calendarVersionId: spanAt(calendarVersions, onCalendarChange === 'at-start' ? openedAt : (startAt ?? now)).id,
    state,
    startedAt: dateOf(startAt),
    dueAt: dateOf(dueAt),
    breachedAt: dateOf(breachedAt !== null && breachedAt <= now ? breachedAt : null),
    stoppedAt: dateOf(stoppedAt),
    elapsedMs: Math.round(elapsedMs),
    runningSince: runs ? new Date(now) : null,
    ...promise,
    attachedAt: new Date(now),
    gapsMet: met,
    gapsFailed: met === null ? null : gaps.length - met,
    alarms,
    toldBp: toldOf(promise, null, alarms, now),
  }
}

/** How many gaps of a clock that begins again and again were met; null of any other. */
export function gapsMet({ metric, gaps }: Pick<CountedClock, 'metric' | 'gaps'>): number | null {
  if (metric !== 'next-update') return null
  let met = 0
  for (const { state } of gaps) if (state === 'met') met += 1
  return met
}

/** The next moment at which one of these would be missed; null when none runs. */
export function nextDue(clocks: readonly CountedClock[]): Date | null {
  let next: number | null = null
  for (const { result } of clocks) {
    const { dueAt, state } = result
    if (dueAt === null || (state !== 'running' && state !== 'breached-running')) continue
    if (next === null || dueAt < next) next = dueAt
  }
  return dateOf(next)
}

/** A clock as people see it: what a stored running clock has become by `now`. */
export interface ClockView {
  readonly id: string
  readonly metric: PromisedMetric
  readonly state: ClockResult['state']
  readonly startedAt: Date | null
  readonly dueAt: Date | null
  readonly stoppedAt: Date | null
  readonly breachedAt: Date | null
  readonly targetSeconds: number
  readonly elapsedSeconds: number
  /** Of one that begins again and again (the next update): how many of those that are over were met, and missed. */
  readonly gaps?: { readonly met: number; readonly failed: number }
}

type StoredClock = Omit<ClockView, 'metric' | 'state' | 'targetSeconds' | 'elapsedSeconds' | 'gaps'> & {
  readonly gapsMet?: number | null
  readonly gapsFailed?: number | null
  readonly calendarVersionId: string
  readonly metric: string
  readonly state: string
  readonly targetMs: number
  readonly elapsedMs: number
  readonly runningSince: Date | null
}

/**
 * Brings a stored clock to `now`: the time since it was counted, and whether it is over by now.
 *
 * @param agreement In whose hours it runs; how far one has got that does not run is stored with it, so null will do.
 */
export function clockView(stored: StoredClock, agreement: AgreementInForce | null, now: Date): ClockView {
  const { runningSince, elapsedMs, targetMs, state, dueAt, breachedAt } = stored
  const elapsed = elapsedMs + openSince(runningSince, stored.calendarVersionId, { agreement, now })
  const { gapsMet: met = null, gapsFailed: failed = null } = stored
  const over = state === 'running' && elapsed > targetMs
  return {
    id: stored.id,
    metric: stored.metric as PromisedMetric,
    state: over ? 'breached-running' : (state as ClockResult['state']),
    startedAt: stored.startedAt,
    dueAt,
    stoppedAt: stored.stoppedAt,
    breachedAt: breachedAt ?? (over ? dueAt : null),
    targetSeconds: targetMs / 1000,
    elapsedSeconds: wholeSeconds(elapsed),
    ...(met !== null && failed !== null && { gaps: { met, failed } }),
  }
}

/** Service time since a moment in the hours of a version; none where nothing runs. */
function openSince(
  since: Date | null,
  calendarVersionId: string,
  { agreement, now }: { readonly agreement: AgreementInForce | null; readonly now: Date },
): number {
  if (since === null) return 0
  if (agreement === null) throw new Error('A clock that runs does so in the hours of an agreement.')
  return openMsBetween(agreement.openOf(calendarVersionId), since.getTime(), now.getTime())
}

/** Clocks of an incident in the order in which they are shown: the response first. */
export function inOrder<Shown extends { readonly metric: PromisedMetric }>(clocks: readonly Shown[]): Shown[] {
  return clocks.toSorted((one, other) => clockMetrics.indexOf(one.metric) - clockMetrics.indexOf(other.metric))
}

/** The statement that stores an incident's first clocks; at least one. */
export function writeClocks(rows: readonly ClockRow[]): Compilable {
  return inserting('clock', rows.map(storedClock))
}

function continued(after: ClockRow, before: KeptClock): ClockRow {
  const { toldBp, attachedAt } = continuing(after, before)
  return { ...after, toldBp, attachedAt }
}

/**
 * Stores an incident's clocks as they are now counted, in the place of those before, and moves the month's figures by the
 * difference. A result that did not change keeps what it is grouped by; one that was told in a locked period stays and is
 * adjusted. To be called with the incident locked.
 */
export async function replaceClocks(
  { db, now }: Pick<Context, 'db' | 'now'>,
  incidentId: string,
  rows: readonly ClockRow[],
): Promise<void> {
  const ask = askOf(db)
  const before = await lockClocks(ask, [incidentId])
  const changes = await settleClocks(ask, before, rows)
  if (changes.length === 0) return
  await moveFigures(db, incidentId, -1)
  for (const { before: old, after, stored } of changes) {
    if (!stored) continue
    if (old === null) await db.insertInto('clock').values(storedClock(after!)).execute()
    else if (after === null) await db.deleteFrom('clock').where('clock.id', '=', old.id).execute()
    else {
      await db
        .updateTable('clock')
        .set({ ...storedClock(continued(after, old)), id: old.id })
        .where('clock.id', '=', old.id)
        .execute()
    }
  }
  await moveFigures(db, incidentId, 1)
  await keepResults(ask, changes, { now, cause: 'history' })
}
