import type { Insertable } from 'kysely'
import type { DB } from '#db'
import type { Db } from '#platform/context.ts'
import { type ApiToken, tokenScopes } from './api-sign-in.ts'

export async function insertToken(db: Db, row: Insertable<DB['apiToken']>): Promise<void> {
  await db.insertInto('apiToken').values(row).execute()
}

/** Newest first, without those revoked; one that ran out stays in sight, to say why a program is refused. */
export async function listTokensOf(db: Db, personId: string): Promise<ApiToken[]> {
  const rows = await db
    .selectFrom('apiToken')
    .select(['id', 'name', 'scopes', 'createdAt', 'lastUsedAt', 'expiresAt'])
    .where('personId', '=', personId)
    .where('revokedAt', 'is', null)
    .orderBy('createdAt', 'desc')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({ ...row, scopes: tokenScopes.filter((scope) => row.scopes.includes(scope)) }))
}

/** @returns Whose it was; nothing when there is no such token, or it was revoked before. */
export async function markTokenRevoked(
  db: Db,
  id: string,
  revokedAt: Date,
  personId?: string,
): Promise<string | undefined> {
  const row = await db
    .updateTable('apiToken')
    .set({ revokedAt })
    .where('id', '=', id)
    .where('revokedAt', 'is', null)
    .$if(personId !== undefined, (query) => query.where('personId', '=', personId!))
    .returning('personId')
    .executeTakeFirst()
  return row?.personId
}
