import { barredFromInside, require } from '#core/may.ts'
import { requireCustomer } from '#modules/customers'
import type { receiveLogo } from '#modules/organisation'
import type { Context } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import type { CustomerBrand } from './api-brand.ts'
import { barredFromMaking } from './may.ts'

/** `GET /customers/:id/brand`. */
export async function readBrand(
  { db, actor }: Pick<Context, 'db' | 'actor'>,
  customerId: string,
): Promise<CustomerBrand> {
  require(barredFromInside(actor))
  await requireCustomer(db, customerId)
  const row = await db
    .selectFrom('customerBrand')
    .select(['accent', 'logo'])
    .where('customerId', '=', customerId)
    .executeTakeFirst()
  return { accent: row?.accent ?? null, logo: row !== undefined && row.logo !== null }
}

/** A colour, or a logo that {@link receiveLogo} took; null takes it away. */
export async function changeBrand(
  context: Context,
  customerId: string,
  change: { readonly accent: string | null } | { readonly logo: Awaited<ReturnType<typeof receiveLogo>> | null },
): Promise<CustomerBrand> {
  require(barredFromMaking(context.actor))
  const { db, now } = context
  await requireCustomer(db, customerId)
  const values =
    'accent' in change
      ? { accent: change.accent }
      : {
          logo:
            change.logo === null
              ? null
              : JSON.stringify({ type: change.logo.type, content: change.logo.bytes.toString('base64') }),
        }
  await db
    .insertInto('customerBrand')
    .values({ customerId, ...values, changedAt: now })
    .onConflict((on) =>
      on
        .column('customerId')
        .doUpdateSet((eb) => ({ ...values, changedAt: now, version: eb('customerBrand.version', '+', 1) })),
    )
    .execute()
  await audit(context, {
    action: 'customer.brand',
    subjectType: 'customer',
    subjectId: customerId,
    customerId,
    facts: 'accent' in change ? { accent: change.accent } : { logo: change.logo !== null },
  })
  return readBrand(context, customerId)
}
