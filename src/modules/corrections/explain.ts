import { sql } from 'kysely'
import { notFound } from '#core/failure.ts'
import { explainKnown, explainTold, toldClock, type ToldClock } from '#modules/incidents'
import { forgetVersion, type Result, resultView } from '#modules/service-levels'
import type { Context, Db } from '#platform/context.ts'
import { cursorOf } from '#platform/paging.ts'
import type { ResultExplanation } from '#api/incidents'
import type { DifferenceExplanation } from './api.ts'
import { readApproved } from './compute.ts'
import { makeChange } from './make.ts'
import { getCorrection, listDifferences } from './queries.ts'

/**
 * How a clock was counted before a correction and how it is counted with it, step by step. Both are counted anew: what was
 * told, by what was known then; what is not so yet, in a world in which the change was made and which is undone.
 */
export async function explainDifference(
  context: Context,
  correctionId: string,
  position: number,
): Promise<DifferenceExplanation> {
  const { db, actor } = context
  const correction = await getCorrection(context, correctionId)
  const difference = await readDifference(db, correctionId, position)
  // As in the list: the one after the one before.
  const { items } = await listDifferences(context, correctionId, { limit: 1, cursor: cursorOf([position - 1]) })
  const shown = { difference: items[0]! }
  // How a promise behind was counted is told on its incident.
  if (shown.difference.behind !== null) return { ...shown, before: null, after: null }
  const wanted = await toldClock(context, difference)
  const before = await explainTold(context, wanted, difference.before)
  const isOver = correction.state === 'applied' || correction.state === 'approved'
  const mayTry = !isOver && (actor.access === 'staff' || actor.access === 'limited')
  // Left out of the figures it is counted as it was.
  if (correction.kind === 'exclusion') {
    return { ...shown, before, after: before && { ...before, result: resultView(difference.after)! } }
  }
  const after = mayTry ? await whatWouldBe(context, correctionId, wanted, difference.after) : null
  return { ...shown, before, after: after ?? (await explainTold(context, wanted, difference.after)) }
}

interface Difference {
  readonly incidentId: string
  readonly clockId: string | null
  readonly metric: string
  readonly before: Result | null
  readonly after: Result | null
}

async function readDifference(db: Db, correctionId: string, position: number): Promise<Difference> {
  const row = await db
    .selectFrom('correctionDifference')
    .select(['incidentId', 'clockId', 'metric', 'before', 'after'])
    .where('correctionId', '=', correctionId)
    .where('position', '=', position)
    .executeTakeFirst()
  if (!row) throw notFound('clock.not-found')
  return { ...row, before: row.before as Result | null, after: row.after as Result | null }
}

/** Null when the change cannot be made (any more), or when it would come out otherwise than it was looked at. */
async function whatWouldBe(
  context: Context,
  correctionId: string,
  wanted: ToldClock,
  result: Result | null,
): Promise<ResultExplanation | null> {
  const { db } = context
  const approved = await readApproved(db, correctionId)
  if (approved === null || result === null) return null
  await sql`savepoint before_change`.execute(db)
  try {
    const quiet: Context = { ...context, listeners: {}, enqueue: async () => undefined }
    await makeChange(quiet, approved)
    const incident = await db
      .selectFrom('incident')
      .select(['id', 'number', 'customerId', 'openedAt', 'category', 'siteId', 'serviceId', 'priority'])
      .where('id', '=', wanted.incident.id)
      .executeTakeFirstOrThrow()
    return await explainKnown(quiet, { ...wanted, incident }, result)
  } finally {
    await sql`rollback to savepoint before_change`.execute(db)
    if (approved.change.kind === 'back-dated-contract') forgetVersion(approved.change.version)
  }
}
