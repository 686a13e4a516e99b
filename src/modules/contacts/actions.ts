import { Failure, invalid, notFound, refused } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { barredFromManaging, barredFromWorking, require } from '#core/may.ts'
import { requireCustomer } from '#modules/customers'
import { declareIncident, getIncident } from '#modules/incidents'
import { findOrCreateRequester, newSecret, requirePerson } from '#modules/people'
import { getRequest } from '#modules/requests'
import { requireSite } from '#modules/sites'
import type { Context } from '#platform/context.ts'
import { withCommit } from '#platform/database.ts'
import { audit, record } from '#platform/history.ts'
import { seal } from '#platform/seal.ts'
import type { Contact, ContactChange, ContactLogging, ContactSource, NewContact, NewContactSource } from './api.ts'
import { listSources, requireContact } from './queries.ts'

/** Takes a contact down. With an incident of the same customer it is attached there, and the incident tells of it. */
export async function takeContact(context: Context, given: NewContact): Promise<Contact> {
  require(barredFromWorking(context.actor))
  const { db, now, actor } = context
  const { customer, channel, subject, details, handleSeconds, caller, site, startedAt = now, outcome, incident } = given
  if (startedAt > now) throw invalid('contact.not-yet', {}, { errors: [{ path: 'startedAt', message: '' }] })
  if (outcome === 'attached' && incident === undefined)
    throw invalid('contact.incident-needed', {}, { errors: [{ path: 'incident', message: '' }] })
  const { id: customerId } = await requireCustomer(db, customer)
  const about = incident === undefined ? null : await requireOwnIncident(context, customerId, incident)
  const id = newId(now.getTime())
  await db
    .insertInto('contact')
    .values({
      id,
      customerId,
      channel,
      subject,
      details,
      handleSeconds,
      ...(await callerOf(context, customerId, caller)),
      siteId: site === null ? null : (await requireSite(db, customerId, site)).id,
      startedAt,
      recordedAt: now,
      outcome: about === null ? outcome : 'attached',
      incidentId: about?.id ?? null,
      takenBy: actor.personId,
    })
    .execute()
  await audit(context, {
    action: 'contact.taken',
    subjectType: 'contact',
    subjectId: id,
    customerId,
    facts: { channel },
  })
  const taken = await requireContact(db, id)
  if (about !== null) await tellIncident(context, about.id, taken)
  return taken
}

/** Changes what is given. What became of it stays once an incident tells of it. */
export async function changeContact(
  context: Context,
  id: string,
  version: number,
  { caller, site, incident, request, outcome, ...plain }: ContactChange,
): Promise<Contact> {
  require(barredFromWorking(context.actor))
  const { db } = context
  const kept = await lockContact(context, id)
  if (kept.version !== version) throw new Failure('moved-on', 'request.moved-on')
  const settles = incident !== undefined || request !== undefined || outcome !== undefined
  if ((kept.incidentId !== null || kept.requestId !== null) && settles) throw refused('contact.settled')
  const ordered = request === undefined ? null : await requireOwnRequest(context, kept.customerId, request)
  const about = incident === undefined ? null : await requireOwnIncident(context, kept.customerId, incident)
  await db
    .updateTable('contact')
    .set({
      ...plain,
      ...(caller !== undefined && (await callerOf(context, kept.customerId, caller))),
      ...(site !== undefined && { siteId: site === null ? null : (await requireSite(db, kept.customerId, site)).id }),
      ...(outcome !== undefined && { outcome }),
      ...(about !== null && { outcome: 'attached', incidentId: about.id }),
      ...(ordered !== null && { outcome: 'request', requestId: ordered.id }),
      version: kept.version + 1,
    })
    .where('id', '=', id)
    .execute()
  await audit(context, {
    action: 'contact.changed',
    subjectType: 'contact',
    subjectId: id,
    customerId: kept.customerId,
    facts: {
      ...(outcome && { outcome }),
      ...(about && { incident: about.number }),
      ...(ordered && { request: ordered.number }),
    },
  })
  const changed = await requireContact(db, id)
  if (about !== null) await tellIncident(context, about.id, changed)
  return changed
}

