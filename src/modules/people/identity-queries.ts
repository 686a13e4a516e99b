import { type Insertable, sql, type Updateable } from 'kysely'
import type { DB } from '#db'
import type { Db } from '#platform/context.ts'
import type { Identity } from './api-providers.ts'

export async function insertAttempt(db: Db, row: Insertable<DB['identityAttempt']>): Promise<void> {
  await db.insertInto('identityAttempt').values(row).execute()
}

/** The attempt of this state, which is gone from now on, together with all that took too long. */
export async function takeAttempt(db: Db, stateHash: Buffer, now: Date) {
  const row = await db
    .deleteFrom('identityAttempt')
    .where('stateHash', '=', stateHash)
    .returningAll()
    .executeTakeFirst()
  await db.deleteFrom('identityAttempt').where('expiresAt', '<=', now).execute()
  return row && row.expiresAt > now ? row : undefined
}

/** Whom a provider means by this subject. */
export async function findIdentity(db: Db, providerId: string, subject: string) {
  return db
    .selectFrom('identity')
    .select(['id', 'personId', 'endedAt'])
    .where('providerId', '=', providerId)
    .where('subject', '=', subject)
    .executeTakeFirst()
}

/** Whether this person has an identity of this provider already. */
export async function hasIdentity(db: Db, providerId: string, personId: string): Promise<boolean> {
  const row = await db
    .selectFrom('identity')
    .select('id')
    .where('providerId', '=', providerId)
    .where('personId', '=', personId)
    .executeTakeFirst()
  return row !== undefined
}

export async function insertIdentity(db: Db, row: Insertable<DB['identity']>): Promise<void> {
  await db.insertInto('identity').values(row).execute()
}

export async function updateIdentity(db: Db, id: string, change: Updateable<DB['identity']>): Promise<void> {
  await db.updateTable('identity').set(change).where('id', '=', id).execute()
}

export async function updateIdentitiesOf(db: Db, personId: string, change: Updateable<DB['identity']>): Promise<void> {
  await db.updateTable('identity').set(change).where('personId', '=', personId).execute()
}

/** Somebody's identities, oldest first; each under its provider's name. */
export async function identitiesOf(db: Db, personId: string): Promise<Identity[]> {
  return db
    .selectFrom('identity')
    .innerJoin('identityProvider', 'identityProvider.id', 'identity.providerId')
    .select(['identity.id', 'identityProvider.name', 'identity.email', 'identity.createdAt', 'identity.lastUsedAt'])
    .where('identity.personId', '=', personId)
    .orderBy('identity.createdAt')
    .orderBy('identity.id')
    .execute()
}

/** The provider of the identity that was taken away, or undefined when this person had no such one. */
export async function deleteIdentity(db: Db, id: string, personId: string): Promise<string | undefined> {
  const row = await db
    .deleteFrom('identity')
    .where('id', '=', id)
    .where('personId', '=', personId)
    .returning('providerId')
    .executeTakeFirst()
  return row?.providerId
}

/** Roles that this provider's groups gave somebody and that have not ended. */
export async function rolesByProvider(db: Db, now: Date, providerId: string, personId: string) {
  return db
    .selectFrom('roleAssignment')
    .select(['id', 'role', 'customerId', 'validFrom', 'validTo'])
    .where('providerId', '=', providerId)
    .where('personId', '=', personId)
    .where((where) => where.or([where('validTo', 'is', null), where('validTo', '>', now)]))
    .execute()
}

/** Who has an account that a provider ends, and has not come through it for the days that it allows. */
export async function lapsedPeople(db: Db, now: Date) {
  return (
    db
      .selectFrom('identity')
      .innerJoin('identityProvider', 'identityProvider.id', 'identity.providerId')
      .innerJoin('account', 'account.personId', 'identity.personId')
      .select(['identity.personId', 'identity.providerId', 'identityProvider.name as provider'])
      .where('account.disabledAt', 'is', null)
      // Whoever has a password as well is not theirs to end.
      .where('account.passwordHash', 'is', null)
      .where('identityProvider.endsAfterDays', 'is not', null)
      .where(sql<boolean>`identity.last_used_at + make_interval(days => ends_after_days) <= ${now}`)
      .orderBy('identity.id')
      .execute()
  )
}
