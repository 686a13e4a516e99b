import type { Db } from '#platform/context.ts'
import { forget } from './erase.ts'
import type { Forgotten } from './list.ts'
import { mayCover } from './texts.ts'

/** Forgets again whom a backup brought back; how many there were. As the owner. */
export async function forgetAgain(db: Db, forgotten: readonly Forgotten[], now: Date): Promise<number> {
  let count = 0
  for (const { person } of forgotten) {
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
