import { sql } from 'kysely'
import { notFound } from '#core/failure.ts'
import { explainKnown, explainTold, toldClock } from '#modules/incidents'
import { explainKnownOrder, explainToldOrder } from '#modules/requests'
import { forgetVersion, type Result, resultView } from '#modules/service-levels'
import type { Context, Db } from '#platform/context.ts'
import type { ResultExplanation } from '#api/incidents'
import type { DifferenceExplanation } from './api.ts'
import { readApproved } from './compute.ts'
import { makeChange } from './make.ts'
import { differenceAt, getCorrection } from './queries.ts'

/**
 * How a clock, or what was promised for an order, was counted before a correction and how it is counted with it, step by step. Both are counted anew: what was
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
  const shown = { difference: await differenceAt(context, correctionId, position) }
  // How a promise behind was counted is told on its incident.
  if (shown.difference.behind !== null) return { ...shown, before: null, after: null }
  const way = difference.requestId === null ? await clockWay(context, difference) : orderWay(difference.requestId)
  const before = await way.told(context, difference.before)
  const isOver = correction.state === 'applied' || correction.state === 'approved'
  const mayTry = !isOver && (actor.access === 'staff' || actor.access === 'limited')
  // Left out of the figures it is counted as it was.
  if (correction.kind === 'exclusion' || correction.kind === 'order-exclusion') {
    return { ...shown, before, after: before && { ...before, result: resultView(difference.after)! } }
  }
  const after = mayTry ? await whatWouldBe(context, correctionId, way, difference.after) : null
  return { ...shown, before, after: after ?? (await way.told(context, difference.after)) }
}

type Explain = (context: Context, result: Result | null) => Promise<ResultExplanation | null>

/** How results of one thing are explained: as they were told, and by all that is known. Both null when that is not how it was. */
interface Way {
  readonly told: Explain
  readonly known: Explain
}

async function clockWay(context: Context, { incidentId, ...clock }: Difference): Promise<Way> {
  const wanted = await toldClock(context, { ...clock, incidentId: incidentId! })
  return {
    told: (within, result) => explainTold(within, wanted, result),
    known: async (within, result) => {
      // As the change left it.
      const incident = await within.db
        .selectFrom('incident')
        .select(['id', 'number', 'customerId', 'openedAt', 'category', 'siteId', 'serviceId', 'priority'])
        .where('id', '=', wanted.incident.id)
        .executeTakeFirstOrThrow()
      return explainKnown(within, { ...wanted, incident }, result)
    },
  }
}

function orderWay(requestId: string): Way {
  return {
    told: (within, result) => explainToldOrder(within, requestId, result),
    known: (within, result) => explainKnownOrder(within, requestId, result),
  }
}

interface Difference {
  readonly incidentId: string | null
  readonly requestId: string | null
  readonly clockId: string | null
  readonly metric: string
  readonly before: Result | null
  readonly after: Result | null
}

async function readDifference(db: Db, correctionId: string, position: number): Promise<Difference> {
  const row = await db
    .selectFrom('correctionDifference')
    .select(['incidentId', 'requestId', 'clockId', 'metric', 'before', 'after'])
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
  { known }: Way,
  result: Result | null,
): Promise<ResultExplanation | null> {
  const { db } = context
  const approved = await readApproved(db, correctionId)
  if (approved === null || result === null) return null
  await sql`savepoint before_change`.execute(db)
  try {
    const quiet: Context = { ...context, listeners: {}, enqueue: async () => undefined }
    await makeChange(quiet, approved)
    return await known(quiet, result)
  } finally {
    await sql`rollback to savepoint before_change`.execute(db)
    if (approved.change.kind === 'back-dated-contract') forgetVersion(approved.change.version)
  }
}