/** Logs the incident that a contact is about. Who called reports it; what was taken down is its text unless said anew. */
export async function logContact(
  context: Context,
  id: string,
  { handleSeconds, ...declaration }: ContactLogging,
): Promise<Contact> {
  require(barredFromWorking(context.actor))
  const { db } = context
  const kept = await lockContact(context, id)
  if (kept.incidentId !== null || kept.requestId !== null) throw refused('contact.settled')
  const contact = await requireContact(db, id)
  const { customer, caller, site, channel, subject, details } = contact
  const reporter = caller.id === null ? undefined : { id: caller.id, name: caller.name }
  const requester = declaration.requester ?? (reporter === undefined ? (caller.email ?? undefined) : undefined)
  const incident = await declareIncident(
    context,
    {
      ...declaration,
      title: declaration.title ?? subject,
      description: declaration.description ?? details,
      site: declaration.site ?? site?.id,
      requester,
      customer: customer.id,
      channel,
    },
    reporter,
  )
  const change = {
    outcome: 'incident',
    incidentId: incident.id,
    ...(handleSeconds !== undefined && { handleSeconds }),
    version: kept.version + 1,
  }
  // The incident itself is written with the commit, and this after it.
  withCommit(db, [db.updateTable('contact').set(change).where('id', '=', id)])
  await audit(context, {
    action: 'contact.logged',
    subjectType: 'contact',
    subjectId: id,
    customerId: customer.id,
    facts: { incident: incident.number },
  })
  return {
    ...contact,
    outcome: 'incident',
    incident: { id: incident.id, number: incident.number, title: incident.title },
    handleSeconds: handleSeconds === undefined ? contact.handleSeconds : handleSeconds,
    version: change.version,
  }
}

async function lockContact({ db }: Context, id: string) {
  const row = await db
    .selectFrom('contact')
    .select(['version', 'customerId', 'incidentId', 'requestId'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined) throw notFound('contact.not-found')
  return row
}

/** Throws when it is not of that customer, as if there were none. */
async function requireOwnRequest(context: Context, customerId: string, idOrNumber: string) {
  const request = await getRequest(context, idOrNumber)
  if (request.customer.id !== customerId) throw notFound('request.not-found')
  return request
}

/** Throws when it is not of that customer: what another one has is nobody's business here. */
async function requireOwnIncident(context: Context, customerId: string, idOrNumber: string) {
  const incident = await getIncident(context, idOrNumber)
  if (incident.customer.id !== customerId)
    throw invalid(
      'contact.other-customer',
      { incident: incident.number },
      { errors: [{ path: 'incident', message: '' }] },
    )
  return incident
}

/** Whoever gives an address is known from then on; a name or a number alone makes nobody. */
async function callerOf(context: Context, customerId: string, { id, name, email, phone }: NewContact['caller']) {
  const known =
    id === undefined
      ? email === undefined
        ? null
        : await findOrCreateRequester(context, customerId, email, { name })
      : await requirePerson(context.db, id)
  if (known !== null && 'customerId' in known && known.customerId !== customerId) throw notFound('person.not-found')
  return {
    personId: known?.id ?? null,
    callerName: name || (known?.name ?? ''),
    callerEmail: email ?? null,
    callerPhone: phone ?? null,
  }
}

/** For the provider's eyes: somebody was in touch about it. */
export async function tellIncident(context: Context, incidentId: string, contact: Contact): Promise<void> {
  const { id, customer, channel, subject, details, caller } = contact
  await record(context, {
    subjectType: 'incident',
    subjectId: incidentId,
    customerId: customer.id,
    kind: 'incident.contact',
    facts: { contact: id, channel, subject, ...(details && { text: details }), caller: caller.name },
  })
}

/** Lets a program hand messages over. Its secret is told once. */
export async function addSource(
  context: Context,
  { name, customer, channel }: NewContactSource,
): Promise<ContactSource & { secret: string }> {
  require(barredFromManaging(context.actor))
  const { db, now } = context
  const of = await requireCustomer(db, customer)
  const id = newId(now.getTime())
  const secret = newSecret()
  await db
    .insertInto('contactSource')
    .values({ id, customerId: of.id, name, channel, secret: await seal(secret, sealedFor(id)), createdAt: now })
    .execute()
  await tellSource(context, 'contact-source.added', { id, customerId: of.id })
  return { ...(await listSources(context)).find((each) => each.id === id)!, secret }
}

/** For what a secret of a source is sealed. */
export function sealedFor(sourceId: string): string {
  return `contact source ${sourceId}`
}

/** Takes nothing from it any more. */
export async function removeSource(context: Context, id: string): Promise<null> {
  require(barredFromManaging(context.actor))
  const source = await context.db
    .updateTable('contactSource')
    .set({ active: false })
    .where('id', '=', id)
    .where('active', '=', true)
    .returning(['id', 'customerId'])
    .executeTakeFirst()
  if (source === undefined) throw notFound('contact-source.not-found')
  await tellSource(context, 'contact-source.ended', source)
  return null
}

async function tellSource(
  context: Context,
  action: string,
  { id, customerId }: { readonly id: string; readonly customerId: string },
): Promise<void> {
  await audit(context, { action, subjectType: 'contact-source', subjectId: id, customerId })
}
