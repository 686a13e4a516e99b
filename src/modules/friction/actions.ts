import { invalid, notFound, refused } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { reachable } from '#core/lifecycle.ts'
import { barredFromWorking, require } from '#core/may.ts'
import { requireCustomer } from '#modules/customers'
import { getIncident } from '#modules/incidents'
import { requirePerson } from '#modules/people'
import { requireService } from '#modules/services'
import { requireSite } from '#modules/sites'
import type { Context, Db } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import type { FrictionChange, FrictionMove, FrictionPoint, NewFrictionPoint } from './api.ts'
import { barredFromVerifying, frictionLifecycle, type FrictionState } from './friction-point.ts'
import { lockPoint, readPoint } from './queries.ts'

/** What a friction point was seen by, as far as that says where it is and who said so. */
interface Seen {
  readonly customerId: string
  readonly siteId: string | null
  readonly serviceId: string | null
  readonly incidentId: string | null
  readonly verbatimId: string | null
  readonly reporterId: string | null
}

const nowhere = { siteId: null, serviceId: null, incidentId: null, verbatimId: null, reporterId: null }

/** `POST /friction-points`. */
export async function addPoint(context: Context, given: NewFrictionPoint): Promise<FrictionPoint> {
  const { actor, db, now } = context
  require(barredFromWorking(actor))
  const seen = await seenBy(context, given)
  const { customerId } = seen
  const { title, description, place, who, people, perWeek, minutes, workaround, rate } = given
  if (given.reporter !== undefined) await requirePerson(db, given.reporter)
  const id = newId(now.getTime())
  await db
    .insertInto('frictionPoint')
    .values({
      id,
      title,
      description,
      place,
      who,
      people,
      perWeek,
      minutes,
      workaround,
      ...seen,
      ...(given.site && { siteId: (await requireSite(db, customerId, given.site)).id }),
      ...(given.service && { serviceId: (await requireService(db, customerId, given.service)).id }),
      reporterId: given.reporter ?? seen.reporterId ?? (await knownPerson(db, actor.personId)),
      rateMinor: rate?.minor ?? null,
      currency: rate?.currency ?? null,
      foundBy: given.foundBy ?? (seen.incidentId !== null ? 'tickets' : seen.verbatimId !== null ? 'survey' : 'visit'),
      observedAt: now,
      updatedAt: now,
    })
    .execute()
  await tell(context, { id, customerId }, 'friction.observed', { title })
  return readPoint(db, id)
}

async function seenBy(context: Context, given: NewFrictionPoint): Promise<Seen> {
  const { db } = context
  const customerId = given.customer === undefined ? null : (await requireCustomer(db, given.customer)).id
  if (given.incident !== undefined) {
    const incident = await getIncident(context, given.incident)
    if (customerId !== null && incident.customer.id !== customerId)
      throw notFound('incident.not-found', { incident: given.incident })
    const row = await db
      .selectFrom('incident')
      .select(['id', 'customerId', 'siteId', 'serviceId', 'requesterId'])
      .where('id', '=', incident.id)
      .executeTakeFirstOrThrow()
    const { requesterId, id, ...place } = row
    return { ...nowhere, ...place, incidentId: id, reporterId: requesterId }
  }
  if (given.verbatim !== undefined) {
    const row = await db
      .selectFrom('verbatim')
      .select(['id', 'customerId', 'siteId', 'serviceId'])
      .where('id', '=', given.verbatim)
      .executeTakeFirst()
    if (row === undefined || (customerId !== null && row.customerId !== customerId))
      throw notFound('friction-verbatim.not-found')
    const { id, ...place } = row
    // Who wrote it is not asked, even where it is known.
    return { ...nowhere, ...place, verbatimId: id }
  }
  if (customerId === null) throw invalid('survey.customer-needed', {}, { errors: [{ path: 'customer', message: '' }] })
  return { ...nowhere, customerId }
}

async function knownPerson(db: Db, id: string | null): Promise<string | null> {
  if (id === null) return null
  const row = await db.selectFrom('person').select('id').where('id', '=', id).executeTakeFirst()
  return row?.id ?? null
}

/** `PATCH /friction-points/:id`. */
export async function changePoint(
  context: Context,
  id: string,
  { version, change: { rate, ...change } }: { readonly version: number; readonly change: FrictionChange },
): Promise<FrictionPoint> {
  require(barredFromWorking(context.actor))
  const { db, now } = context
  const kept = await lockPoint(db, id, version)
  await db
    .updateTable('frictionPoint')
    .set({
      ...change,
      ...(rate !== undefined && { rateMinor: rate?.minor ?? null, currency: rate?.currency ?? null }),
      updatedAt: now,
      version: version + 1,
    })
    .where('id', '=', id)
    .execute()
  await tell(context, kept, 'friction.changed', { ...change, ...(rate !== undefined && { rate }) })
  return readPoint(db, id)
}

/** `POST /friction-points/:id/transitions`. */
export async function movePoint(
  context: Context,
  id: string,
  { version, move: { to, owner, note } }: { readonly version: number; readonly move: FrictionMove },
): Promise<FrictionPoint> {
  const { db, actor, now } = context
  require(barredFromWorking(actor))
  const kept = await lockPoint(db, id, version)
  const from = kept.state as FrictionState
  if (!reachable(frictionLifecycle, from).includes(to))
    throw refused('friction.no-way', { from: from.replaceAll('-', '_'), to })
  if ((to === 'accepted' || to === 'fix-deployed') && !note) {
    throw invalid('friction.note-needed', {}, { errors: [{ path: 'note', message: '' }] })
  }
  if (to === 'verified') {
    const barred = barredFromVerifying(actor, { ...kept, reporterSignsIn: await signsIn(db, kept.reporterId) })
    if (barred !== null) throw refused(barred)
    if (kept.reporterId !== actor.personId && !note) {
      throw invalid('friction.evidence-needed', {}, { errors: [{ path: 'note', message: '' }] })
    }
  }
  const ownerId = to === 'owned' ? (owner ?? (await knownPerson(db, actor.personId))) : kept.ownerId
  if (to === 'owned' && owner !== undefined) await requirePerson(db, owner)
  await db
    .updateTable('frictionPoint')
    .set({
      state: to,
      ownerId,
      ...((to === 'accepted' || to === 'fix-deployed') && { outcome: note! }),
      ...(to === 'verified' && { verifiedAt: now, verifiedBy: actor.personId }),
      updatedAt: now,
      version: version + 1,
    })
    .where('id', '=', id)
    .execute()
  await tell(context, kept, `friction.${to}`, { from, to, ...(note && { note }) })
  return readPoint(db, id)
}

/** Whether somebody is one of ours with an account: they confirm for themselves. */
async function signsIn(db: Db, personId: string | null): Promise<boolean> {
  if (personId === null) return false
  const row = await db
    .selectFrom('person')
    .select('customerId')
    .where('id', '=', personId)
    .where('customerId', 'is', null)
    .executeTakeFirst()
  return row !== undefined
}

async function tell(
  context: Context,
  { id, customerId }: { readonly id: string; readonly customerId: string },
  action: string,
  facts: Readonly<Record<string, unknown>>,
): Promise<void> {
  await audit(context, { action, subjectType: 'friction-point', subjectId: id, customerId, facts })
}
