import { refused } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { require } from '#core/may.ts'
import { localAt } from '#core/zone.ts'
import { requireCustomer } from '#modules/customers'
import { readTriedVersion, requireRules, versionHashes } from '#modules/service-levels'
import type { Context } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import type { WhatIf, WhatIfRequest } from './api.ts'
import { countWhatIfJob } from './jobs.ts'
import { barredFromTrying } from './may.ts'
import { getWhatIf, insertWhatIf, lockWhatIf, updateWhatIf } from './queries.ts'

/** Years of tickets are a report, not a trial. */
const DAYS_AT_MOST = 3 * 366
const DAY_MS = 86_400_000

/** Has a period's tickets counted by a version, in the background. Throws when that version counts none of them. */
export async function tryWhatIf(
  context: Context,
  { customer: customerName, versionId, calendarRules, from, to }: WhatIfRequest,
): Promise<WhatIf> {
  require(barredFromTrying(context.actor))
  const { db, now, actor, enqueue } = context
  const { customerId, number, tried } = await readTriedVersion(db, versionId, calendarRules ?? null)
  const customer = await requireCustomer(db, customerName ?? customerId)
  if (customer.id !== customerId) throw refused('what-if.other-customer')
  if (calendarRules !== undefined) requireRules(calendarRules, actor.language)
  const quarter = lastQuarter(customer.timeZone, now)
  const days = { from: from ?? quarter.from, to: to ?? quarter.to }
  const length = (Date.parse(days.to) - Date.parse(days.from)) / DAY_MS
  if (length <= 0) throw refused('what-if.ends-before')
  if (length > DAYS_AT_MOST) throw refused('what-if.too-long')
  const id = newId(now.getTime())
  await insertWhatIf(db, {
    id,
    customerId,
    agreementId: tried.agreementId,
    versionId,
    versionNumber: number,
    fromDay: days.from,
    toDay: days.to,
    tried: JSON.stringify(tried),
    contentHash: (await versionHashes(db, [versionId])).get(versionId)!,
    requestedBy: actor.personId,
    requestedAt: now,
  })
  await audit(context, {
    action: 'what-if.tried',
    subjectType: 'what-if',
    subjectId: id,
    customerId,
    facts: { versionId, ...days },
  })
  await enqueue(countWhatIfJob, { whatIfId: id })
  return getWhatIf(context, id)
}

/** Stops it; when it is done already, it stays so. */
export async function cancelWhatIf(context: Context, id: string): Promise<WhatIf> {
  require(barredFromTrying(context.actor))
  const { db, now } = context
  const { state } = await lockWhatIf(db, id)
  if (state === 'computing') await updateWhatIf(db, id, { state: 'cancelled', finishedAt: now })
  return getWhatIf(context, id)
}

/** The whole quarter before that of a moment, as days of a zone. */
export function lastQuarter(zone: string, now: Date): { readonly from: string; readonly to: string } {
  const local = new Date(localAt(zone, now.getTime()))
  const begins = Math.floor(local.getUTCMonth() / 3) * 3
  const dayOf = (month: number) => new Date(Date.UTC(local.getUTCFullYear(), month, 1)).toISOString().slice(0, 10)
  return { from: dayOf(begins - 3), to: dayOf(begins) }
}
