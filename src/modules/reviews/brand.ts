import type { Db } from '#platform/context.ts'
import { type Letterhead, type LetterheadLogo, measured, readLetterhead } from '#platform/documents/letterhead.ts'

/** The provider's letterhead in the customer's own colour and with its logo, where somebody gave them. */
export async function brandedLetterhead(db: Db, customerId: string): Promise<Letterhead> {
  const house = await readLetterhead(db)
  const brand = await db
    .selectFrom('customerBrand')
    .select(['accent', 'logo'])
    .where('customerId', '=', customerId)
    .executeTakeFirst()
  if (brand === undefined) return house
  const logo = brand.logo as Omit<LetterheadLogo, 'aspect'> | null
  return { ...house, accent: brand.accent ?? house.accent, logo: logo === null ? house.logo : measured(logo) }
}
