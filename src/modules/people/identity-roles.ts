import { Failure, notFound, refused } from '#core/failure.ts'
import type { Context } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import { lockAccount, updateAccount } from './account-queries.ts'
import { deleteIdentity, identitiesOf, lapsedPeople, rolesByProvider, updateIdentitiesOf } from './identity-queries.ts'
import type { GroupRole, ProviderRow } from './provider-queries.ts'
import { requirePerson } from './person-queries.ts'
import { asProgram } from './program.ts'
import { isCustomersRole } from './role.ts'
import { endAssignment } from './role-queries.ts'
import { giveRole, requireAnotherAdministrator } from './roles.ts'
import { requireSession, type Visit } from './session.ts'
import { deleteSessionsOf } from './session-queries.ts'
import type { Identity } from './api-providers.ts'

/** What these groups give and has not ended, in the order that an administrator gave it. */
export function rolesOfGroups(given: readonly GroupRole[], groups: ReadonlySet<string>, now: Date): GroupRole[] {
  return given.filter(({ group, validTo }) => groups.has(group) && (validTo === null || validTo > now))
}

/** The organisation of whoever comes with these roles: a customer's when the first of them is a customer's role. */
export function homeOf(roles: readonly GroupRole[]): string | null {
  const [first] = roles
  return first && isCustomersRole(first.role) ? (first.customer?.id ?? null) : null
}

/**
 * Gives what the groups give and takes what they gave and give no more, as far as the provider may take. Roles that people
 * gave stay. A customer's role goes to that customer's people only, every other to our own.
 */
export async function giveByGroups(
  program: Context,
  provider: ProviderRow,
  personId: string,
  roles: readonly GroupRole[],
): Promise<void> {
  const { db, now } = program
  const { customerId: homeId } = await requirePerson(db, personId)
  const fitting = roles.filter(({ role, customer }) =>
    isCustomersRole(role) ? homeId !== null && customer?.id === homeId : homeId === null,
  )
  if (provider.takesRoles) {
    for (const held of await rolesByProvider(db, now, provider.id, personId)) {
      const stays = fitting.some(
        ({ role, customer, validTo }) =>
          role === held.role && (customer?.id ?? null) === held.customerId && same(validTo, held.validTo),
      )
      if (!stays) await takeRole(program, personId, held)
    }
  }
  for (const { role, customer, validFrom, validTo } of fitting) {
    const from = validFrom !== null && validFrom > now ? validFrom : now
    const grant = { personId, role, customerId: customer?.id ?? null, validFrom: from, validTo }
    await giveRole(program, { ...grant, providerId: provider.id })
  }
}

function same(one: Date | null, other: Date | null): boolean {
  return one?.getTime() === other?.getTime()
}

/** The last administrator stays one: nobody would be there to mend the groups' rules. */
async function takeRole(
  program: Context,
  personId: string,
  held: { readonly id: string; readonly role: string; readonly customerId: string | null },
): Promise<void> {
  const { role, customerId } = held
  if (role === 'administrator' && (await isLastAdministrator(program, personId))) return
  await endAssignment(program.db, held.id, program.now)
  await audit(program, {
    action: 'role.ended',
    subjectType: 'person',
    subjectId: personId,
    customerId,
    facts: { role, group: 'gone' },
  })
}

async function isLastAdministrator(program: Context, personId: string): Promise<boolean> {
  // Who signs in by a provider alone is none of those who have to be left.
  const account = await lockAccount(program.db, personId)
  if (!account?.passwordHash) return false
  return requireAnotherAdministrator(program, personId).then(
    () => false,
    (thrown: unknown) => {
      if (thrown instanceof Failure && thrown.code === 'administrator.last') return true
      throw thrown
    },
  )
}

/** No group is left: takes the roles, and where the provider ends accounts, switches off whoever has no other way in. */
export async function endForGroups(program: Context, provider: ProviderRow, personId: string): Promise<void> {
  await giveByGroups(program, provider, personId, [])
  if (provider.endsAccounts) await endAccount(program, provider.name, personId)
}

async function endAccount(program: Context, provider: string, personId: string): Promise<void> {
  const { db, now } = program
  const account = await lockAccount(db, personId)
  if (!account || account.disabledAt !== null) return
  await deleteSessionsOf(db, personId)
  // Who has a password here signs in without the provider: that is ours to end.
  if (account.passwordHash !== null) return
  await updateAccount(db, personId, { disabledAt: now })
  await updateIdentitiesOf(db, personId, { endedAt: now })
  await audit(program, {
    action: 'person.disabled',
    subjectType: 'person',
    subjectId: personId,
    customerId: account.customerId,
    facts: { provider },
  })
}

/** Switches off who has not come through their provider for as long as it allows; how many. Done each night. */
export async function endLapsedAccounts(program: Context): Promise<number> {
  const lapsed = await lapsedPeople(program.db, program.now)
  for (const { personId, provider } of lapsed) await endAccount(program, provider, personId)
  return lapsed.length
}

/** `GET /identities`. */
export async function listIdentities(context: Context): Promise<{ items: Identity[]; nextCursor: null }> {
  const items = await asProgram(context, 'read only', ({ db }) => identitiesOf(db, context.actor.personId!))
  return { items, nextCursor: null }
}

/** `DELETE /identities/:id`: with the roles that the provider's groups gave. */
export async function disconnectIdentity(context: Context, visit: Visit, id: string): Promise<null> {
  const { personId } = await requireSession(context, visit)
  await asProgram(context, 'read write', async (program) => {
    const account = await lockAccount(program.db, personId)
    const providerId = await deleteIdentity(program.db, id, personId)
    if (providerId === undefined) throw notFound('identity.not-found')
    if (!account?.passwordHash) throw refused('identity.only-way')
    for (const held of await rolesByProvider(program.db, program.now, providerId, personId)) {
      await takeRole(program, personId, held)
    }
    await audit(program, { action: 'identity.disconnected', subjectType: 'person', subjectId: personId })
  })
  return null
}
