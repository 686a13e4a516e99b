import { invalid, notFound } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { isZone } from '#core/zone.ts'
import type { Context } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import { accountStates, countRecoveryCodes, hasAdministrator } from './account-queries.ts'
import type { ApiToken, NewToken, OwnPersonChange, Session } from './api-sign-in.ts'
import { deviceOf } from './device.ts'
import { lockPerson, requirePersonRecord, updatePerson } from './person-queries.ts'
import { asProgram } from './program.ts'
import { fingerprint, newSecret, TOKEN_PREFIX } from './secret.ts'
import { requireSession, takeSession, type Visit } from './session.ts'
import { deleteOwnSession, deleteSessionsOf, listSessionsOf } from './session-queries.ts'
import { insertToken, listTokensOf, markTokenRevoked } from './token-queries.ts'
import { customerNames } from './customer-queries.ts'
import { organisationName, signInRules } from './setting-queries.ts'

/** `GET /session`. */
export async function readSession(context: Context): Promise<Session> {
  return asProgram(context, 'read only', async ({ db, actor, now }) => {
    const organisation = await organisationName(db)
    const setUpNeeded = !(await hasAdministrator(db, now))
    const { personId, access } = actor
    if (personId === null || access === 'system') {
      const nobody = {
        person: null,
        access: null,
        roles: [],
        counting: [],
        customers: [],
        twoFactor: false,
        recoveryCodesLeft: 0,
      }
      return { signedIn: false, setUpNeeded, organisation, ...nobody }
    }
    const { id, name, email, language, timeZone, roles } = await requirePersonRecord(db, now, personId)
    const twoFactor = (await accountStates(db, [personId])).get(personId)?.twoFactor ?? false
    return {
      signedIn: true,
      setUpNeeded,
      person: { id, name, email, language, timeZone },
      access,
      roles: roles
        .filter(({ validFrom }) => validFrom <= now)
        .map(({ role, customer, validTo }) => ({ role, customer, validTo })),
      counting: [...actor.roles],
      customers: await customerNames(db, actor.customers),
      ...(actor.books !== undefined && { books: actor.books }),
      twoFactor,
      recoveryCodesLeft: twoFactor ? await countRecoveryCodes(db, personId) : 0,
      organisation,
    }
  })
}

/** Everybody keeps their own name and language, also those whose roles only read. */
export async function changeOwnPerson(context: Context, change: OwnPersonChange): Promise<Session> {
  const { timeZone } = change
  if (typeof timeZone === 'string' && !isZone(timeZone)) throw invalid('zone.unknown', { zone: timeZone })
  const personId = context.actor.personId!
  await asProgram(context, 'read write', async (program) => {
    const { customerId } = await lockPerson(program.db, personId)
    await updatePerson(program.db, personId, change)
    const facts = { fields: Object.keys(change) }
    await audit(program, { action: 'person.changed', subjectType: 'person', subjectId: personId, customerId, facts })
  })
  return readSession(context)
}

/** `GET /sessions`. */
export async function listSessions(context: Context, visit: Visit) {
  const own = await requireSession(context, visit)
  const rows = await asProgram(context, 'read only', async ({ db, now }) => {
    const { idleMs } = await signInRules(db)
    return listSessionsOf(db, own.personId, now, new Date(now.getTime() - idleMs))
  })
  const items = rows.map(({ userAgent, ...row }) => ({ ...row, name: deviceOf(userAgent), current: row.id === own.id }))
  return { items, nextCursor: null }
}

export async function endSession(context: Context, visit: Visit, id: string): Promise<null> {
  const own = await requireSession(context, visit)
  await asProgram(context, 'read write', async (program) => {
    if (!(await deleteOwnSession(program.db, id, own.personId))) throw notFound('session.not-found')
    await audit(program, { action: 'session.ended', subjectType: 'person', subjectId: own.personId })
  })
  return null
}

/** `DELETE /sessions`: for whoever left a browser somewhere. */
export async function endSessions(context: Context, visit: Visit): Promise<null> {
  const own = await requireSession(context, visit)
  await asProgram(context, 'read write', async (program) => {
    const sessions = await deleteSessionsOf(program.db, own.personId)
    await audit(program, {
      action: 'session.ended',
      subjectType: 'person',
      subjectId: own.personId,
      facts: { sessions },
    })
  })
  takeSession(visit)
  return null
}

/** `GET /tokens`. */
export async function listTokens(context: Context): Promise<{ items: ApiToken[]; nextCursor: null }> {
  const { personId } = context.actor
  return { items: await asProgram(context, 'read only', ({ db }) => listTokensOf(db, personId!)), nextCursor: null }
}

/** `POST /tokens`: only signed in by oneself. */
export async function createOwnToken(
  context: Context,
  visit: Visit,
  token: NewToken,
): Promise<ApiToken & { token: string }> {
  const own = await requireSession(context, visit)
  return asProgram(context, 'read write', (program) => createToken(program, own.personId, token))
}

/** In the program's transaction. The token itself is in the answer and nowhere else. */
export async function createToken(
  program: Context,
  personId: string,
  { name, scopes, expiresAt = null }: Omit<NewToken, 'expiresAt'> & { readonly expiresAt?: Date | null | undefined },
): Promise<ApiToken & { token: string }> {
  const { db, now } = program
  if (expiresAt !== null && expiresAt <= now) throw invalid('token.ends-early')
  const token = `${TOKEN_PREFIX}${newSecret()}`
  const id = newId(now.getTime())
  await insertToken(db, { id, tokenHash: fingerprint(token), personId, name, scopes, createdAt: now, expiresAt })
  await audit(program, {
    action: 'token.created',
    subjectType: 'person',
    subjectId: personId,
    facts: { id, scopes, expiresAt },
  })
  return { id, name, scopes, createdAt: now, lastUsedAt: null, expiresAt, token }
}

/** `DELETE /tokens/:id`. Also by a token that writes: a program may clear up after itself. */
export async function revokeOwnToken(context: Context, id: string): Promise<null> {
  await asProgram(context, 'read write', (program) => revokeToken(program, id, context.actor.personId!))
  return null
}

/** In the program's transaction. @param personId Whose token it has to be; anybody's when not given. */
export async function revokeToken(program: Context, id: string, personId?: string): Promise<void> {
  const owner = await markTokenRevoked(program.db, id, program.now, personId)
  if (owner === undefined) throw notFound('token.not-found')
  await audit(program, { action: 'token.revoked', subjectType: 'person', subjectId: owner, facts: { id } })
}
