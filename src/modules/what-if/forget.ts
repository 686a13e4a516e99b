import type { Db } from '#platform/context.ts'

/** So long somebody may come back to what was tried. */
const DAYS = 90
const DAY_MS = 86_400_000

/** Takes away what was tried long ago, and says how much: it can be tried again. */
export async function forgetWhatIfs(db: Db, now: Date): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('whatIf')
    .where('requestedAt', '<', new Date(now.getTime() - DAYS * DAY_MS))
    .executeTakeFirst()
  return Number(numDeletedRows)
}
