import { sql } from 'kysely'
import { type NumberForm, plainNumberForm, recordNumber } from '#core/record-number.ts'
import type { Db } from '#platform/context.ts'
import type { BulkIncident } from './bulk-incident.ts'

/** Numbers for the incidents of a batch that are new: for each customer the next ones of its own sequence. */
export async function takeNumbers(db: Db, batch: readonly BulkIncident[]): Promise<ReadonlyMap<string, string[]>> {
  const wanted = new Map<string, number>()
  for (const { id, customerId } of batch)
    if (id === undefined) wanted.set(customerId, (wanted.get(customerId) ?? 0) + 1)
  const taken = new Map<string, string[]>()
  for (const [customerId, count] of wanted)
    taken.set(customerId, (await nextNumbers(db, customerId, count)).toReversed())
  return taken
}

/**
 * The next numbers of a customer's incidents, as `NL-1042`, in the form that the settings give them now; of a customer who
 * is not in sight none is taken. One that is not used then is missing for good.
 */
export async function nextNumbers(db: Db, customerId: string, count: number): Promise<string[]> {
  const { rows } = await sql<{ key: string; next: number; form: NumberForm | null }>`
    select customer.key, next_number(customer.id) as next,
      (select value #> '{numbering,incident}' from setting where name = 'installation') as form
    from customer, generate_series(1, ${count}) where customer.id = ${customerId}::uuid`.execute(db)
  return rows.map(({ key, next, form }) => recordNumber(form ?? plainNumberForm, key, next))
}
