import { newId } from '#core/id.ts'
import { countClocks, type IncidentClocks } from '#modules/service-levels'
import type { AgreementFinder } from './agreement-finder.ts'
import type { BulkIncident } from './bulk-incident.ts'
import { clockEventsOf, firstTeamOf } from './clock-events.ts'

/** An incident of a batch, with the number that it has or gets and its clocks as they are counted. */
export interface Prepared {
  readonly id: string
  readonly number: string
  readonly incident: BulkIncident
  readonly clocks: IncidentClocks['clocks']
  readonly relying: NonNullable<IncidentClocks['relying']> | null
}

/** Counts the clocks of a batch until `now`, each by what was agreed for it. */
export async function prepare(
  batch: readonly BulkIncident[],
  {
    agreements,
    numbers,
    now,
  }: { readonly agreements: AgreementFinder; readonly numbers: ReadonlyMap<string, string[]>; readonly now: Date },
): Promise<Prepared[]> {
  const ready: Prepared[] = []
  for (const incident of batch) {
    const number = incident.number ?? numbers.get(incident.customerId)!.pop()!
    const id = incident.id ?? newId(incident.openedAt)
    const { customerId, priority, category, siteId, serviceId, teamId, openedAt, history } = incident
    const events = clockEventsOf(history)
    const found = agreements({ customerId, serviceId, siteId, teamId: firstTeamOf(events) }, openedAt)
    const agreement = found instanceof Promise ? await found : found
    const subject = { incidentId: id, customerId, number, priority, category, siteId, serviceId, teamId }
    const clocks = agreement === null ? [] : countClocks(agreement, subject, events, now.getTime())
    const relying = agreement?.isSupported
      ? { versionId: agreement.versionId, subject, openedAt: new Date(openedAt), events }
      : null
    ready.push({ id, number, incident, clocks, relying })
  }
  return ready
}
