import { sql } from 'kysely'
import type { Db } from '#platform/context.ts'
import { forget } from './erase.ts'
import type { Forgotten } from './list.ts'
import { mayCover } from './texts.ts'

/**
 * Forgets again whom a backup, or a database that was brought back to an earlier moment, brought back; how many there
 * were. As the owner. Costs one question where there is nobody.
 */
export async function forgetAgain(db: Db, forgotten: readonly Forgotten[], now: Date): Promise<number> {
  if (forgotten.length === 0) return 0
  const back = await db
    .selectFrom('person')
    .select('id as person')
    .where('id', '=', sql<string>`any(${forgotten.map(({ person }) => person)}::uuid[])`)
    .where('erasedAt', 'is', null)
    .execute()
  let count = 0
  for (const { person } of back) {
    const again = await db.transaction().execute(async (tx) => {
      await mayCover(tx)
      const who = await tx
        .selectFrom('person')
        .select(['id', 'name', 'email', 'customerId'])
        .where('id', '=', person)
        .where('erasedAt', 'is', null)
        .forUpdate()
        .executeTakeFirst()
      if (who === undefined) return false
      await forget(tx, who, now)
      await tx.updateTable('erasure').set({ repeatedAt: now }).where('personId', '=', person).execute()
      return true
    })
    if (again) count += 1
  }
  return count
}
