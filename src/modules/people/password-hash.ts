import { hash, verify } from '@node-rs/argon2'
import { invalid } from '#core/failure.ts'
import type { Context } from '#platform/context.ts'
import { canonicalPassword, faultOf, PASSWORD_LENGTH, type PasswordOwner } from './password.ts'
import { asProgram } from './program.ts'
import { newSecret } from './secret.ts'
import { signInRules } from './setting-queries.ts'

/** argon2id (the library's kind) as OWASP's Password Storage Cheat Sheet has it: 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/** Of a password that nobody has. */
let nobodys: Promise<string> | undefined

export async function hashPassword(password: string): Promise<string> {
  return hash(canonicalPassword(password), COST)
}

/**
 * Whether the password is the one that was hashed. Where there is none (nobody of that address, an invitation not yet
 * accepted) it takes the same time and is not.
 */
export async function isPassword(password: string, hashed: string | null): Promise<boolean> {
  nobodys ??= hashPassword(newSecret())
  const same = await verify(hashed ?? (await nobodys), canonicalPassword(password))
  return hashed !== null && same
}

/** Throws the sentence that says what is wrong with a new password. */
export async function requireGoodPassword(context: Context, password: string, owner: PasswordOwner): Promise<void> {
  const { passwordLeast } = await asProgram(context, 'read only', ({ db }) => signInRules(db))
  requireGood(password, owner, passwordLeast)
}

/** {@link requireGoodPassword} before there is anybody who could have set another rule. */
export function requireGood(password: string, owner: PasswordOwner, least: number = PASSWORD_LENGTH.least): void {
  const fault = faultOf(password, owner, least)
  if (fault !== null) throw invalid(`password.${fault}`, { ...PASSWORD_LENGTH, least })
}
