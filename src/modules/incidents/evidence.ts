import {
  type Affected,
  type AgreementInForce,
  agreementFor,
  agreementVersionAsKnown,
  countClocks,
  isSameResult,
  momentsKnown,
  type Priority,
  type Result,
  resultOf,
} from '#modules/service-levels'
import type { Db } from '#platform/context.ts'
import { clockEventsOf, firstTeamOf } from './clock-events.ts'
import { readClockFacts } from './timeline.ts'

export interface CountedIncident {
  readonly id: string
  readonly number: string
  readonly customerId: string
  readonly openedAt: Date
  readonly category: string | null
  readonly siteId: string | null
  readonly serviceId: string | null
}

/** A clock counted anew, and what it was counted by. */
export interface CountedAgain {
  readonly counted: ReturnType<typeof countClocks>[number]
  readonly agreement: AgreementInForce
  readonly events: ReturnType<typeof clockEventsOf>
  /** What was written down later was not known when it was told. */
  readonly knownAt: Date
}

interface Wanted {
  readonly metric: string
  readonly priority: Priority
  /** By which it may have been counted, the likeliest first. */
  readonly versionIds: readonly string[]
  /** Of the hours in which the first of them counted it; null when that is not known any more. */
  readonly calendarVersionId: string | null
  readonly result: Result
  readonly now: Date
}

/**
 * How a result came about that was told: the same code counts by less and less of what is known today, by when it was
 * written down, until that very result comes out. Nothing is kept for it, and what is found is the proof of itself.
 * Null when it never does, as when facts were taken back.
 */
export async function countAsTold(
  db: Db,
  incident: CountedIncident,
  { metric, priority, versionIds, calendarVersionId, result, now }: Wanted,
): Promise<CountedAgain | null> {
  const facts = await readClockFacts(db, incident)
  const subject = subjectOf(incident, priority)
  const affected = affectedBy(incident, clockEventsOf(facts))
  for (const [index, versionId] of versionIds.entries()) {
    const agreement = await agreementVersionAsKnown(db, versionId, affected, index === 0 ? calendarVersionId : null)
    const written = facts.map(({ recordedAt }) => recordedAt)
    for (const knownAt of momentsKnown(now, written, agreement.learned)) {
      const hours = agreement.at(knownAt)
      if (hours === null) continue
      const events = clockEventsOf(facts.filter(({ recordedAt }) => recordedAt <= knownAt))
      const counted = countClocks(hours, subject, events, now.getTime()).find((clock) => clock.metric === metric)
      if (counted === undefined || !isSameResult(resultOf(counted.row(), result.excluded), result)) continue
      return { counted, agreement: hours, events, knownAt }
    }
  }
  return null
}

/** A clock by all that is known, and by the agreement that `find` says holds. Null when nothing is promised. */
export async function countAsKnown(
  db: Db,
  incident: CountedIncident,
  { metric, priority, now }: Pick<Wanted, 'metric' | 'priority' | 'now'>,
  find: typeof agreementFor = agreementFor,
): Promise<CountedAgain | null> {
  const events = clockEventsOf(await readClockFacts(db, incident))
  const agreement = await find(db, affectedBy(incident, events), incident.openedAt)
  if (agreement === null) return null
  const subject = subjectOf(incident, priority)
  const counted = countClocks(agreement, subject, events, now.getTime()).find((clock) => clock.metric === metric)
  return counted === undefined ? null : { counted, agreement, events, knownAt: now }
}

export function subjectOf(
  { id, customerId, number, category, siteId, serviceId }: CountedIncident,
  priority: Priority,
) {
  return { incidentId: id, customerId, number, priority, category, siteId, serviceId, teamId: null }
}

function affectedBy(
  { customerId, serviceId, siteId }: CountedIncident,
  events: ReturnType<typeof clockEventsOf>,
): Affected {
  return { customerId, serviceId, siteId, teamId: firstTeamOf(events) }
}
