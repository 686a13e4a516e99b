import { hash, randomBytes } from 'node:crypto'

/** A secret that nobody guesses: 256 bits of chance, in characters that need no escaping anywhere. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** What is kept of a secret. It is long and random, so one pass of SHA-256 is enough, other than for passwords. */
export function fingerprint(...parts: readonly string[]): Buffer {
  return hash('sha256', parts.join('\n'), 'buffer')
}

/** Whether a text has the form that {@link newSecret} gives; nothing else is looked up. */
export function looksLikeSecret(text: string): boolean {
  return /^[\w-]{43}$/.test(text)
}

/** In front of API tokens, so that people and scanners recognise one that strayed. */
export const TOKEN_PREFIX = 'plb_'

/** Crockford's alphabet: no letter that looks like a digit. */
const RECOVERY_LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A code to write down: 80 bits of chance, as `7K3M-QX0D-…` of four groups. */
export function newRecoveryCode(): string {
  const letters = [...randomBytes(16)].map((byte) => RECOVERY_LETTERS[byte % 32])
  return letters.join('').replaceAll(/(.{4})(?=.)/g, '$1-')
}

/** A recovery code as it was made, from how somebody typed it: any case, any spacing, look-alikes taken for each other. */
export function typedRecoveryCode(text: string): string {
  return text
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')
    .replaceAll(/(.{4})(?=.)/g, '$1-')
}
