import { refused } from '#core/failure.ts'
import type { Context } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import { lockAccount, updateAccount } from './account-queries.ts'
import { hashPassword, isPassword, requireGoodPassword } from './password-hash.ts'
import { asProgram } from './program.ts'
import { beginSession, giveSession, requireSession, type Visit } from './session.ts'
import { deleteSessionsOf } from './session-queries.ts'
import { takeTurn } from './slow-down.ts'
import { clearTwoFactor } from './two-factor.ts'

/** Ends all sessions of the person but the one that asks, which goes on under a new secret. */
export async function changePassword(
  context: Context,
  visit: Visit,
  { current, password }: { readonly current: string; readonly password: string },
): Promise<null> {
  const own = await requireSession(context, visit)
  await requireOwnPassword(context, visit, own, current)
  await requireGoodPassword(context, password, own)
  const passwordHash = await hashPassword(password)
  const secret = await asProgram(context, 'read write', async (program) => {
    await updateAccount(program.db, own.personId, { passwordHash })
    await deleteSessionsOf(program.db, own.personId)
    await audit(program, { action: 'password.changed', subjectType: 'person', subjectId: own.personId })
    return beginSession(program, visit, own.personId)
  })
  giveSession(visit, secret)
  return null
}

/** Takes one's own second factor away. A session that somebody else got hold of is not enough for that. */
export async function endTwoFactor(context: Context, visit: Visit, password: string): Promise<null> {
  const own = await requireSession(context, visit)
  await requireOwnPassword(context, visit, own, password)
  await asProgram(context, 'read write', async (program) => {
    const account = await lockAccount(program.db, own.personId)
    if (!account?.totpConfirmedAt) throw refused('two-factor.off')
    await clearTwoFactor(program, own.personId)
  })
  return null
}

/** Before something that a session alone must not do. Wrong tries slow down like those at the door. */
async function requireOwnPassword(
  context: Context,
  visit: Visit,
  { personId, email }: { readonly personId: string; readonly email: string },
  password: string,
): Promise<void> {
  const turn = await takeTurn(context, visit, email)
  const account = await asProgram(context, 'read write', ({ db }) => lockAccount(db, personId))
  if (!(await isPassword(password, account?.passwordHash ?? null))) throw refused('password.wrong')
  await asProgram(context, 'read write', ({ db }) => turn.forgive(db))
}
