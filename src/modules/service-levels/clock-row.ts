import type { Insertable } from 'kysely'
import type { DB } from '#db'
import { type Alarm, isSamePromise, passedBp, untold } from '#core/alarm.ts'
import type { ClockResult } from '#core/clock.ts'
import type { PromisedMetric, Priority } from './agreement.ts'

/** What a figure can be grouped by: the incident's at the moment the clock stopped. */
export interface ClockSubject {
  readonly incidentId: string
  readonly customerId: string
  readonly number: string
  readonly priority: Priority
  readonly siteId: string | null
  readonly serviceId: string | null
  readonly teamId: string | null
}

/** What decides about an incident's targets beside what its figures are grouped by. */
export interface CountedSubject extends ClockSubject {
  readonly category: string | null
}

export type ClockRow = Omit<Insertable<DB['clock']>, 'alarms' | 'alarmAt'> & {
  readonly id: string
  readonly metric: PromisedMetric
  readonly state: ClockResult['state']
  readonly startedAt: Date | null
  readonly dueAt: Date | null
  readonly breachedAt: Date | null
  readonly stoppedAt: Date | null
  readonly targetMs: number
  readonly elapsedMs: number
  readonly runningSince: Date | null
  readonly round: number
  readonly attachedAt: Date | null
  readonly gapsMet: number | null
  readonly gapsFailed: number | null
  /** All of them, told or not. */
  readonly alarms: readonly Alarm[]
  readonly toldBp: number
}

/** What was told of a clock, and since when it is attached. */
type Told = Pick<ClockRow, 'toldBp' | 'attachedAt'>

/** What holds for a clock that goes on where another was stored: of the same promise, what was told stays told. */
export function continuing(
  row: Told & { readonly round: number; readonly targetMs: number },
  before: {
    readonly round: number
    readonly targetMs: number
    readonly toldBp: number
    readonly attachedAt: Date | null
  },
): Told {
  return isSamePromise(row, before) ? before : row
}

/** A clock of a ticket that is brought in with its past: what was reached by `now` is told to nobody. */
export function withPast<Row extends Told & { readonly alarms: readonly Alarm[] }>(row: Row, now: Date): Row {
  return { ...row, attachedAt: null, toldBp: passedBp(row.alarms, now.getTime()) }
}

/** The row as it is stored: with the alarms that are left. */
export function storedClock({ alarms, ...row }: ClockRow) {
  return { ...row, ...storedAlarms(alarms, row.toldBp) }
}

/** The alarms that are left when so much was told. */
export function storedAlarms(alarms: readonly Alarm[], toldBp: number) {
  const left = untold(alarms, toldBp)
  return { alarms: left.length === 0 ? null : JSON.stringify(left), alarmAt: dateOf(left[0]?.at ?? null) }
}

/** Whether a result came out as it was. It then keeps what it is grouped by, too. */
export function isUnchanged(
  before: Pick<ClockRow, 'stoppedAt' | 'elapsedMs' | 'gapsMet' | 'gapsFailed'> & {
    readonly state: string
    readonly targetId: string
  },
  after: ClockRow,
): boolean {
  return (
    before.stoppedAt !== null &&
    before.stoppedAt.getTime() === after.stoppedAt?.getTime() &&
    before.state === after.state &&
    before.elapsedMs === after.elapsedMs &&
    before.targetId === after.targetId &&
    before.gapsMet === after.gapsMet &&
    before.gapsFailed === after.gapsFailed
  )
}

export function dateOf(at: number | null): Date | null {
  return at === null ? null : new Date(at)
}
