import { sql } from 'kysely'
import { type Resolving, usualResolving } from '#core/resolution.ts'
import type { Db } from '#platform/context.ts'

/** What something has to have before it is resolved, as it was set in the settings. */
export async function readResolving(db: Db): Promise<Resolving> {
  const row = await db
    .selectFrom('setting')
    .select(sql<Resolving | null>`value -> 'resolving'`.as('resolving'))
    .where('name', '=', 'installation')
    .executeTakeFirst()
  return row?.resolving ?? usualResolving
}
