import { invalid, notFound } from '#core/failure.ts'
import type { Language } from '#core/text.ts'
import type { Db } from '#platform/context.ts'
import { findAccount } from './account-queries.ts'
import { email as emailForm, type TokenScope } from './api-sign-in.ts'
import { requireCustomer } from './customer-queries.ts'
import { invitePerson } from './invite.ts'
import { linkTo } from './links.ts'
import { createToken, revokeToken } from './own.ts'
import { byItself } from './program.ts'
import { isRole } from './role.ts'

// What the command line does is done by whoever has the machine: nobody else is asked whether they may.

/** A token with which a program acts as the person of this address. */
export async function createTokenFor(
  db: Db,
  { email, name, scopes }: { readonly email: string; readonly name: string; readonly scopes: readonly TokenScope[] },
  now = new Date(),
): Promise<{ token: string; id: string }> {
  return byItself(db, now, async (program) => {
    const account = await findAccount(program.db, email.trim().toLowerCase())
    if (!account) throw notFound('account.not-found', { email })
    const { token, id } = await createToken(program, account.personId, { name, scopes: [...scopes] })
    return { token, id }
  })
}

/** @param id Of a token, as its creation answered it. */
export async function revokeTokenById(db: Db, id: string, now = new Date()): Promise<void> {
  await byItself(db, now, (program) => revokeToken(program, id))
}

/** Somebody who can sign in once they used the link. */
export async function createPersonWhoSignsIn(
  db: Db,
  address: string,
  person: {
    readonly email: string
    readonly role: string
    readonly customer?: string | undefined
    readonly name?: string | undefined
    readonly language: Language
  },
  now = new Date(),
): Promise<{ id: string; link: string }> {
  const { role, customer, name, language } = person
  const email = emailForm.safeParse(person.email)
  if (!email.success) throw invalid('account.bad-address', { email: person.email })
  if (!isRole(role)) throw invalid('role.unknown', { role })
  return byItself(db, now, async (program) => {
    const customerId = customer === undefined ? null : (await requireCustomer(program.db, customer)).id
    const { id, link } = await invitePerson(program, { email: email.data, name, role, language }, customerId)
    return { id, link: linkTo(address, 'invitation', link) }
  })
}
