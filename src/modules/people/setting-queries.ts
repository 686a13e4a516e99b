import { sql } from 'kysely'
import type { Db } from '#platform/context.ts'
import { PASSWORD_LENGTH } from './password.ts'

/** What the provider is called here, once somebody said so. */
export async function organisationName(db: Db): Promise<string | null> {
  const row = await db.selectFrom('setting').select('value').where('name', '=', 'organisation').executeTakeFirst()
  return typeof row?.value === 'string' ? row.value : null
}

/** Whether the rules for works councils hold: nobody is shown what single people do beyond what the work itself takes. */
export async function worksCouncilHolds(db: Db): Promise<boolean> {
  const { rows } = await sql<{ holds: boolean }>`select works_council() as holds`.execute(db)
  return rows[0]!.holds
}

const HOUR_MS = 3_600_000

/** What an administrator may set of how people sign in; the module `organisation` writes it. */
export interface SignInRules {
  /** Characters of a new password. */
  readonly passwordLeast: number
  /** A session ends when nobody came for this long, and in any case after so long (OWASP ASVS 3.3). */
  readonly idleMs: number
  readonly longestMs: number
}

/** The rules in force; 12 characters, 12 hours and 30 days where nobody said otherwise. */
export async function signInRules(db: Db): Promise<SignInRules> {
  const row = await db.selectFrom('setting').select('value').where('name', '=', 'installation').executeTakeFirst()
  const set = (typeof row?.value === 'object' ? row.value : {}) as Readonly<Record<string, unknown>> | null
  const number = (name: string, usual: number) => (typeof set?.[name] === 'number' ? set[name] : usual)
  return {
    passwordLeast: number('passwordLeast', PASSWORD_LENGTH.least),
    idleMs: number('idleHours', 12) * HOUR_MS,
    longestMs: number('longestDays', 30) * 24 * HOUR_MS,
  }
}
