import { refused } from '#core/failure.ts'
import { requireService } from '#modules/services'
import type { Context } from '#platform/context.ts'
import { audit, record } from '#platform/history.ts'
import { requireInPlace, requirePast } from './moment.ts'
import { lockIncident, updateIncident } from './queries.ts'
import { readClockFacts } from './timeline.ts'

/** Of these facts the moment counts. */
const movable = ['incident.opened', 'incident.state', 'incident.responded', 'incident.priority', 'incident.assigned']

export interface FactCorrection {
  /** Id or number. */
  readonly incident: string
  readonly factId: string
  /** When it really was. */
  readonly at?: Date
  /** What a pause really waited for. */
  readonly reason?: string
}

/** The fact and its incident, if it can be corrected so. Throws with the reason when not. */
export async function requireCorrectable({ db, now }: Context, { incident: name, factId, at, reason }: FactCorrection) {
  const incident = await lockIncident(db, name)
  const fact = await db
    .selectFrom('history')
    .select(['id', 'kind', 'facts', 'visibility', 'occurredAt'])
    .where('subjectId', '=', incident.id)
    .where('subjectType', '=', 'incident')
    .where('id', '=', factId)
    .executeTakeFirst()
  if (!fact) throw refused('correction.fact-not-found', { incident: incident.number })
  const facts = fact.facts as Readonly<Record<string, unknown>>
  if (reason !== undefined && (fact.kind !== 'incident.state' || facts['to'] !== 'on-hold')) {
    throw refused('correction.no-pause')
  }
  if (at !== undefined) {
    if (!movable.includes(fact.kind)) throw refused('correction.fact-not-movable')
    requirePast(at, now, 'change.occurredAt')
    if (fact.kind !== 'incident.opened' && at < incident.openedAt) {
      throw refused('correction.before-opening', { incident: incident.number })
    }
    await requireInPlace(db, { factId, at }, { incident, history: await readClockFacts(db, incident) })
  }
  return { incident, fact, facts }
}

/**
 * Says of a fact in the history when it really was, or what a pause really waited for. The fact stays as it was recorded;
 * the correction stands beside it, and clocks are counted by it. Counting them is the caller's.
 */
export async function correctFact(
  context: Context,
  { correctionId, ...correction }: FactCorrection & { readonly correctionId: string },
): Promise<void> {
  const { at, reason, factId } = correction
  const { db, now } = context
  const { incident, fact, facts } = await requireCorrectable(context, correction)
  const about = { subjectType: 'incident', subjectId: incident.id, customerId: incident.customerId } as const
  await record(context, {
    ...about,
    kind: 'incident.corrected',
    facts: {
      fact: factId,
      of: fact.kind,
      correction: correctionId,
      ...(at !== undefined && { from: fact.occurredAt, at }),
      // A pause that was told late: from when it had counted.
      ...(at !== undefined && facts['countsFrom'] !== undefined && { countedFrom: facts['countsFrom'] }),
      ...(reason !== undefined && { formerReason: facts['reason'] ?? null, reason }),
    },
    visibility: fact.visibility as 'public' | 'internal',
  })
  await audit(context, { action: 'incident.corrected', ...about, facts: { fact: factId, correction: correctionId } })
  await updateIncident(db, incident.id, {
    updatedAt: now,
    ...(at !== undefined && movedMoments(incident, fact.occurredAt, at)),
    ...(reason !== undefined && incident.state === 'on-hold' && { pauseReason: reason }),
  })
}

interface Moments {
  readonly openedAt: Date
  readonly respondedAt: Date | null
  readonly restoredAt: Date | null
  readonly resolvedAt: Date | null
  readonly closedAt: Date | null
}

/** Those of an incident's moments that came from the fact move with it. */
function movedMoments(incident: Moments, from: Date, to: Date): Partial<Record<keyof Moments, Date>> {
  const moved: Partial<Record<keyof Moments, Date>> = {}
  for (const name of ['openedAt', 'respondedAt', 'restoredAt', 'resolvedAt', 'closedAt'] as const) {
    if (incident[name]?.getTime() === from.getTime()) moved[name] = to
  }
  return moved
}

/** The incident and the service whose agreement is to hold for it. Throws when there is no such service. */
export async function requireAssignable({ db }: Context, name: string, service: string | null) {
  const incident = await lockIncident(db, name)
  const found = service === null ? null : await requireService(db, incident.customerId, service)
  return { incident, serviceId: found?.id ?? null }
}

/** Another service was affected than was said, so that another agreement holds. Counting is the caller's. */
export async function assignService(
  context: Context,
  { incident: name, service }: { readonly incident: string; readonly service: string | null },
): Promise<void> {
  const { db, now } = context
  const { incident, serviceId } = await requireAssignable(context, name, service)
  const about = { subjectType: 'incident', subjectId: incident.id, customerId: incident.customerId } as const
  await record(context, {
    ...about,
    kind: 'incident.changed',
    facts: { serviceId: { from: incident.serviceId, to: serviceId } },
    visibility: 'public',
  })
  await updateIncident(db, incident.id, { serviceId, updatedAt: now })
}
