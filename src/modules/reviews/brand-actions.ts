import { sql } from 'kysely'
import { invalid, notFound } from '#core/failure.ts'
import { barredFromInside, require } from '#core/may.ts'
import { requireCustomer } from '#modules/customers'
import type { receiveLogo } from '#modules/organisation'
import type { Context } from '#platform/context.ts'
import type { LetterheadLogo } from '#platform/documents/letterhead.ts'
import type { SlideMaster } from '#platform/documents/slide-master.ts'
import { audit } from '#platform/history.ts'
import type { FileReply } from '#platform/http.ts'
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
    .select(['accent', sql<boolean>`logo is not null`.as('logo')])
    .select(sql<string | null>`slide_master ->> 'name'`.as('slides'))
    .select(sql<string | null>`slide_master ->> 'sha256'`.as('sha256'))
    .where('customerId', '=', customerId)
    .executeTakeFirst()
  const { slides = null, sha256 = null } = row ?? {}
  return {
    accent: row?.accent ?? null,
    logo: row?.logo ?? false,
    slideMaster: slides === null || sha256 === null ? null : { name: slides, sha256 },
  }
}

/** `GET /customers/:id/brand/logo`. */
export async function sendBrandLogo({ db, actor }: Context, customerId: string): Promise<FileReply> {
  require(barredFromInside(actor))
  await requireCustomer(db, customerId)
  const row = await db
    .selectFrom('customerBrand')
    .select('logo')
    .where('customerId', '=', customerId)
    .executeTakeFirst()
  const logo = (row?.logo ?? null) as LetterheadLogo | null
  if (logo === null) throw notFound('logo.not-found')
  return { file: Buffer.from(logo.content, 'base64'), type: logo.type }
}

type Change =
  | { readonly accent: string | null }
  | { readonly logo: Awaited<ReturnType<typeof receiveLogo>> | null }
  | { readonly slideMaster: SlideMaster | null }

/** A colour, a logo or a master that was received; null takes it away. */
export async function changeBrand(context: Context, customerId: string, change: Change): Promise<CustomerBrand> {
  require(barredFromMaking(context.actor))
  const { db, now } = context
  await requireCustomer(db, customerId)
  const values = storedOf(change)
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
    facts: toldOf(change),
  })
  return readBrand(context, customerId)
}

/** Takes a customer's drawn logo as a picture, too, which the browser drew from it. */
export async function pictureBrand(
  context: Context,
  customerId: string,
  { type, bytes }: Awaited<ReturnType<typeof receiveLogo>>,
): Promise<CustomerBrand> {
  require(barredFromMaking(context.actor))
  if (type !== 'image/png') throw invalid('logo.unknown')
  await requireCustomer(context.db, customerId)
  const picture = JSON.stringify({ picture: bytes.toString('base64') })
  const { numUpdatedRows } = await context.db
    .updateTable('customerBrand')
    .set((set) => ({ logo: sql`logo || ${picture}::jsonb`, version: set('version', '+', 1), changedAt: context.now }))
    .where('customerId', '=', customerId)
    .where('logo', 'is not', null)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw notFound('logo.not-found')
  const about = { subjectType: 'customer', subjectId: customerId, customerId } as const
  await audit(context, { action: 'customer.brand', ...about, facts: { picture: true } })
  return readBrand(context, customerId)
}

function storedOf(change: Change) {
  if ('accent' in change) return change
  if ('slideMaster' in change)
    return { slideMaster: change.slideMaster === null ? null : JSON.stringify(change.slideMaster) }
  const { logo } = change
  return {
    logo: logo === null ? null : JSON.stringify({ type: logo.type, content: logo.bytes.toString('base64') }),
  }
}

function toldOf(change: Change) {
  if ('accent' in change) return { accent: change.accent }
  if ('logo' in change) return { logo: change.logo !== null }
  return { slideMaster: change.slideMaster?.name ?? null }
}
