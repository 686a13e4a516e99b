import { notFound, refused } from '#core/failure.ts'
import type { Context, Db } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import { moveFigures } from './figures.ts'
import { type Result, verdictOf } from './settlement.ts'
import { askOf, keepResults, monthsOf, readClocks, resultOf } from './settling.ts'

/** Why a measured result is left out of the figures, and who says so. */
export interface Exclusion {
  readonly reason: string
  readonly evidence: string
  /** Names, for whoever reads it. */
  readonly requestedBy: string | null
  readonly approvedBy: string | null
  readonly correctionId: string
}

export interface ExcludableResult {
  readonly clockId: string
  readonly incidentId: string
  readonly customerId: string
  readonly number: string
  readonly metric: string
  readonly result: Result
  /** In which it counts, `YYYY-MM`. */
  readonly month: string
}

/** A clock's result, if it can be left out of the figures: it counts, is not left out, and its month is not locked. */
export async function requireExcludable(db: Db, clockId: string): Promise<ExcludableResult> {
  const clock = await db
    .selectFrom('clock')
    .select(['id', 'incidentId', 'customerId', 'number', 'metric', 'state', 'startedAt', 'dueAt', 'stoppedAt'])
    .select(['targetMs', 'elapsedMs', 'exclusion'])
    .where('id', '=', clockId)
    .executeTakeFirst()
  if (!clock) throw notFound('clock.not-found')
  const result = resultOf(clock, clock.exclusion !== null)
  const verdict = verdictOf(result)
  if (verdict === null) throw refused('correction.no-result')
  if (verdict === 'excluded') throw refused('correction.excluded')
  const { customerId, incidentId, number, metric } = clock
  const months = await monthsOf(askOf(db), [customerId])
  const month = months.month(customerId, result.stoppedAt!)
  if (months.locked(customerId, result.stoppedAt!) !== null) throw refused('correction.exclusion-locked', { month })
  return { clockId, incidentId, customerId, number, metric, result, month }
}

/** Leaves a result out of the figures. What it was stays readable. */
export async function excludeClock(context: Context, clockId: string, exclusion: Exclusion): Promise<void> {
  const { db, now } = context
  const { incidentId } = await requireExcludable(db, clockId)
  // First the incident and then its clocks, as everybody does.
  await db.selectFrom('incident').select('id').where('id', '=', incidentId).forUpdate().execute()
  const { result, month, customerId, metric } = await requireExcludable(db, clockId)
  const ask = askOf(db)
  const before = (await readClocks(ask, [incidentId], 'for update')).find(({ id }) => id === clockId)!
  await moveFigures(db, incidentId, -1)
  await db
    .updateTable('clock')
    .set({ exclusion: JSON.stringify(exclusion) })
    .where('id', '=', clockId)
    .execute()
  await moveFigures(db, incidentId, 1)
  const change = { before, after: null, was: result, is: { ...result, excluded: true }, month, stored: true } as const
  await keepResults(ask, [{ ...change, lockedMonth: null, adjustment: null }], {
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
