import { notFound } from '#core/failure.ts'
import { explainKnown, explainTold, toldClock } from '#modules/incidents'
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
  const clock = await toldClock(context, row)
  const before = await explainTold(context, clock, row.before as Result | null)
  const as = { ...clock, priority: clock.incident.priority }
  const find = agreementTrying(tried as unknown as TriedVersion)
  return {
    difference: differenceView(row),
    before,
    after: await explainKnown(context, as, row.after as Result | null, find),
  }
}
