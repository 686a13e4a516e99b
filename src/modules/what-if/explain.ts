import { notFound } from '#core/failure.ts'
import { explainKnown, explainTold, toldClock } from '#modules/incidents'
import { explainToldOrder, explainTriedOrder } from '#modules/requests'
import { agreementTrying, type Result, type TriedVersion } from '#modules/service-levels'
import type { Context } from '#platform/context.ts'
import type { WhatIfExplanation } from './api.ts'
import { differenceView, readDifference } from './differences.ts'
import { getWhatIf } from './queries.ts'

/** How a clock was counted, and how it would have been: by what was tried then, also when the draft has changed since. */
export async function explainDifference(context: Context, id: string, position: number): Promise<WhatIfExplanation> {
  const { db } = context
  await getWhatIf(context, id)
  const row = await readDifference(db, id, position)
  if (!row) throw notFound('clock.not-found')
  const { tried } = await db.selectFrom('whatIf').select('tried').where('id', '=', id).executeTakeFirstOrThrow()
  const find = agreementTrying(tried as unknown as TriedVersion)
  const [was, is] = [row.before as Result | null, row.after as Result | null]
  const difference = differenceView(row)
  if (row.requestId !== null) {
    const before = await explainToldOrder(context, row.requestId, was)
    return { difference, before, after: await explainTriedOrder(context, row.requestId, { result: is, find }) }
  }
  const clock = await toldClock(context, { ...row, incidentId: row.incidentId! })
  const before = await explainTold(context, clock, was)
  const as = { ...clock, priority: clock.incident.priority }
  return { difference, before, after: await explainKnown(context, as, is, find) }
}
