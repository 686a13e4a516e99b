import { Failure } from '#core/failure.ts'
import type { Context } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import { type Account, findAccount, lockAccount } from './account-queries.ts'
import { isPassword } from './password-hash.ts'
import { asProgram } from './program.ts'
import { fingerprint } from './secret.ts'
import { beginSession, giveSession, sessionSecret, takeSession, type Visit } from './session.ts'
import { deleteSession, findHalfSession } from './session-queries.ts'
import { takeTurn } from './slow-down.ts'
import { takesSecondFactor } from './two-factor.ts'

interface Credentials {
  readonly email: string
  readonly password: string
}

/**
 * Signs in, or begins to where a second factor is set up. An address that nobody signs in with gets the same answer as a
 * wrong password, after the same work.
 */
export async function signIn(
  context: Context,
  visit: Visit,
  { email, password }: Credentials,
): Promise<{ next: 'done' | 'second-factor' }> {
  const turn = await takeTurn(context, visit, email)
  const account = await asProgram(context, 'read only', ({ db }) => findAccount(db, email))
  const right = await isPassword(password, account?.passwordHash ?? null)
  const begun = await asProgram(context, 'read write', async (program) => {
    const current = account && (await lockAccount(program.db, account.personId))
    // Changed or switched off while we computed.
    const stands = right && current?.passwordHash === account?.passwordHash
    if (!current || !stands || current.disabledAt !== null) {
      await auditSignIn(program, 'sign-in.failed', current)
      return { failure: stands ? disabled() : wrong() }
    }
    const half = current.totpConfirmedAt !== null
    const secret = await beginSession(program, visit, current.personId, { half })
    if (!half) {
      // Wrong codes count until one was right: whoever knows the password must not get fresh tries by giving it again.
      await turn.forgive(program.db)
      await auditSignIn(program, 'sign-in.succeeded', current)
    }
    return { secret, half }
  })
  if ('failure' in begun) throw begun.failure
  giveSession(visit, begun.secret)
  return { next: begun.half ? 'second-factor' : 'done' }
}

export async function giveSecondFactor(context: Context, visit: Visit, code: string): Promise<{ next: 'done' }> {
  const brought = sessionSecret(visit.raw)
  const half =
    brought && (await asProgram(context, 'read only', ({ db, now }) => findHalfSession(db, fingerprint(brought), now)))
  if (!half) throw new Failure('unauthenticated', 'second-factor.begin-again')
  const turn = await takeTurn(context, visit, half.email)
  const secret = await asProgram(context, 'read write', async (program) => {
    const account = await lockAccount(program.db, half.personId)
    if (!account || !(await takesSecondFactor(program, account, code))) {
      await auditSignIn(program, 'second-factor.failed', account)
      return null
    }
    await turn.forgive(program.db)
    await auditSignIn(program, 'sign-in.succeeded', account)
    return beginSession(program, visit, half.personId, { providerId: half.providerId })
  })
  if (secret === null) throw new Failure('unauthenticated', 'second-factor.wrong')
  giveSession(visit, secret)
  return { next: 'done' }
}

/** Ends the session that the browser brought, half or whole; without one there is nothing to do. */
export async function signOut(context: Context, visit: Visit): Promise<null> {
  const brought = sessionSecret(visit.raw)
  if (brought !== null) {
    await asProgram(context, 'read write', async (program) => {
      const personId = await deleteSession(program.db, fingerprint(brought))
      if (personId !== undefined)
        await audit(program, { action: 'session.ended', subjectType: 'person', subjectId: personId })
    })
  }
  takeSession(visit)
  return null
}

async function auditSignIn(program: Context, action: string, account: Account | undefined): Promise<void> {
  await audit(program, {
    action,
    ...(account && { subjectType: 'person', subjectId: account.personId, customerId: account.customerId }),
  })
}

function wrong(): Failure {
  return new Failure('unauthenticated', 'sign-in.wrong')
}

/** Said only to whoever knows the password. */
function disabled(): Failure {
  return new Failure('forbidden', 'sign-in.disabled')
}
