import { Failure, invalid, refused } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { barredFromAdministering, require } from '#core/may.ts'
import type { Context } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import { lockLastingAdministrators } from './account-queries.ts'
import type { RoleAssignment, RoleChange, RoleGrant } from './api-people.ts'
import { requireCustomer } from './customer-queries.ts'
import { barredFromGranting } from './may.ts'
import { lockPerson, requirePerson } from './person-queries.ts'
import { asAsker, asProgram } from './program.ts'
import { customerOf, isCustomersRole, isNarrowable, isRole, type Role } from './role.ts'
import {
  changeAssignment,
  endAssignment,
  findScope,
  insertRole,
  managesCustomer,
  recordOf,
  requireAssignment,
  rolesNotEnded,
  withScopes,
} from './role-queries.ts'

/** A role for somebody. */
export interface Grant {
  readonly personId: string
  readonly role: Role
  /** Null means all. */
  readonly customerId: string | null
  readonly validFrom: Date
  readonly validTo: Date | null
  readonly serviceId?: string | null
  readonly siteId?: string | null
  readonly teamId?: string | null
  /** The identity provider whose group gives it; nobody's but people's own otherwise. */
  readonly providerId?: string
}

/** `POST /people/:id/roles`. */
export async function grantRole(context: Context, personId: string, grant: RoleGrant): Promise<RoleAssignment> {
  const { db, now } = context
  const person = await requirePerson(db, personId)
  require(barredFromGranting(context.actor, grant.role))
  const customer = grant.customer === undefined ? null : await requireCustomer(db, grant.customer)
  requireFit(grant.role, { customerId: customer?.id ?? null, homeCustomerId: person.customerId })
  await requireManagerOf(context, customer?.id ?? null)
  const { validFrom = now, validTo = null } = grant
  requirePeriod(now, validFrom, validTo)
  const scope = await requireScope(context, grant, customer?.id ?? null)
  const wanted = { personId, role: grant.role, customerId: customer?.id ?? null, ...scope, validFrom, validTo }
  if (await findHeld(context, wanted)) throw new Failure('conflict', 'role.held')
  const id = await giveRole(context, wanted)
  const record = recordOf(await requireAssignment(db, now, personId, id))
  return (await withScopes(db, [record], { teams: true }))[0]!
}

/** What the role is narrowed to: of that customer or of all, and only for roles that work for customers. */
async function requireScope({ db }: Context, { role, service, site, team }: RoleGrant, customerId: string | null) {
  const scope = { serviceId: service ?? null, siteId: site ?? null, teamId: team ?? null }
  for (const [table, id] of [
    ['service', scope.serviceId],
    ['site', scope.siteId],
    ['team', scope.teamId],
  ] as const) {
    if (id === null) continue
    if (!isNarrowable(role) || (table === 'team' && isCustomersRole(role))) throw refused('role.not-narrowed')
    const found = await findScope(db, table, id)
    const fits = found && (found.customerId === null || found.customerId === customerId)
    if (!fits) throw refused('role.scope-unknown')
  }
  return scope
}

/** `PATCH /people/:id/roles/:roleId`: as if it were ended and given anew, without a gap. */
export async function changeRole(context: Context, personId: string, id: string, change: RoleChange): Promise<void> {
  const before = await asAsker(context, 'read only', async ({ db, now }) => {
    await requirePerson(db, personId)
    return requireAssignment(db, now, personId, id)
  })
  const { role, customerId } = before
  require(isRole(role) ? barredFromGranting(context.actor, role) : barredFromAdministering(context.actor))
  await asProgram(context, 'read write', async (program) => {
    const { db, now } = program
    await requireManagerOf(program, customerId)
    const { validTo = before.validTo } = change
    const begun = before.validFrom <= now
    const validFrom = begun ? before.validFrom : (change.validFrom ?? before.validFrom)
    requirePeriod(now, begun ? now : validFrom, validTo)
    if (role === 'administrator' && validTo !== null) await requireAnotherAdministrator(program, personId)
    await changeAssignment(db, id, { validFrom, validTo })
    await audit(program, {
      action: 'role.changed',
      subjectType: 'person',
      subjectId: personId,
      customerId,
      facts: { role, before: { validFrom: before.validFrom, validTo: before.validTo }, now: { validFrom, validTo } },
    })
  })
}

