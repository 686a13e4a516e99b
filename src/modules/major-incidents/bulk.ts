import { newId } from '#core/id.ts'
import type { Language } from '#core/text.ts'
import type { Context } from '#platform/context.ts'
import { type Fact, writeFacts } from '#platform/history.ts'
import { type FollowedUp, followUpDueAt, nextFollowUp } from './follow-up.ts'
import type { Criterion } from './major-incident.ts'
import { reckoned, type Reckoning } from './reckoning.ts'
import type { ReportSection } from './report-parts.ts'

const MINUTE_MS = 60_000
const STABLE_MINUTES = 120

/** A major incident that is over, as it was led. */
interface PastMajorIncident {
  readonly customerId: string
  readonly incidentId: string
  readonly criteria: readonly Criterion[]
  readonly commander: Person
  readonly communications: Person
  readonly technical: readonly Person[]
  readonly bridge: string
  readonly serviceIds: readonly string[]
  readonly siteIds: readonly string[]
  readonly affectedUsers: number
  readonly businessImpact: string
  readonly reckoning: Reckoning
  readonly declaredAt: Date
  readonly investigatedAt: Date
  readonly mitigatedAt: Date
  readonly restoredAt: Date
  /** When its report was issued and what came of it was agreed. */
  readonly reviewedAt: Date
  /** What was done, by the state that it led to. */
  readonly notes: Readonly<Record<'mitigated' | 'restored', string>>
  /** Hypotheses, findings, decisions and updates, in any order. */
  readonly log: readonly Logged[]
  readonly actions: readonly {
    readonly kind: string
    readonly what: string
    readonly verification: string
    readonly due: string
    readonly doneAt: Date | null
    readonly ownerId: string
  }[]
  readonly texts: Readonly<Partial<Record<ReportSection, Readonly<Record<Language, string>>>>>
}

interface Person {
  readonly id: string
  readonly name: string
}

export interface Logged {
  readonly at: Date
  readonly fact: Pick<Fact, 'kind' | 'facts' | 'visibility'>
}

/** Writes down a major incident that is over, each fact at its moment. Nobody is told of it, and no clock is counted. */
export async function writeMajorIncident(context: Context, past: PastMajorIncident): Promise<string> {
  const { db, actor } = context
  const { customerId, commander, actions, texts, reviewedAt } = past
  const id = newId(past.declaredAt.getTime())
  await db.insertInto('majorIncident').values(rowOf(id, past)).execute()
  const about = { subjectType: 'major-incident', subjectId: id, customerId } as const
  const leader = { ...actor, personId: commander.id }
  const told = [...stepsOf(past), ...past.log].toSorted((one, other) => one.at.getTime() - other.at.getTime())
  for (const { at, fact } of told) {
    await db.executeQuery(writeFacts({ ...context, actor: leader, now: at }, [{ ...about, ...fact }]))
  }
  for (const action of actions) {
    const own = { id: newId(reviewedAt.getTime()), customerId, majorIncidentId: id, createdAt: reviewedAt }
    await db
      .insertInto('majorIncidentAction')
      .values({ ...action, ...own })
      .execute()
  }
  for (const [section, said] of Object.entries(texts)) {
    const rows = Object.entries(said).map(([language, text]) => ({ language, section, text, updatedAt: reviewedAt }))
    await db
      .insertInto('majorIncidentText')
      .values(rows.map((row) => ({ ...row, majorIncidentId: id, customerId })))
      .execute()
  }
  return id
}

/** When it held, and since when it was over. */
function endOf({ restoredAt }: PastMajorIncident) {
  const monitoredAt = new Date(restoredAt.getTime() + 10 * MINUTE_MS)
  return { monitoredAt, monitoringUntil: new Date(monitoredAt.getTime() + STABLE_MINUTES * MINUTE_MS) }
}

function rowOf(id: string, past: PastMajorIncident) {
  const { customerId, incidentId, bridge, affectedUsers, businessImpact, reckoning } = past
  const { commander, declaredAt, mitigatedAt, restoredAt, reviewedAt } = past
  const { monitoringUntil } = endOf(past)
  return {
    id,
    customerId,
    incidentId,
    bridge,
    affectedUsers,
    businessImpact,
    reckoning: JSON.stringify(reckoning),
    impactMinor: reckoned(reckoning).totalMinor,
    impactCurrency: reckoning.currency,
    state: 'review-done',
    criteria: [...past.criteria],
    serviceIds: [...past.serviceIds],
    siteIds: [...past.siteIds],
    proposedBy: commander.id,
    proposedAt: declaredAt,
    declaredBy: commander.id,
    declaredAt,
    commanderId: commander.id,
    communicationsId: past.communications.id,
    technicalIds: past.technical.map((each) => each.id),
    stabilityMinutes: STABLE_MINUTES,
    mitigatedAt,
    restoredAt,
    monitoringUntil,
    stoodDownAt: monitoringUntil,
    reportIssuedAt: reviewedAt,
    followUpDue: followUpDueOf(past),
    updatedAt: reviewedAt,
  }
}

/** When it is looked at again next, after what was found already. */
function followUpDueOf({ log, reviewedAt }: PastMajorIncident): Date | null {
  const made = log.filter(({ fact }) => fact.kind === 'major-incident.followed-up')
  const next = nextFollowUp(made.map(({ fact }) => fact.facts as unknown as FollowedUp))
  return next === null ? null : followUpDueAt(reviewedAt, next)
}

/** Who led it, and its way through the states. */
function stepsOf(past: PastMajorIncident): readonly Logged[] {
  const { declaredAt, mitigatedAt, restoredAt, criteria, commander, communications, technical, notes } = past
  const { monitoredAt, monitoringUntil } = endOf(past)
  const states = [
    ['declared', declaredAt],
    ['investigating', past.investigatedAt],
    ['mitigated', mitigatedAt],
    ['restored', restoredAt],
    ['monitoring', monitoredAt],
    ['stood-down', monitoringUntil],
    ['review-open', new Date(monitoringUntil.getTime() + MINUTE_MS)],
    ['review-done', past.reviewedAt],
  ] as const
  const roles = { commander: [commander], communications: [communications], technical }
  return [
    { at: declaredAt, fact: { kind: 'major-incident.declared', facts: { criteria, criteriaWords: '' } } },
    ...Object.entries(roles).map(([role, people]): Logged => ({
      at: declaredAt,
      fact: { kind: 'major-incident.role', facts: { role, people } },
    })),
    ...states.map(([to, at], index): Logged => {
      const facts = { ...(index > 0 && { from: states[index - 1]![0] }), to }
      return { at, fact: { kind: 'major-incident.state', facts, visibility: 'public' } }
    }),
    { at: past.reviewedAt, fact: { kind: 'major-incident.report-issued', facts: {} } },
    ...(['mitigated', 'restored'] as const).map((to): Logged => ({
      at: to === 'restored' ? restoredAt : mitigatedAt,
      fact: { kind: 'major-incident.note', facts: { to, text: notes[to] } },
    })),
  ]
}
