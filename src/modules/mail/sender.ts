import { sql } from 'kysely'
import type { Db } from '#platform/context.ts'
import { together } from '#platform/database.ts'
import type { Reading } from './reading.ts'

/**
 * The customer that a mail's sender belongs to: the one at which the address is known, else the one whose mail domain it
 * is, else the one that the mailbox is for. Null when nothing says so, or two things say different.
 */
export async function customerOfSender(
  db: Db,
  { from }: Pick<Reading, 'from'>,
  { customerId: usual }: { readonly customerId: string | null },
): Promise<string | null> {
  const address = from?.address.toLowerCase()
  if (address === undefined) return usual
  const [known, byDomain] = await together([
    knownAt(db, address),
    ofDomain(db, address.slice(address.lastIndexOf('@') + 1)),
  ] as const)
  if (known.length > 0) return onlyOf(known, usual)
  return byDomain.length > 0 ? onlyOf(byDomain, usual) : usual
}

/** Where several say it, the mailbox decides among them. */
function onlyOf(customers: readonly string[], usual: string | null): string | null {
  const [first, ...others] = customers
  if (others.length === 0) return first ?? null
  return usual !== null && customers.includes(usual) ? usual : null
}

async function knownAt(db: Db, address: string): Promise<readonly string[]> {
  const { rows } = await sql<{ readonly id: string }>`
    select customer_id as id from person where email = ${address} and customer_id is not null
    union
    select held.customer_id from role_assignment held join person on person.id = held.person_id
    where person.email = ${address} and held.customer_id is not null
      and held.valid_from <= now() and (held.valid_to is null or held.valid_to > now())`.execute(db)
  return rows.map(({ id }) => id)
}

/** Of the whole domain or one above it: `mail.kunde.example` belongs to whom `kunde.example` does. */
async function ofDomain(db: Db, domain: string): Promise<readonly string[]> {
  const labels = domain.split('.')
  const domains = labels.slice(0, -1).map((_, index) => labels.slice(index).join('.'))
  if (domains.length === 0) return []
  const rows = await db
    .selectFrom('customerMailDomain')
    .select(['customerId', 'domain'])
    .where('domain', 'in', domains)
    .execute()
  const nearest = domains.find((each) => rows.some((row) => row.domain === each))
  return rows.filter((row) => row.domain === nearest).map(({ customerId }) => customerId)
}
