import type { Insertable } from 'kysely'
import type { DB } from '#db'
import type { Db } from '#platform/context.ts'

export interface OwnSession {
  readonly id: string
  readonly personId: string
  /** What they sign in with. */
  readonly email: string
  readonly name: string
}

/** A whole session of this person. */
export async function findOwnSession(
  db: Db,
  tokenHash: Buffer,
  personId: string | null,
): Promise<OwnSession | undefined> {
  return db
    .selectFrom('session')
    .innerJoin('account', 'account.personId', 'session.personId')
    .innerJoin('person', 'person.id', 'session.personId')
    .select(['session.id', 'session.personId', 'account.email', 'person.name'])
    .where('session.tokenHash', '=', tokenHash)
    .where('session.personId', '=', personId)
    .where('session.half', '=', false)
    .executeTakeFirst()
}

/** Whose password was given, while the second factor is still owed. */
export async function findHalfSession(db: Db, tokenHash: Buffer, now: Date) {
  return db
    .selectFrom('session')
    .innerJoin('account', 'account.personId', 'session.personId')
    .select(['session.id', 'session.providerId', 'account.personId', 'account.email'])
    .where('session.tokenHash', '=', tokenHash)
    .where('session.half', '=', true)
    .where('session.expiresAt', '>', now)
    .where('account.disabledAt', 'is', null)
    .executeTakeFirst()
}

export async function insertSession(db: Db, row: Insertable<DB['session']>): Promise<void> {
  await db.insertInto('session').values(row).execute()
}

/** Whose session it was, if it was one. */
export async function deleteSession(db: Db, tokenHash: Buffer): Promise<string | undefined> {
  const row = await db.deleteFrom('session').where('tokenHash', '=', tokenHash).returning('personId').executeTakeFirst()
  return row?.personId
}

/** @returns Whether this person had such a session. */
export async function deleteOwnSession(db: Db, id: string, personId: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('session')
    .where('id', '=', id)
    .where('personId', '=', personId)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

/** How many there were. */
export async function deleteSessionsOf(db: Db, personId: string): Promise<number> {
  const { numDeletedRows } = await db.deleteFrom('session').where('personId', '=', personId).executeTakeFirst()
  return Number(numDeletedRows)
}

/** Sessions that nobody can use any more. What browser somebody had is nothing to keep. */
export async function deleteStaleSessions(db: Db, now: Date, idleSince: Date): Promise<void> {
  await db
    .deleteFrom('session')
    .where((where) => where.or([where('expiresAt', '<=', now), where('lastSeenAt', '<=', idleSince)]))
    .execute()
}

/** Newest first. */
export async function listSessionsOf(db: Db, personId: string, now: Date, idleSince: Date) {
  return db
    .selectFrom('session')
    .select(['id', 'userAgent', 'createdAt', 'lastSeenAt', 'expiresAt'])
    .where('personId', '=', personId)
    .where('half', '=', false)
    .where('expiresAt', '>', now)
    .where('lastSeenAt', '>', idleSince)
    .orderBy('createdAt', 'desc')
    .orderBy('id')
    .execute()
}
