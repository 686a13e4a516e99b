import { invalid } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { languageOf } from '#core/text.ts'
import { explaining } from '#platform/constraint.ts'
import type { Context, Db } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import { hasAdministrator, insertAccount, updateAccount } from './account-queries.ts'
import { email as emailForm } from './api-sign-in.ts'
import { nameFrom } from './invite.ts'
import { makeLink, requireLink, useLink } from './links.ts'
import { lockSetUp } from './link-queries.ts'
import { hashPassword, requireGood } from './password-hash.ts'
import { findPersonByEmail, insertPerson, updatePerson } from './person-queries.ts'
import { asProgram, byItself } from './program.ts'
import { giveRole } from './roles.ts'
import { beginSession, giveSession, type Visit } from './session.ts'
import { takeTurn } from './slow-down.ts'

interface FirstAdministrator {
  readonly email: string
  readonly password: string
  readonly name: string
  readonly language: string
}

/**
 * The secret of a link (`…/set-up#SECRET`) by which the first administrator is made, or null when there is one. Each call
 * makes a new one, good for a day and until somebody used one; it is to be shown to whoever started the program, once.
 */
export async function setUpLink(db: Db, now = new Date()): Promise<string | null> {
  return byItself(db, now, async (program) => {
    if (await hasAdministrator(program.db, now)) return null
    const { secret } = await makeLink(program, 'set-up', null)
    return secret
  })
}

/** Makes the first administrator without a browser. Does nothing, and says so by `false`, when there is one already. */
export async function createFirstAdministrator(
  db: Db,
  { email, password, name }: { readonly email: string; readonly password: string; readonly name?: string | undefined },
  now = new Date(),
): Promise<boolean> {
  if (await byItself(db, now, (program) => hasAdministrator(program.db, now))) return false
  const parsed = emailForm.safeParse(email)
  if (!parsed.success) throw invalid('account.bad-address', { email })
  const administrator = {
    email: parsed.data,
    password,
    name: name ?? nameFrom(parsed.data),
    language: languageOf(process.env['LANG']),
  }
  requireGood(password, administrator)
  const passwordHash = await hashPassword(password)
  return byItself(db, now, async (program) => {
    await lockSetUp(program.db)
    if (await hasAdministrator(program.db, now)) return false
    await addAdministrator(program, administrator, passwordHash)
    return true
  })
}

/** `POST /set-up`: the first administrator, signed in. */
export async function setUp(
  context: Context,
  visit: Visit,
  { token, ...administrator }: FirstAdministrator & { readonly token: string },
): Promise<{ next: 'done' }> {
  const turn = await takeTurn(context, visit)
  await asProgram(context, 'read write', (program) => requireLink(program, token, 'set-up'))
  requireGood(administrator.password, administrator)
  const passwordHash = await hashPassword(administrator.password)
  const secret = await asProgram(context, 'read write', async (program) => {
    const link = await requireLink(program, token, 'set-up')
    await useLink(program, link)
    const personId = await addAdministrator(program, administrator, passwordHash)
    await turn.forgive(program.db)
    return beginSession(program, visit, personId)
  })
  giveSession(visit, secret)
  return { next: 'done' }
}

async function addAdministrator(
  program: Context,
  { email, name, language }: Omit<FirstAdministrator, 'password'>,
  passwordHash: string,
): Promise<string> {
  const { db, now } = program
  // Somebody may be there already, invited or imported, who could not sign in until now.
  const known = await findPersonByEmail(db, null, email)
  const personId = known?.id ?? newId(now.getTime())
  if (known) await updatePerson(db, personId, { name, language })
  else await insertPerson(db, { id: personId, customerId: null, name, email, language, createdAt: now })
  if (known?.hasAccount) await updateAccount(db, personId, { passwordHash, email, disabledAt: null })
  else {
    await explaining({ account_email_key: 'invitation.address-taken' }, { email }, () =>
      insertAccount(db, { personId, email, passwordHash, createdAt: now }),
    )
  }
  await giveRole(program, { personId, role: 'administrator', customerId: null, validFrom: now, validTo: null })
  await audit(program, { action: 'administrator.first', subjectType: 'person', subjectId: personId })
  return personId
}
