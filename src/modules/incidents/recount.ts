import {
  agreementFor,
  askOf,
  countBehind,
  countClocks,
  nextDue,
  readBehind,
  replaceBehind,
  replaceClocks,
} from '#modules/service-levels'
import type { Context } from '#platform/context.ts'
import { clockEventsOf, firstTeamOf } from './clock-events.ts'
import { lockIncident } from './queries.ts'
import { readClockFacts } from './timeline.ts'

/** Counts an incident's clocks from its history. To be called with the incident locked. */
export async function recountClocks({ db, now }: Context, incidentId: string): Promise<void> {
  const incident = await lockIncident(db, incidentId)
  const { customerId, number, priority, category, siteId, serviceId, teamId } = incident
  const events = clockEventsOf(await readClockFacts(db, incident))
  const affected = { customerId, serviceId, siteId, teamId: firstTeamOf(events) }
  const agreement = await agreementFor(db, affected, incident.openedAt)
  const subject = { incidentId, customerId, number, priority, category, siteId, serviceId, teamId }
  const clocks = agreement === null ? [] : countClocks(agreement, subject, events, now.getTime())
  const rows = clocks.map(({ row }) => row())
  await replaceClocks({ db, now }, incidentId, rows)
  // Where nothing stands behind what was agreed, that costs nothing.
  if (agreement?.isSupported) {
    const behind = await readBehind(db, agreement.versionId, subject, incident.openedAt)
    await replaceBehind(askOf(db), [incidentId], countBehind(behind, subject, events, now.getTime()), { now })
  }
  await db
    .updateTable('incident')
    .set({ dueAt: nextDue(clocks) })
    .where('id', '=', incidentId)
    .execute()
}
