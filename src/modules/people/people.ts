import { invalid, refused } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { barredFromAdministering, barredFromInside, require } from '#core/may.ts'
import type { Language } from '#core/text.ts'
import { isZone } from '#core/zone.ts'
import { explaining } from '#platform/constraint.ts'
import type { Context } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import { accountStates, lockAccount, updateAccount } from './account-queries.ts'
import type { HandedLink, NewPerson, PeopleQuery, Person, PersonChange } from './api-people.ts'
import { requireCustomer } from './customer-queries.ts'
import { nameFrom } from './invite.ts'
import { updateIdentitiesOf } from './identity-queries.ts'
import { linkTo, makeLink } from './links.ts'
import { deleteUnusedLinks } from './link-queries.ts'
import {
  barredFromDisabling,
  barredFromKeepingPerson,
  barredFromRestoringSignIn,
  barredFromSeeingAccounts,
} from './may.ts'
import {
  insertPerson,
  listPeople as queryPeople,
  lockPerson,
  type PersonRecord,
  requirePersonRecord,
  updatePerson,
  upsertRequester,
} from './person-queries.ts'
import { asAsker, asProgram } from './program.ts'
import { withScopes } from './role-queries.ts'
import { requireNotLastAdministrator, requireManagerOf } from './roles.ts'
import { deleteSessionsOf } from './session-queries.ts'
import { clearTwoFactor } from './two-factor.ts'

const meanings = { person_email: 'person.email-taken', account_email_key: 'invitation.address-taken' } as const

/** `GET /people`. */
export async function listPeople(
  context: Context,
  { q, customer, role, home, state, limit, cursor }: PeopleQuery,
): Promise<{ items: Person[]; nextCursor: string | null }> {
  if (state !== undefined) require(barredFromSeeingAccounts(context.actor))
  const { items, nextCursor } = await asAsker(context, 'read only', async ({ db, now }) => {
    const customerId = customer === undefined ? undefined : (await requireCustomer(db, customer)).id
    return queryPeople(db, now, { q, customerId, role, home, state, limit, cursor })
  })
  return { items: await withAccounts(context, items), nextCursor }
}

/** `GET /people/:id`, and what a change of somebody answers. */
export async function readPerson(context: Context, id: string): Promise<Person> {
  const record = await asAsker(context, 'read only', ({ db, now }) => requirePersonRecord(db, now, id))
  const [person] = await withAccounts(context, [record])
  return person!
}

/** Adds how far they have got with signing in, for those who are told. */
async function withAccounts(context: Context, records: readonly PersonRecord[]): Promise<Person[]> {
  const told = barredFromSeeingAccounts(context.actor) === null
  const ids = records.map(({ id }) => id)
  return asProgram(context, 'read only', async ({ db }) => {
    const all = records.flatMap(({ roles }) => roles)
    const named = await withScopes(db, all, { teams: barredFromInside(context.actor) === null })
    const roleOf = new Map(named.map((role) => [role.id, role]))
    const states = told ? await accountStates(db, ids) : new Map()
    return records.map((record) => ({
      ...record,
      roles: record.roles.map(({ id }) => roleOf.get(id)!),
      ...(told ? (states.get(record.id) ?? { account: 'none', twoFactor: false }) : { account: null, twoFactor: null }),
    }))
  })
}

/** `POST /people`. */
export async function addPerson(
  context: Context,
  { name, email, customer, language, timeZone }: NewPerson,
): Promise<Person> {
  const { db, actor, now } = context
  const of = customer === undefined ? null : await requireCustomer(db, customer)
  require(barredFromKeepingPerson(actor, { customer: of }))
  await requireManagerOf(context, of?.id ?? null)
  requireZone(timeZone)
  const id = newId(now.getTime())
  const row = {
    id,
    customerId: of?.id ?? null,
    name,
    email: email ?? null,
    language: language ?? of?.language ?? actor.language,
    timeZone: timeZone ?? null,
    createdAt: now,
  }
  await explaining(meanings, { email }, () => insertPerson(db, row))
  await audit(context, { action: 'person.added', subjectType: 'person', subjectId: id, customerId: of?.id ?? null })
  return { ...(await requirePersonRecord(db, now, id)), roles: [], account: 'none', twoFactor: false }
}

/** `PATCH /people/:id`. The address of somebody who signs in is what they sign in with: administrators change that. */
export async function changePerson(
  context: Context,
  id: string,
  version: number,
  change: PersonChange,
): Promise<Person> {
  const before = await requireKept(context, id)
  requireZone(change.timeZone)
  await asProgram(context, 'read write', async (program) => {
    const { db } = program
    await requireManagerOf(program, before.customer?.id ?? null)
    const current = await lockPerson(db, id, version)
    const account = await lockAccount(db, id)
    await explaining(meanings, { email: change.email }, async () => {
      await updatePerson(db, id, change)
      if (!account || change.email === undefined || change.email === account.email) return
      require(barredFromAdministering(context.actor))
      await updateAccount(db, id, { email: change.email })
    })
    await audit(program, {
      action: 'person.changed',
      subjectType: 'person',
      subjectId: id,
      customerId: current.customerId,
      facts: { fields: Object.keys(change) },
    })
  })
  return readPerson(context, id)
}

