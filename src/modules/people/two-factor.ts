import { Secret, TOTP } from 'otpauth'
import { toString as qrCode } from 'qrcode'
import { refused } from '#core/failure.ts'
import type { Context, Db } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import { isSealed, seal, unseal } from '#platform/seal.ts'
import {
  type Account,
  lockAccount,
  lockClearSecrets,
  replaceRecoveryCodes,
  updateAccount,
  useRecoveryCode,
  useTimeStep,
} from './account-queries.ts'
import { asProgram, byItself } from './program.ts'
import { fingerprint, newRecoveryCode, typedRecoveryCode } from './secret.ts'
import { requireSession, type Visit } from './session.ts'

/** A code of the step before or after is taken as well: clocks differ. */
const WINDOW = 1
const RECOVERY_CODES = 10

/** Six digits every thirty seconds by SHA-1 (RFC 6238): what every authenticator application can do. */
function oneTimeCodes(secret: Secret | string, email: string): TOTP {
  return new TOTP({ issuer: 'Plumbline', label: email, secret, algorithm: 'SHA1', digits: 6, period: 30 })
}

/** Makes a secret; it is in force once confirmed. Asking again replaces it, until then. */
export async function beginTwoFactor(
  context: Context,
  visit: Visit,
): Promise<{ secret: string; uri: string; qr: string }> {
  const own = await requireSession(context, visit)
  const codes = oneTimeCodes(new Secret({ size: 20 }), own.email)
  const totpSecret = await seal(codes.secret.base32, purposeOf(own.personId))
  await asProgram(context, 'read write', async (program) => {
    const account = await lockAccount(program.db, own.personId)
    if (account?.totpConfirmedAt) throw refused('two-factor.on')
    await updateAccount(program.db, own.personId, { totpSecret, totpLastStep: null })
  })
  const uri = codes.toString()
  return { secret: codes.secret.base32, uri, qr: await qrCode(uri, { type: 'svg', margin: 2 }) }
}

export async function confirmTwoFactor(
  context: Context,
  visit: Visit,
  code: string,
): Promise<{ recoveryCodes: string[] }> {
  const own = await requireSession(context, visit)
  return asProgram(context, 'read write', async (program) => {
    const { db, now } = program
    const account = await lockAccount(db, own.personId)
    if (account?.totpConfirmedAt) throw refused('two-factor.on')
    if (!account?.totpSecret) throw refused('two-factor.not-begun')
    if (!(await takesTimeCode(program, account, code))) throw refused('two-factor.wrong-code')
    const recoveryCodes = Array.from({ length: RECOVERY_CODES }, newRecoveryCode)
    await updateAccount(db, own.personId, { totpConfirmedAt: now })
    await replaceRecoveryCodes(
      db,
      own.personId,
      recoveryCodes.map((each) => recoveryHash(own.personId, each)),
    )
    await audit(program, { action: 'two-factor.on', subjectType: 'person', subjectId: own.personId })
    return { recoveryCodes }
  })
}

/** Takes the second factor away, with its codes. Who may is decided by the caller. */
export async function clearTwoFactor(program: Context, personId: string): Promise<void> {
  await updateAccount(program.db, personId, { totpSecret: null, totpConfirmedAt: null, totpLastStep: null })
  await replaceRecoveryCodes(program.db, personId, [])
  await audit(program, { action: 'two-factor.off', subjectType: 'person', subjectId: personId })
}

/** Whether this is a one-time code of now or a recovery code, not used before; from now on it has been. */
export async function takesSecondFactor(program: Context, account: Account, code: string): Promise<boolean> {
  if (account.totpConfirmedAt === null) return false
  if (/^\d{6}$/.test(code.replaceAll(/\s/g, ''))) return takesTimeCode(program, account, code)
  return useRecoveryCode(
    program.db,
    account.personId,
    recoveryHash(account.personId, typedRecoveryCode(code)),
    program.now,
  )
}

async function takesTimeCode({ db, now }: Context, account: Account, code: string): Promise<boolean> {
  if (account.totpSecret === null) return false
  const secret = isSealed(account.totpSecret)
    ? await unseal(account.totpSecret, purposeOf(account.personId))
    : account.totpSecret
  const codes = oneTimeCodes(secret, account.email)
  const timestamp = now.getTime()
  const delta = codes.validate({ token: code.replaceAll(/\s/g, ''), timestamp, window: WINDOW })
  if (delta === null) return false
  return useTimeStep(db, account.personId, codes.counter({ timestamp }) + delta)
}

/** What the secret of somebody's codes is sealed for. */
function purposeOf(personId: string): string {
  return `one-time codes of ${personId}`
}

/** Seals secrets of codes that an earlier version kept in clear; at each start, for a restored backup may bring some back. */
export async function sealTwoFactorSecrets(db: Db, now = new Date()): Promise<void> {
  await byItself(db, now, async (program) => {
    for (const { personId, totpSecret } of await lockClearSecrets(program.db)) {
      await updateAccount(program.db, personId, { totpSecret: await seal(totpSecret, purposeOf(personId)) })
    }
  })
}

/** With the person's id as salt: two people's equal codes differ, and a list of hashes is guessed one person at a time. */
function recoveryHash(personId: string, code: string): Buffer {
  return fingerprint(personId, code)
}
