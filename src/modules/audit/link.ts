import { sql } from 'kysely'
import type { Db } from '#platform/context.ts'
import type { JobWorld, Loop } from '#platform/worker.ts'
import { workspaceOf } from '#platform/workspace.ts'
import { BEGINNING, chainedEntries, linkHash } from './chain.ts'

/** So many entries are linked in one transaction. */
const AT_ONCE = 2000

/** Entries are linked so often; until then they could be changed unseen. */
const LINK_EACH_MS = 5000

/** Says that one process links: a chain has one order. */
const LINKING = 'audit chain'

/** Links what is not linked yet, the oldest first; how many entries that were. Several processes take turns. */
export async function linkEntries({ inTransaction }: Pick<JobWorld, 'inTransaction'>): Promise<number> {
  let linked = 0
  for (let some = AT_ONCE; some === AT_ONCE; linked += some) some = await inTransaction(({ db }) => linkSome(db))
  return linked
}

async function linkSome(db: Db): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${workspaceOf(db).lock(LINKING)}, 0))`.execute(db)
  const entries = await chainedEntries(db)
    .innerJoin('auditUnlinked as unlinked', (join) =>
      // The moment says in which partition to look.
      join.onRef('unlinked.auditId', '=', 'audit.id').onRef('unlinked.auditAt', '=', 'audit.at'),
    )
    .orderBy('unlinked.auditAt')
    .orderBy('unlinked.auditId')
    .limit(AT_ONCE)
    .execute()
  if (entries.length === 0) return 0
  const last = await db
    .selectFrom('auditLink')
    .select(['number', 'hash'])
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
  let hash = last?.hash ?? BEGINNING
  let number = last?.number ?? 0
  const links = entries.map((entry) => {
    hash = linkHash(hash, entry)
    number += 1
    // As text: a moment of the database is finer than one of ours.
    return { number, auditId: entry.id, auditAt: sql<Date>`${entry.at}::timestamptz`, hash }
  })
  await db.insertInto('auditLink').values(links).execute()
  const ids = entries.map(({ id }) => id)
  await db.deleteFrom('auditUnlinked').where('auditId', 'in', ids).execute()
  return entries.length
}

/** Keeps the chain up with the audit. */
export const auditLoop: Loop = {
  name: 'audit.link',
  run: async (world) => {
    await linkEntries(world)
    return new Date(world.now().getTime() + LINK_EACH_MS)
  },
}
