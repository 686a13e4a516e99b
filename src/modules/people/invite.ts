import { Failure, refused } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { barredFromAdministering, barredFromManaging, require } from '#core/may.ts'
import { explaining } from '#platform/constraint.ts'
import type { Context } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import { findAccount, insertAccount } from './account-queries.ts'
import type { HandedLink, Invitation } from './api-people.ts'
import { requireCustomer } from './customer-queries.ts'
import { linkTo, makeLink, type NewLink } from './links.ts'
import { barredFromGranting } from './may.ts'
import { findPersonByEmail, insertPerson, requirePerson } from './person-queries.ts'
import { asAsker, asProgram } from './program.ts'
import { isCustomersRole, isRole } from './role.ts'
import { managesCustomer, rolesNotEnded } from './role-queries.ts'
import { giveRole, requireFit, requireManagerOf, requirePeriod } from './roles.ts'

/** `POST /invitations`. */
export async function invite(context: Context, address: string, invitation: Invitation): Promise<HandedLink> {
  require(barredFromGranting(context.actor, invitation.role))
  const customer = await asAsker(context, 'read only', async ({ db }) =>
    invitation.customer === undefined ? null : requireCustomer(db, invitation.customer),
  )
  return asProgram(context, 'read write', async (program) => {
    await requireManagerOf(program, customer?.id ?? null)
    const { id, name, link } = await invitePerson(program, invitation, customer?.id ?? null)
    return { id, name, link: linkTo(address, 'invitation', link), expiresAt: link.expiresAt }
  })
}

/** Lets somebody sign in, with a role. In the program's transaction; that the asker may give that role has been decided. */
export async function invitePerson(
  program: Context,
  {
    email,
    name,
    role,
    language,
    validTo = null,
  }: Omit<Invitation, 'customer' | 'validTo'> & { readonly validTo?: Date | null | undefined },
  customerId: string | null,
): Promise<{ id: string; name: string; link: NewLink }> {
  const { db, now, actor } = program
  requirePeriod(now, now, validTo)
  const account = await findAccount(db, email)
  if (account?.passwordHash) throw new Failure('conflict', 'invitation.address-taken', { email })
  if (account?.disabledAt) throw refused('person.disabled')
  const homeCustomerId = isCustomersRole(role) ? customerId : null
  const known = account ? await requirePerson(db, account.personId) : await findPersonByEmail(db, homeCustomerId, email)
  requireFit(role, { customerId, homeCustomerId: known ? known.customerId : homeCustomerId })
  if (known) await requireNothingBeyond(program, known.id)
  const id = known?.id ?? newId(now.getTime())
  const called = known?.name ?? name ?? nameFrom(email)
  if (!known) {
    const row = {
      id,
      customerId: homeCustomerId,
      name: called,
      email,
      language: language ?? actor.language,
      createdAt: now,
    }
    await explaining({ person_email: 'invitation.address-taken' }, { email }, () => insertPerson(db, row))
  }
  if (!account) {
    await explaining(
      { account_email_key: 'invitation.address-taken', account_pkey: 'invitation.address-taken' },
      { email },
      () => insertAccount(db, { personId: id, email, createdAt: now }),
    )
  }
  await giveRole(program, { personId: id, role, customerId, validFrom: now, validTo })
  await audit(program, { action: 'person.invited', subjectType: 'person', subjectId: id, customerId, facts: { role } })
  return { id, name: called, link: await makeLink(program, 'invitation', id) }
}

/**
 * A link makes whoever holds it that person. So nobody is handed one for a person who has, or will have, more rights than
 * the asker could give.
 */
async function requireNothingBeyond(program: Context, personId: string): Promise<void> {
  const { db, actor, now } = program
  if (barredFromAdministering(actor) === null) return
  require(barredFromManaging(actor))
  for (const { role, customerId } of await rolesNotEnded(db, now, personId)) {
    const theirs =
      isRole(role) &&
      isCustomersRole(role) &&
      customerId !== null &&
      (await managesCustomer(db, now, actor.personId ?? '', customerId))
    if (!theirs) throw new Failure('forbidden', 'invitation.beyond')
  }
}

/** A name to begin with: `greta.lindqvist@…` → `Greta Lindqvist`. */
export function nameFrom(email: string): string {
  const words = email
    .split('@', 1)[0]!
    .split(/[._+-]+/)
    .filter(Boolean)
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' ') || email
}
