import { sql } from 'kysely'
import type { Db } from '#platform/context.ts'

/**
 * Runs `work` with several handles that all see the database as it is at one moment, whatever is written meanwhile, and
 * that can write nothing. As the owner of the tables.
 */
export async function inSnapshot<Result>(
  db: Db,
  handles: number,
  work: (handles: readonly Db[]) => Promise<Result>,
): Promise<Result> {
  return begin(db, async (first) => {
    const { rows } = await sql<{ snapshot: string }>`select pg_export_snapshot() as snapshot`.execute(first)
    const { snapshot } = rows[0]!
    async function join(joined: readonly Db[]): Promise<Result> {
      if (joined.length >= handles) return work(joined)
      return begin(db, async (next) => {
        await sql`set transaction snapshot ${sql.lit(snapshot)}`.execute(next)
        return join([...joined, next])
      })
    }
    return join([first])
  })
}

async function begin<Result>(db: Db, work: (tx: Db) => Promise<Result>): Promise<Result> {
  return db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(work)
}
