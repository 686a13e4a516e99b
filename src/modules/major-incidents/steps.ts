import { momentText } from '#core/clock-text.ts'
import { Failure, invalid, refused } from '#core/failure.ts'
import { reachable } from '#core/lifecycle.ts'
import { require } from '#core/may.ts'
import { transitIncident } from '#modules/incidents'
import type { Context } from '#platform/context.ts'
import { audit, record } from '#platform/history.ts'
import { readActions } from './actions-query.ts'
import type { MajorIncident, MajorIncidentPage, MajorTransition } from './api.ts'
import { asWorking } from './as-working.ts'
import { majorIncidentLifecycle, type MajorIncidentState } from './major-incident.ts'
import { barredFromDeclaring, barredFromLeading } from './may.ts'
import { requireColleague } from './people-of.ts'
import { firstDueOf, getMajorIncident, lockMajorIncident, readMajorIncident, updateMajorIncident } from './queries.ts'

const MINUTE_MS = 60_000
/** Clocks of two machines differ so far. */
const AHEAD_MS = 2 * MINUTE_MS

/** Moves it on, at a moment that may lie in the past. What must be so for a step is DOMAIN §2.3.3. */
export async function transitMajorIncident(
  context: Context,
  id: string,
  given: MajorTransition,
): Promise<MajorIncidentPage> {
  const { db, now, actor } = context
  const major = await readMajorIncident(context, id)
  const { to } = given
  require(to === 'declared' ? barredFromDeclaring(actor) : barredFromLeading(actor, major))
  const row = await lockMajorIncident(db, id)
  const from = row.state as MajorIncidentState
  if (!reachable(majorIncidentLifecycle, from).includes(to)) {
    throw refused('major-incident.cannot', { state: from.replace('-', '_'), to: to.replace('-', '_') })
  }
  const at = given.occurredAt ?? now
  requireInOrder(at, now, major)
  const commander = given.commander === undefined ? null : await requireColleague(db, given.commander)
  await requireReady(context, major, { ...given, at, hasCommander: commander !== null || major.commander !== null })

  const about = { subjectType: 'major-incident', subjectId: id, customerId: major.customer.id } as const
  const isPublic = to !== 'dismissed'
  const { note, reason } = given
  await record(
    context,
    ...(commander === null
      ? []
      : [{ ...about, kind: 'major-incident.role' as const, facts: { role: 'commander', people: [commander] } }]),
    {
      ...about,
      kind: 'major-incident.state',
      facts: { from, to, ...(!isPublic && { reason }) },
      visibility: isPublic ? 'public' : 'internal',
      occurredAt: at,
    },
    // What was done in words is for those who work on it; the customer is told by an update.
    ...(note ? [{ ...about, kind: 'major-incident.note' as const, facts: { to, text: note }, occurredAt: at }] : []),
  )
  await audit(context, { action: `major-incident.${to}`, ...about, facts: { from, to } })
  const stabilityMinutes = given.stabilityMinutes ?? row.stabilityMinutes
  await updateMajorIncident(context, id, {
    state: to,
    ...(commander && { commanderId: commander.id }),
    ...(to === 'declared' && { declaredBy: actor.personId, declaredAt: at, nextUpdateDue: firstDueOf(at) }),
    ...(to === 'mitigated' && { mitigatedAt: at }),
    ...(to === 'restored' && { restoredAt: at }),
    ...(to === 'monitoring' && {
      stabilityMinutes,
      monitoringUntil: new Date(at.getTime() + stabilityMinutes * MINUTE_MS),
    }),
    ...(to === 'stood-down' && { stoodDownAt: at, nextUpdateDue: null }),
    ...(to === 'dismissed' && { dismissedReason: reason! }),
  })
  if (to === 'restored') await restoreIncident(context, major, { at, note })
  return getMajorIncident(context, id)
}

/** What happened comes after what happened before it, and not later than now. */
function requireInOrder(at: Date, now: Date, major: MajorIncident): void {
  if (at.getTime() > now.getTime() + AHEAD_MS) throw invalid('major-incident.from-the-future')
  const { declaredAt, mitigatedAt, restoredAt, stoodDownAt } = major
  const last = stoodDownAt ?? restoredAt ?? mitigatedAt ?? declaredAt
  if (last !== null && at < last) throw invalid('major-incident.out-of-order')
}

interface Asked extends MajorTransition {
  readonly at: Date
  readonly hasCommander: boolean
}

async function requireReady(
  { db, actor }: Context,
  major: MajorIncident,
  { to, at, reason, hasCommander }: Asked,
): Promise<void> {
  if (to === 'declared' && !hasCommander) throw refused('major-incident.commander-needed')
  if (to === 'dismissed' && reason === undefined) {
    throw invalid('major-incident.reason-needed', {}, { errors: [{ path: 'reason', message: '' }] })
  }
  if (to === 'stood-down' && major.monitoringUntil !== null && at < major.monitoringUntil) {
    const until = momentText(actor.language, major.customer.timeZone, major.monitoringUntil.getTime(), 0)
    throw refused('major-incident.not-stable', { until })
  }
  if (to !== 'review-done') return
  if (major.reportIssuedAt === null) throw refused('major-incident.report-needed')
  const actions = await readActions(db, major.id)
  if (actions.length === 0) throw refused('major-incident.actions-needed')
  const orphans = actions.filter(({ owner }) => owner === null).length
  if (orphans > 0) throw refused('major-incident.owners-needed', { count: orphans })
}

/** The service is back: so it is for the incident, by its own steps. One that is over already stays as it is. */
async function restoreIncident(
  context: Context,
  { incident: { id, state } }: MajorIncident,
  { at, note }: { readonly at: Date; readonly note: string | undefined },
): Promise<void> {
  if (!['new', 'assigned', 'in-progress', 'on-hold'].includes(state)) return
  const working = asWorking(context)
  if (state !== 'in-progress') await transitIncident(working, id, { to: 'in-progress', occurredAt: at })
  await transitIncident(working, id, { to: 'restored', occurredAt: at, ...(note && { evidence: note }) })
}

/** A refusal as it is said of one of several; anything else is thrown. */
export function requireFailure(error: unknown): Failure {
  if (error instanceof Failure) return error
  throw error
}
