import { sql } from 'kysely'
import { refused } from '#core/failure.ts'
import { monthsAfter } from '#core/recurrence.ts'
import type { Db } from '#platform/context.ts'

/** A month that was locked for good stays as it was told: nothing is charged, credited or priced in it any more. */
export async function requireOpen(db: Db, customerId: string, month: string): Promise<void> {
  if ((await lockedFrom(db, customerId, month)).includes(month)) throw refused('charge.locked', { month })
}

/** The same for lines of a file: the refusal names the first that is for such a month. */
export async function requireLinesOpen(
  db: Db,
  customerId: string,
  lines: readonly { readonly month: string; readonly line: number }[],
): Promise<void> {
  const first = lines.reduce((earliest, { month }) => (month < earliest ? month : earliest), lines[0]?.month ?? '')
  if (first === '') return
  const locked = new Set(await lockedFrom(db, customerId, first))
  const stuck = lines.find(({ month }) => locked.has(month))
  if (stuck !== undefined) throw refused('cost-import.locked', { line: stuck.line, month: stuck.month })
}

/** The first month from one on, `YYYY-MM`, that is not locked. */
export async function firstOpenFrom(db: Db, customerId: string, month: string): Promise<string> {
  const locked = await lockedFrom(db, customerId, month)
  let open = month
  while (locked.includes(open)) open = monthsAfter(`${open}-01`, 1).slice(0, 7)
  return open
}

async function lockedFrom(db: Db, customerId: string, month: string): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('period')
    .select(sql<string>`to_char(month, 'YYYY-MM')`.as('month'))
    .where('customerId', '=', customerId)
    .where('month', '>=', `${month}-01`)
    .where('state', '=', 'locked')
    .execute()
  return rows.map((row) => row.month)
}
