import { type Insertable, sql } from 'kysely'
import type { DB } from '#db'
import type { Db } from '#platform/context.ts'
import { workspaceOf } from '#platform/workspace.ts'
import type { LinkKind } from './api-sign-in.ts'

export async function insertLink(db: Db, row: Insertable<DB['oneTimeLink']>): Promise<void> {
  await db.insertInto('oneTimeLink').values(row).execute()
}

export interface Link {
  readonly id: string
  readonly kind: LinkKind
  readonly expiresAt: Date
  readonly usedAt: Date | null
  /** Whom it is for; nobody yet for the set-up. */
  readonly person: { readonly id: string; readonly name: string; readonly email: string } | null
}

export async function findLink(
  db: Db,
  tokenHash: Buffer,
  { lock = false }: { readonly lock?: boolean } = {},
): Promise<Link | undefined> {
  const row = await db
    .selectFrom('oneTimeLink')
    .leftJoin('person', 'person.id', 'oneTimeLink.personId')
    .leftJoin('account', 'account.personId', 'oneTimeLink.personId')
    .select([
      'oneTimeLink.id',
      'oneTimeLink.kind',
      'oneTimeLink.expiresAt',
      'oneTimeLink.usedAt',
      'person.id as personId',
      'person.name',
      'account.email',
    ])
    .where('oneTimeLink.tokenHash', '=', tokenHash)
    .$if(lock, (query) => query.forUpdate('oneTimeLink'))
    .executeTakeFirst()
  if (!row) return undefined
  const { id, kind, expiresAt, usedAt, personId, name, email } = row
  const person = personId === null || name === null || email === null ? null : { id: personId, name, email }
  return { id, kind: kind as LinkKind, expiresAt, usedAt, person }
}

/** Whoever comes second waits here for the first, until the transaction ends. */
export async function lockSetUp(db: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext(${workspaceOf(db).lock('plumbline set-up')}))`.execute(db)
}

export async function markLinkUsed(db: Db, id: string, usedAt: Date): Promise<void> {
  await db.updateTable('oneTimeLink').set({ usedAt }).where('id', '=', id).execute()
}

/** Links that lie about for this person. Used ones stay, to say so to whoever opens them again. */
export async function deleteUnusedLinks(db: Db, personId: string): Promise<void> {
  await db.deleteFrom('oneTimeLink').where('personId', '=', personId).where('usedAt', 'is', null).execute()
}

/** Links whose time ended before `before`: there is nothing left to say about them. */
export async function deleteOldLinks(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('oneTimeLink').where('expiresAt', '<', before).execute()
}
