/** Fewest and most characters of a password, as people count them (OWASP ASVS 2.1.1 and 2.1.2). */
export const PASSWORD_LENGTH = { least: 12, most: 256 } as const

/** What people take when a long password is asked for. Compared without digits and signs around them, and repeated. */
const COMMON = new Set(
  `password passwort kennwort geheim secret mypassword meinpasswort changeme letmein letmeinplease
   plumbline plumblineadmin adminplumbline plumblinepassword plumblinepasswort welcometoplumbline
   admin administrator root superuser service servicemanager servicedesk helpdesk welcome willkommen
   iloveyou ichliebedich hallo hello helloworld hallowelt sunshine sonnenschein princess prinzessin schatz
   football fussball fußball baseball dragon monkey master trustno superman batman starwars computer internet
   schalke bayern borussia summer sommer winter spring fruehling frühling autumn herbst correcthorsebatterystaple`.split(
    /\s+/,
  ),
)

/** Digits and signs that stand for letters: `p4ssw0rd`. */
const SPELLINGS: Readonly<Record<string, string>> = {
  '4': 'a',
  '@': 'a',
  '3': 'e',
  '1': 'i',
  '!': 'i',
  '0': 'o',
  '5': 's',
  $: 's',
}

/** Rows of keys and of the alphabet: running along one of them is no secret. */
const ROWS = [
  'abcdefghijklmnopqrstuvwxyz',
  '0123456789',
  'qwertyuiopasdfghjklzxcvbnm',
  'qwertzuiopasdfghjklyxcvbnm',
  '1qaz2wsx3edc4rfv5tgb6zhn7ujm',
]

/** Why a password is not taken. */
export type PasswordFault = 'too-short' | 'too-long' | 'common' | 'personal'

/** Whom a password is for. */
export interface PasswordOwner {
  readonly email: string
  readonly name: string
}

/** The form in which passwords are hashed and compared: typed on another keyboard, the same characters stay the same. */
export function canonicalPassword(password: string): string {
  return password.normalize('NFKC')
}

/**
 * What is wrong with a new password, or null. Length and guessability count; which kinds of characters it has does not
 * (OWASP ASVS 2.1.7 and 2.1.9).
 */
export function faultOf(
  password: string,
  { email, name }: PasswordOwner,
  least: number = PASSWORD_LENGTH.least,
): PasswordFault | null {
  const canonical = canonicalPassword(password)
  const { length } = Array.from(canonical)
  if (length < least) return 'too-short'
  if (length > PASSWORD_LENGTH.most) return 'too-long'
  const lower = canonical.toLowerCase()
  if (personalWords(email, name).some((word) => lower.includes(word))) return 'personal'
  return isCommon(lower) ? 'common' : null
}

/** The address before its `@`, and each word of the name. Under four letters they would be in every other password. */
function personalWords(email: string, name: string): readonly string[] {
  const local = email.split('@', 1)[0]!
  return [local, ...local.split(/[.\-_+]/), ...name.split(/[\s\-.,]+/)]
    .map((word) => word.normalize('NFKC').toLowerCase())
    .filter((word) => word.length >= 4)
}

function isCommon(lower: string): boolean {
  if (/^(.{1,6}?)\1+.?$/u.test(lower)) return true
  const core = lower.replaceAll(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
  const spelled = core.replaceAll(/[4@31!05$]/g, (sign) => SPELLINGS[sign]!)
  return [lower, spelled].some(isCommonWord) || ROWS.some((row) => runsAlong(lower, row))
}

function isCommonWord(text: string): boolean {
  const letters = text.replaceAll(/[^\p{L}]/gu, '')
  return COMMON.has(letters) || COMMON.has(/^(.+?)\1+$/u.exec(letters)?.[1] ?? '')
}

/** Whether all of a text lies on a row of keys, forwards or backwards, once or again and again. */
function runsAlong(text: string, row: string): boolean {
  return [row, row.split('').toReversed().join('')].some((keys) =>
    keys.repeat(Math.ceil(text.length / keys.length) + 1).includes(text),
  )
}
