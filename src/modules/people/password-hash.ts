import { hash, verify } from '@node-rs/argon2'
import { invalid } from '#core/failure.ts'
import { canonicalPassword, faultOf, PASSWORD_LENGTH, type PasswordOwner } from './password.ts'
import { newSecret } from './secret.ts'

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
export function requireGoodPassword(password: string, owner: PasswordOwner): void {
  const fault = faultOf(password, owner)
  if (fault !== null) throw invalid(`password.${fault}`, PASSWORD_LENGTH)
}
