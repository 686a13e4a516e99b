import type { Ask } from './ask.ts'
import type { Result } from './settlement.ts'

/**
 * What the last adjustment of each of these about each month says that its result is, by `id YYYY-MM`.
 *
 * @param of What the ids are of.
 */
export async function lastAdjusted(
  ask: Ask,
  of: 'clock' | 'request',
  ids: readonly string[],
): Promise<ReadonlyMap<string, Result | null>> {
  if (ids.length === 0) return new Map()
  const column = `${of}_id`
  const rows = await ask<{ readonly key: string; readonly after: Result | null }>(
    `select distinct on (${column}, month) ${column} || to_char(month, ' YYYY-MM') as key, after from adjustment
     where ${column} = any($1::uuid[]) order by ${column}, month, created_at desc, id desc`,
    [ids],
  )
  return new Map(rows.map(({ key, after }) => [key, after]))
}