/** Somebody in sight whose record the asker may keep. */
async function requireKept(context: Context, id: string): Promise<PersonRecord> {
  const record = await asAsker(context, 'read only', ({ db, now }) => requirePersonRecord(db, now, id))
  require(barredFromKeepingPerson(context.actor, record))
  return record
}

/** Signs them out everywhere at once. Their tokens stop too, and go on if they are switched on again. */
export async function disablePerson(context: Context, id: string): Promise<Person> {
  await asAsker(context, 'read only', ({ db, now }) => requirePersonRecord(db, now, id))
  require(barredFromDisabling(context.actor, id))
  await asProgram(context, 'read write', async (program) => {
    const { db, now } = program
    await requireNotLastAdministrator(program, id)
    const account = await lockAccount(db, id)
    if (!account) throw refused('person.no-account')
    await updateAccount(db, id, { disabledAt: account.disabledAt ?? now })
    // Whom we switched off no provider switches on.
    await updateIdentitiesOf(db, id, { endedAt: null })
    await deleteSessionsOf(db, id)
    await deleteUnusedLinks(db, id)
    await audit(program, {
      action: 'person.disabled',
      subjectType: 'person',
      subjectId: id,
      customerId: account.customerId,
    })
  })
  return readPerson(context, id)
}

/** `POST /people/:id/sign-out`. */
export async function signOutPerson(context: Context, id: string): Promise<{ ended: number }> {
  const { customer } = await asAsker(context, 'read only', ({ db, now }) => requirePersonRecord(db, now, id))
  require(barredFromAdministering(context.actor))
  const ended = await asProgram(context, 'read write', async (program) => {
    const sessions = await deleteSessionsOf(program.db, id)
    const customerId = customer?.id ?? null
    await audit(program, {
      action: 'session.ended',
      subjectType: 'person',
      subjectId: id,
      customerId,
      facts: { sessions },
    })
    return sessions
  })
  return { ended }
}

export async function enablePerson(context: Context, id: string): Promise<Person> {
  await asAsker(context, 'read only', ({ db, now }) => requirePersonRecord(db, now, id))
  require(barredFromAdministering(context.actor))
  await asProgram(context, 'read write', async (program) => {
    const account = await lockAccount(program.db, id)
    if (!account) throw refused('person.no-account')
    await updateAccount(program.db, id, { disabledAt: null })
    await audit(program, {
      action: 'person.enabled',
      subjectType: 'person',
      subjectId: id,
      customerId: account.customerId,
    })
  })
  return readPerson(context, id)
}

/** A link to choose a new password; or, for somebody who never accepted the invitation, a new one of those. */
export async function issuePasswordReset(context: Context, address: string, id: string): Promise<HandedLink> {
  await asAsker(context, 'read only', ({ db, now }) => requirePersonRecord(db, now, id))
  require(barredFromRestoringSignIn(context.actor, id))
  return asProgram(context, 'read write', async (program) => {
    const account = await lockAccount(program.db, id)
    if (!account) throw refused('person.no-account')
    if (account.disabledAt !== null) throw refused('person.disabled')
    const kind = account.passwordHash === null ? 'invitation' : 'password-reset'
    const link = await makeLink(program, kind, id)
    return { id, name: account.name, link: linkTo(address, kind, link), expiresAt: link.expiresAt }
  })
}

/** For whoever lost device and codes. Their sessions end: whoever has the device now may be in one of them. */
export async function removeTwoFactor(context: Context, id: string): Promise<Person> {
  await asAsker(context, 'read only', ({ db, now }) => requirePersonRecord(db, now, id))
  require(barredFromRestoringSignIn(context.actor, id))
  await asProgram(context, 'read write', async (program) => {
    const account = await lockAccount(program.db, id)
    if (!account) throw refused('person.no-account')
    await clearTwoFactor(program, id)
    await deleteSessionsOf(program.db, id)
  })
  return readPerson(context, id)
}

/** The person of this address in a customer's organisation; met for the first time, they are called as given, or after it. */
export async function findOrCreateRequester(
  { db, now }: Context,
  customerId: string,
  email: string,
  { name = '', language }: { readonly name?: string; readonly language?: Language } = {},
): Promise<{ id: string; name: string }> {
  const address = email.trim().toLowerCase()
  return upsertRequester(db, {
    id: newId(now.getTime()),
    customerId,
    name: name.trim().slice(0, LONGEST_NAME).toWellFormed() || nameFrom(address),
    email: address,
    ...(language !== undefined && { language }),
    createdAt: now,
  })
}

/** In characters. */
const LONGEST_NAME = 200

function requireZone(zone: string | null | undefined): void {
  if (typeof zone === 'string' && !isZone(zone)) throw invalid('zone.unknown', { zone })
}
