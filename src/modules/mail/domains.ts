import { barredFromManaging, barredFromWorking, require } from '#core/may.ts'
import { requireCustomer } from '#modules/customers'
import type { Context } from '#platform/context.ts'
import { audit } from '#platform/history.ts'

/** `GET /customers/:id/mail-domains`. */
export async function readDomains({ db, actor }: Context, customerId: string): Promise<{ domains: string[] }> {
  require(barredFromWorking(actor))
  await requireCustomer(db, customerId)
  const rows = await db
    .selectFrom('customerMailDomain')
    .select('domain')
    .where('customerId', '=', customerId)
    .orderBy('domain')
    .execute()
  return { domains: rows.map(({ domain }) => domain) }
}

/** `PUT /customers/:id/mail-domains`. */
export async function setDomains(
  context: Context,
  customerId: string,
  domains: readonly string[],
): Promise<{ domains: string[] }> {
  require(barredFromManaging(context.actor))
  const { db } = context
  const before = await readDomains(context, customerId)
  await db.deleteFrom('customerMailDomain').where('customerId', '=', customerId).execute()
  const rows = [...new Set(domains)].map((domain) => ({ customerId, domain }))
  if (rows.length > 0) await db.insertInto('customerMailDomain').values(rows).execute()
  await audit(context, {
    action: 'customer.mail-domains',
    subjectType: 'customer',
    subjectId: customerId,
    customerId,
    facts: { before: before.domains, domains },
  })
  return readDomains(context, customerId)
}
