import { invalid } from '#core/failure.ts'
import { requirePerson } from '#modules/people'
import type { Db } from '#platform/context.ts'

/** Somebody of the provider's, who can be given a part in it; throws for a customer's people. */
export async function requireColleague(db: Db, id: string): Promise<{ readonly id: string; readonly name: string }> {
  const { name, customerId } = await requirePerson(db, id)
  if (customerId !== null) throw invalid('major-incident.not-a-colleague', { name })
  return { id, name }
}
