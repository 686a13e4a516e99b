import { Failure } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { languageOf } from '#core/text.ts'
import { explaining } from '#platform/constraint.ts'
import type { Context } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import { seal, unseal } from '#platform/seal.ts'
import { findAccount, insertAccount, lockAccount, updateAccount } from './account-queries.ts'
import { email as emailForm } from './api-sign-in.ts'
import {
  findIdentity,
  hasIdentity,
  insertAttempt,
  insertIdentity,
  takeAttempt,
  updateIdentity,
} from './identity-queries.ts'
import { endForGroups, giveByGroups, homeOf, rolesOfGroups } from './identity-roles.ts'
import { nameFrom } from './invite.ts'
import { addressFor, type Claims, claimsFrom } from './openid.ts'
import { findPersonByEmail, insertPerson } from './person-queries.ts'
import { asProgram } from './program.ts'
import { secretOfProvider } from './providers.ts'
import { groupRolesOf, type GroupRole, type ProviderRow, requireProvider } from './provider-queries.ts'
import { fingerprint, newSecret } from './secret.ts'
import { addressOf, beginSession, giveSession, requireSession, secretIn, setCookie, type Visit } from './session.ts'
import { takeTurn } from './slow-down.ts'

/** What ties the way back to the browser that began; beside the session, for there is none yet. */
const COOKIE = 'plumbline-way'

/** So long somebody may take at the provider: a password found, a second factor fetched. */
const WAY_MS = 15 * 60_000

/** Where providers send people back to; it has to be told to each of them. */
export function redirectUriOf(visit: Pick<Visit, 'raw'>): string {
  return `${addressOf(visit.raw)}/sign-in/return`
}

/** `POST /sign-in/provider`. */
export async function beginIdentity(
  context: Context,
  visit: Visit,
  wish: { readonly provider: string; readonly next?: string | undefined; readonly connect: boolean },
): Promise<{ address: string }> {
  await takeTurn(context, visit)
  const personId = wish.connect ? (await requireSession(context, visit)).personId : null
  const provider = await asProgram(context, 'read only', ({ db }) => requireProvider(db, wish.provider))
  if (!provider.enabled) throw new Failure('not-found', 'provider.not-found')
  const redirectUri = redirectUriOf(visit)
  const { address, state, nonce, verifier } = await addressFor(provider, await secretOfProvider(provider), redirectUri)
  // Kept when it is there already: somebody may be on the way in two windows.
  const browser = secretIn(visit.raw, COOKIE) ?? newSecret()
  const sealed = await seal(verifier, state)
  await asProgram(context, 'read write', ({ db, now }) =>
    insertAttempt(db, {
      stateHash: fingerprint(state),
      browserHash: fingerprint(browser),
      providerId: provider.id,
      nonce,
      verifier: sealed,
      redirectUri,
      next: wish.next?.startsWith('/') ? wish.next : null,
      personId,
      expiresAt: new Date(now.getTime() + WAY_MS),
    }),
  )
  setCookie(visit, COOKIE, browser, WAY_MS / 1000)
  return { address }
}

interface Arrived {
  readonly next: 'done' | 'second-factor'
  readonly to: string | null
  readonly connected: boolean
}

/** `POST /sign-in/provider/return`. */
export async function endIdentity(context: Context, visit: Visit, parameters: string): Promise<Arrived> {
  const turn = await takeTurn(context, visit)
  const state = new URLSearchParams(parameters).get('state') ?? ''
  const browser = secretIn(visit.raw, COOKIE) ?? ''
  // Gone from here on, whatever comes of it: a state that was used opens nothing.
  const attempt = await asProgram(context, 'read write', ({ db, now }) => takeAttempt(db, fingerprint(state), now))
  const own = attempt?.browserHash.equals(fingerprint(browser)) ?? false
  const sameAsker = !attempt?.personId || attempt.personId === context.actor.personId
  if (!attempt || !own || !sameAsker) throw new Failure('unauthenticated', 'identity.attempt-gone')
  const provider = await asProgram(context, 'read only', ({ db }) => requireProvider(db, attempt.providerId))
  if (!provider.enabled) throw new Failure('not-found', 'provider.not-found')
  const claims = await claimsFrom(provider, await secretOfProvider(provider), {
    redirectUri: attempt.redirectUri,
    parameters,
    checks: { state, nonce: attempt.nonce, verifier: await unseal(attempt.verifier, state) },
  })
  const to = attempt.next
  if (attempt.personId !== null) {
    const { personId } = await requireSession(context, visit)
    await asProgram(context, 'read write', (program) => connect(program, provider, claims, personId))
    return { next: 'done', to, connected: true }
  }
  const arrived = await asProgram(context, 'read write', async (program) => {
    const personId = await arrive(program, provider, claims)
    // What was taken or ended stays so, therefore this is no throw.
    if (personId instanceof Failure) return { failure: personId }
    const account = await lockAccount(program.db, personId)
    const half = account!.totpConfirmedAt !== null
    await turn.forgive(program.db)
    if (!half) await auditArrival(program, 'sign-in.succeeded', provider, personId)
    return { half, secret: await beginSession(program, visit, personId, { half, providerId: provider.id }) }
  })
  if ('failure' in arrived) throw arrived.failure
  giveSession(visit, arrived.secret)
  return { next: arrived.half ? 'second-factor' : 'done', to, connected: false }
}

