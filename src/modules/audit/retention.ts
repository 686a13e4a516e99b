import { sql } from 'kysely'
import { audit } from '#platform/history.ts'
import type { JobWorld } from '#platform/worker.ts'
import { linkEntries } from './link.ts'
import { RETENTION } from './verify.ts'

/**
 * Takes away what happened before a moment, and writes that down, in one transaction; how many entries that were. As the
 * owner of the tables: nobody else may, and nothing but this does.
 */
export async function forgetAuditBefore(world: JobWorld, before: Date): Promise<number> {
  const { db, inTransaction } = world
  const { rows } = await sql<{
    some: boolean
  }>`select exists (select from audit where at < ${before}) as "some"`.execute(db)
  if (!rows[0]!.some) return 0
  // Written down and linked first: else the chain would say that entries were stolen.
  await inTransaction((context) => audit(context, { action: RETENTION, facts: { before: microseconds(before) } }))
  await linkEntries(world)
  return db.transaction().execute(async (tx) => {
    await sql`set local plumbline.retention = 'on'`.execute(tx)
    const { numAffectedRows = 0n } = await sql`delete from audit where at < ${before}`.execute(tx)
    return Number(numAffectedRows)
  })
}

/** As the chain writes moments, so that they can be compared as texts. */
function microseconds(moment: Date): string {
  return moment.toISOString().replace('Z', '000Z')
}
