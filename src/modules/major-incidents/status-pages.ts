import { notFound } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { require } from '#core/may.ts'
import { requireCustomer } from '#modules/customers'
import { fingerprint, newSecret } from '#modules/people'
import { explaining } from '#platform/constraint.ts'
import type { Context } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import type { StatusPage } from './api.ts'
import { barredFromPublishing } from './may.ts'

/** Those that are not revoked, by customer. */
export async function listStatusPages(
  { db, actor }: Context,
  customer: string | undefined,
): Promise<{ items: StatusPage[] }> {
  if (actor.access !== 'auditor') require(barredFromPublishing(actor))
  const customerId = customer === undefined ? undefined : (await requireCustomer(db, customer)).id
  const rows = await db
    .selectFrom('statusPage as p')
    .innerJoin('customer as c', 'c.id', 'p.customerId')
    .leftJoin('person', 'person.id', 'p.madeBy')
    .select(['p.id', 'p.audience', 'p.madeAt', 'p.customerId', 'c.name', 'person.name as madeBy'])
    .where('p.revokedAt', 'is', null)
    .$if(customerId !== undefined, (query) => query.where('p.customerId', '=', customerId!))
    .orderBy('c.name')
    .orderBy('p.audience')
    .execute()
  return {
    items: rows.map(({ customerId: id, name, audience, ...row }) => ({
      ...row,
      customer: { id, name },
      audience: audience as StatusPage['audience'],
    })),
  }
}

/** Makes the address of a status page. The secret in it is told now and kept nowhere. */
export async function makeStatusPage(
  context: Context,
  { customer: asked, audience }: { readonly customer: string; readonly audience: StatusPage['audience'] },
): Promise<StatusPage & { path: string }> {
  require(barredFromPublishing(context.actor))
  const { db, now, actor } = context
  const customer = await requireCustomer(db, asked)
  const key = newSecret()
  const id = newId(now.getTime())
  await explaining({ status_page_one: 'status-page.there-already' }, {}, () =>
    db
      .insertInto('statusPage')
      .values({
        id,
        customerId: customer.id,
        audience,
        fingerprint: fingerprint(key),
        madeBy: actor.personId,
        madeAt: now,
      })
      .execute(),
  )
  await audit(context, {
    action: 'status-page.made',
    subjectType: 'status-page',
    subjectId: id,
    customerId: customer.id,
    facts: { audience },
  })
  const { id: customerId, name } = customer
  return { id, customer: { id: customerId, name }, audience, madeAt: now, madeBy: null, path: `/status/${key}` }
}

export async function revokeStatusPage(context: Context, id: string): Promise<void> {
  require(barredFromPublishing(context.actor))
  const { db, now } = context
  const row = await db
    .updateTable('statusPage')
    .set((set) => ({ revokedAt: now, version: set('version', '+', 1) }))
    .where('id', '=', id)
    .where('revokedAt', 'is', null)
    .returning(['customerId'])
    .executeTakeFirst()
  if (row === undefined) throw notFound('status-page.not-found')
  const { customerId } = row
  await audit(context, { action: 'status-page.revoked', subjectType: 'status-page', subjectId: id, customerId })
}