/** Who it is here: somebody known, or made now; with the roles that their groups give. Or why they may not come in. */
async function arrive(program: Context, provider: ProviderRow, claims: Claims): Promise<string | Failure> {
  const { db, now } = program
  const given = await groupRolesOf(db, provider.id)
  const roles = rolesOfGroups(given, claims.groups, now)
  const identity = await findIdentity(db, provider.id, claims.subject)
  const outside = given.length > 0 && roles.length === 0
  if (identity === undefined) {
    if (outside) return refusal('identity.no-group', provider)
    return joinOrMake(program, provider, claims, roles)
  }
  const { id, personId, endedAt } = identity
  const account = await lockAccount(db, personId)
  if (outside) {
    await endForGroups(program, provider, personId)
    await auditArrival(program, 'sign-in.failed', provider, personId)
    return refusal('identity.no-group', provider)
  }
  if (account?.disabledAt !== null && endedAt === null) return new Failure('forbidden', 'sign-in.disabled')
  if (account?.disabledAt) {
    await updateAccount(db, personId, { disabledAt: null })
    await auditArrival(program, 'person.enabled', provider, personId)
  }
  await updateIdentity(db, id, { lastUsedAt: now, email: claims.email, endedAt: null })
  await giveByGroups(program, provider, personId, roles)
  return personId
}

/** Somebody whom this provider sends for the first time. */
async function joinOrMake(
  program: Context,
  provider: ProviderRow,
  claims: Claims,
  roles: readonly GroupRole[],
): Promise<string | Failure> {
  const { db, now } = program
  const { data: email } = emailForm.safeParse(claims.email)
  if (email === undefined) return refusal('identity.no-email', provider)
  const homeId = homeOf(roles)
  const account = await findAccount(db, email)
  if (account) {
    // A customer's provider vouches for that customer's people: it must not become one of ours by naming an address.
    const vouched = provider.joinsByEmail && claims.emailVerified && account.customerId === homeId
    if (!vouched || (await hasIdentity(db, provider.id, account.personId))) {
      return refusal('identity.email-taken', provider, { email })
    }
    if (account.disabledAt !== null) return new Failure('forbidden', 'sign-in.disabled')
    await addIdentity(program, provider, claims, account.personId)
    await giveByGroups(program, provider, account.personId, roles)
    return account.personId
  }
  if (!provider.makesAccounts || roles.length === 0) return refusal('identity.no-account', provider)
  const known = await findPersonByEmail(db, homeId, email)
  const personId = known?.id ?? newId(now.getTime())
  await explaining(
    { person_email: 'person.email-taken', account_email_key: 'person.email-taken' },
    { email },
    async () => {
      if (!known) {
        const name = (claims.name ?? nameFrom(email)).slice(0, 200)
        const language = languageOf(program.actor.language)
        await insertPerson(db, { id: personId, customerId: homeId, name, email, language, createdAt: now })
      }
      await insertAccount(db, { personId, email, createdAt: now })
    },
  )
  await addIdentity(program, provider, claims, personId)
  await auditArrival(program, 'person.made', provider, personId)
  await giveByGroups(program, provider, personId, roles)
  return personId
}

/** Joins the identity to the account of somebody who showed that both are theirs. */
async function connect(program: Context, provider: ProviderRow, claims: Claims, personId: string): Promise<void> {
  const { db, now } = program
  const identity = await findIdentity(db, provider.id, claims.subject)
  if (identity && identity.personId !== personId) throw refusal('identity.of-another', provider)
  if (!identity && (await hasIdentity(db, provider.id, personId))) throw refusal('identity.connected', provider)
  const given = await groupRolesOf(db, provider.id)
  if (identity) await updateIdentity(db, identity.id, { lastUsedAt: now, email: claims.email })
  else await addIdentity(program, provider, claims, personId)
  await giveByGroups(program, provider, personId, rolesOfGroups(given, claims.groups, now))
}

async function addIdentity(program: Context, provider: ProviderRow, { subject, email }: Claims, personId: string) {
  const { db, now } = program
  const row = { id: newId(now.getTime()), providerId: provider.id, subject, personId, email }
  await insertIdentity(db, { ...row, createdAt: now, lastUsedAt: now })
  await auditArrival(program, 'identity.connected', provider, personId)
}

async function auditArrival(program: Context, action: string, provider: ProviderRow, personId: string): Promise<void> {
  const account = await lockAccount(program.db, personId)
  await audit(program, {
    action,
    subjectType: 'person',
    subjectId: personId,
    customerId: account?.customerId ?? null,
    facts: { provider: provider.name },
  })
}

function refusal(
  code: `identity.${'no-group' | 'no-email' | 'no-account' | 'email-taken' | 'of-another' | 'connected'}`,
  { name }: ProviderRow,
  values: { readonly email?: string } = {},
): Failure {
  return new Failure('forbidden', code, { provider: name, ...values })
}
