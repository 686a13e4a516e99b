import type { Language } from '#core/text.ts'
import type { Context } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import { updateAccount } from './account-queries.ts'
import type { LinkKind } from './api-sign-in.ts'
import { inspectLink, requireLink, useLink } from './links.ts'
import { hashPassword, requireGoodPassword } from './password-hash.ts'
import { updatePerson } from './person-queries.ts'
import { asProgram } from './program.ts'
import { beginSession, giveSession, type Visit } from './session.ts'
import { deleteSessionsOf } from './session-queries.ts'
import { takeTurn } from './slow-down.ts'

/** `POST /one-time-links/inspect`. Looking uses nothing up. */
export async function describeLink(
  context: Context,
  visit: Visit,
  token: string,
): Promise<{ kind: LinkKind; email: string | null; name: string | null; expiresAt: Date }> {
  const turn = await takeTurn(context, visit)
  const { kind, expiresAt, person } = await asProgram(context, 'read only', (program) => inspectLink(program, token))
  await asProgram(context, 'read write', ({ db }) => turn.forgive(db))
  return { kind, expiresAt, email: person?.email ?? null, name: person?.name ?? null }
}

interface Chosen {
  readonly token: string
  readonly password: string
}

interface Accepted extends Chosen {
  readonly name?: string | undefined
  readonly language?: Language | undefined
}

/** Accepts an invitation: chooses a password, corrects name and language, and is signed in. */
export async function acceptInvitation(
  context: Context,
  visit: Visit,
  { token, name, language, password }: Accepted,
): Promise<{ next: 'done' }> {
  const secret = await throughLink(context, visit, 'invitation', { token, password }, async (program, personId) => {
    if (name !== undefined || language !== undefined)
      await updatePerson(program.db, personId, { ...(name !== undefined && { name }), ...(language && { language }) })
    await audit(program, { action: 'invitation.accepted', subjectType: 'person', subjectId: personId })
    return beginSession(program, visit, personId)
  })
  giveSession(visit, secret)
  return { next: 'done' }
}

/** Does not sign in: whoever has the link still owes the second factor. */
export async function resetPassword(context: Context, visit: Visit, chosen: Chosen): Promise<{ next: 'sign-in' }> {
  await throughLink(context, visit, 'password-reset', chosen, async (program, personId) => {
    await deleteSessionsOf(program.db, personId)
    await audit(program, { action: 'password.reset', subjectType: 'person', subjectId: personId })
  })
  return { next: 'sign-in' }
}

/** Uses a link to choose a password: looked at first, so that a link is not used up by a password that is not taken. */
async function throughLink<Result>(
  context: Context,
  visit: Visit,
  kind: 'invitation' | 'password-reset',
  { token, password }: Chosen,
  work: (program: Context, personId: string) => Promise<Result>,
): Promise<Result> {
  const turn = await takeTurn(context, visit)
  const person = await asProgram(context, 'read write', async (program) => {
    const link = await requireLink(program, token, kind)
    return link.person!
  })
  await requireGoodPassword(context, password, person)
  const passwordHash = await hashPassword(password)
  return asProgram(context, 'read write', async (program) => {
    const link = await requireLink(program, token, kind)
    await useLink(program, link)
    await updateAccount(program.db, person.id, { passwordHash })
    await turn.forgive(program.db)
    return work(program, person.id)
  })
}