/** Gives a role unless it is held already, for as long at least; its id. Who may is decided by the caller. */
export async function giveRole(context: Context, grant: Grant): Promise<string> {
  const { db, now, actor } = context
  const held = await findHeld(context, grant)
  if (held) return held.id
  const id = newId(now.getTime())
  await insertRole(db, { id, ...grant, grantedBy: actor.personId, createdAt: now })
  const { personId, role, customerId, validFrom, validTo } = grant
  await audit(context, {
    action: 'role.granted',
    subjectType: 'person',
    subjectId: personId,
    customerId,
    facts: { role, validFrom, validTo },
  })
  return id
}

/** `DELETE /people/:id/roles/:roleId`. */
export async function endRole(context: Context, personId: string, id: string): Promise<void> {
  const { role, customerId } = await asAsker(context, 'read only', async ({ db, now }) => {
    await requirePerson(db, personId)
    return requireAssignment(db, now, personId, id)
  })
  require(isRole(role) ? barredFromGranting(context.actor, role) : barredFromAdministering(context.actor))
  await asProgram(context, 'read write', async (program) => {
    const { db, now } = program
    await requireManagerOf(program, customerId)
    if (role === 'administrator') await requireAnotherAdministrator(program, personId)
    await endAssignment(db, id, now)
    await audit(program, {
      action: 'role.ended',
      subjectType: 'person',
      subjectId: personId,
      customerId,
      facts: { role },
    })
  })
}

/** Whether a role, the customer it is for, and the organisation of the person go together. */
export function requireFit(
  role: Role,
  { customerId, homeCustomerId }: { readonly customerId: string | null; readonly homeCustomerId: string | null },
): void {
  const customer = customerOf(role)
  if (customer === 'needed' && customerId === null) throw invalid('role.customer-needed')
  if (customer === 'never' && customerId !== null) throw invalid('role.never-for-customer')
  if (isCustomersRole(role) && homeCustomerId === null) throw refused('role.customers-people-only')
  if (!isCustomersRole(role) && homeCustomerId !== null) throw refused('role.own-people-only')
}

/** From now on, or later, and for some time. */
export function requirePeriod(now: Date, validFrom: Date, validTo: Date | null): void {
  if (validFrom < now) throw invalid('role.from-past')
  if (validTo !== null && validTo <= validFrom) throw invalid('role.ends-early')
}

/** A service manager gives rights for the customers that are theirs to manage, not for all that they may see. */
export async function requireManagerOf({ db, actor, now }: Context, customerId: string | null): Promise<void> {
  if (barredFromAdministering(actor) === null) return
  const manages =
    customerId !== null && actor.personId !== null && (await managesCustomer(db, now, actor.personId, customerId))
  require(manages ? null : 'may.own-customers')
}

/** Fails when nobody else would be there to administer, lastingly. Two who do this to each other take turns. */
export async function requireAnotherAdministrator({ db, now }: Context, personId: string): Promise<void> {
  const administrators = await lockLastingAdministrators(db, now)
  if (!administrators.some((id) => id !== personId)) throw refused('administrator.last')
}

/** Throws when somebody is the last who administers: without one nobody could do anything about anything. */
export async function requireNotLastAdministrator(context: Context, personId: string): Promise<void> {
  const roles = await rolesNotEnded(context.db, context.now, personId)
  if (roles.some(({ role }) => role === 'administrator')) await requireAnotherAdministrator(context, personId)
}

async function findHeld({ db, now }: Context, grant: Grant) {
  const { personId, role, customerId, serviceId = null, siteId = null, teamId = null, validFrom, validTo } = grant
  await lockPerson(db, personId)
  const held = await rolesNotEnded(db, now, personId)
  return held.find(
    (each) =>
      each.role === role &&
      each.customerId === customerId &&
      each.serviceId === serviceId &&
      each.siteId === siteId &&
      each.teamId === teamId &&
      each.validFrom <= validFrom &&
      (each.validTo === null || (validTo !== null && each.validTo >= validTo)),
  )
}
