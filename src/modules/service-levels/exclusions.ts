import { notFound, refused } from '#core/failure.ts'
import type { Context, Db } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import { type Ask, askOf } from './ask.ts'
import { moveFigures } from './figures.ts'
import { readClocks } from './kept-clocks.ts'
import { keepResults } from './kept-results.ts'
import { monthsOf } from './locked-months.ts'
import type { ExclusionView } from './periods-api.ts'
import { type Result, shiftBetween, verdictOf } from './settlement.ts'
import { lastAdjusted } from './last-adjusted.ts'
import { resultOf } from './settling.ts'

/** Why a measured result is left out of the figures, and who says so. */
export interface Exclusion {
  readonly reason: string
  readonly evidence: string
  /** Names, for whoever reads it. */
  readonly requestedBy: string | null
  readonly approvedBy: string | null
  readonly correctionId: string
}

/** A result that can be left out of the figures. */
export interface Excludable {
  /** As it is known now: of a locked month what the last adjustment says. */
  readonly result: Result
  /** In which it counts, `YYYY-MM`. */
  readonly month: string
  /** That month is locked: leaving the result out is an adjustment. */
  readonly locked: boolean
}

export interface ExcludableResult extends Excludable {
  readonly clockId: string
  readonly incidentId: string
  readonly customerId: string
  readonly number: string
  readonly metric: string
}

interface Told {
  /** Of a clock or an order. */
  readonly id: string
  readonly customerId: string
  readonly told: Result | null
}

/**
 * A result as it is known now, if it can be left out of the figures. Throws when it counts nowhere, or is left out already.
 */
export async function excludableResult(
  ask: Ask,
  of: 'clock' | 'request',
  { id, customerId, told }: Told,
): Promise<Excludable> {
  if (told === null || verdictOf(told) === null) throw refused('correction.no-result')
  const months = await monthsOf(ask, [customerId])
  const month = months.month(customerId, told.stoppedAt!)
  const locked = months.locked(customerId, told.stoppedAt!) !== null
  const last = locked ? (await lastAdjusted(ask, of, [id])).get(`${id} ${month}`) : undefined
  const result = last === undefined ? told : last
  const verdict = verdictOf(result)
  if (result === null || verdict === null) throw refused('correction.no-result')
  if (verdict === 'excluded') throw refused('correction.excluded')
  return { result, month, locked }
}

/** A clock's result, if it can be left out of the figures: it counts somewhere, and is not left out already. */
export async function requireExcludable(db: Db, clockId: string): Promise<ExcludableResult> {
  const clock = await db
    .selectFrom('clock')
    .select(['id', 'incidentId', 'customerId', 'number', 'metric', 'state', 'startedAt', 'dueAt', 'stoppedAt'])
    .select(['targetMs', 'elapsedMs', 'exclusion'])
    .where('id', '=', clockId)
    .executeTakeFirst()
  if (!clock) throw notFound('clock.not-found')
  const told = resultOf(clock, clock.exclusion !== null)
  const { customerId, incidentId, number, metric } = clock
  const ask = askOf(db)
  const found = await excludableResult(ask, 'clock', { id: clockId, customerId, told })
  return { clockId, incidentId, customerId, number, metric, ...found }
}

/** Leaves a result out of the figures; of a locked month by an adjustment. What it was stays readable. */
export async function excludeClock(context: Context, clockId: string, exclusion: Exclusion): Promise<void> {
  const { db, now } = context
  const { incidentId } = await requireExcludable(db, clockId)
  // First the incident and then its clocks, as everybody does.
  await db.selectFrom('incident').select('id').where('id', '=', incidentId).forUpdate().execute()
  const { result, month, customerId, metric, locked } = await requireExcludable(db, clockId)
  const ask = askOf(db)
  const before = (await readClocks(ask, [incidentId], 'for update')).find(({ id }) => id === clockId)!
  const is = { ...result, excluded: true }
  if (!locked) {
    await moveFigures(db, incidentId, -1)
    await db
      .updateTable('clock')
      .set({ exclusion: JSON.stringify(exclusion) })
      .where('id', '=', clockId)
      .execute()
    await moveFigures(db, incidentId, 1)
  }
  const settled = locked
    ? { stored: false, lockedMonth: month, adjustment: { from: result, to: is, by: shiftBetween(result, is) } }
    : { stored: true, lockedMonth: null, adjustment: null }
  await keepResults(ask, [{ before, after: null, was: result, is, month, ...settled }], {
    now,
    cause: 'correction',
    correctionId: exclusion.correctionId,
  })
  await audit(context, {
    action: 'clock.excluded',
    subjectType: 'incident',
    subjectId: incidentId,
    customerId,
    facts: { metric, reason: exclusion.reason },
  })
}

/** As stored with a clock or an order; who asked for it is the provider's affair. Null for none. */
export function exclusionView(stored: unknown, inside: boolean): ExclusionView | null {
  if (typeof stored !== 'object' || stored === null) return null
  const { reason, evidence, requestedBy, approvedBy } = stored as Readonly<Record<string, unknown>>
  const textOf = (value: unknown) => (typeof value === 'string' ? value : null)
  return {
    reason: textOf(reason),
    evidence: textOf(evidence),
    requestedBy: inside ? textOf(requestedBy) : null,
    approvedBy: textOf(approvedBy),
  }
}
