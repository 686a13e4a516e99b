import { findSlideMaster } from '#modules/organisation'
import type { Db } from '#platform/context.ts'
import { type Letterhead, type LetterheadLogo, measured, readLetterhead } from '#platform/documents/letterhead.ts'

/** The provider's letterhead in the customer's own colour, with its logo and its slides, where somebody gave them. */
export async function brandedLetterhead(db: Db, customerId: string): Promise<Letterhead> {
  const house: Letterhead = { ...(await readLetterhead(db)), slideMaster: await findSlideMaster(db) }
  const brand = await db
    .selectFrom('customerBrand')
    .select(['accent', 'logo', 'slideMaster'])
    .where('customerId', '=', customerId)
    .executeTakeFirst()
  if (brand === undefined) return house
  const logo = brand.logo as Omit<LetterheadLogo, 'aspect'> | null
  return {
    ...house,
    accent: brand.accent ?? house.accent,
    logo: logo === null ? house.logo : measured(logo),
    slideMaster: (brand.slideMaster as unknown as Letterhead['slideMaster']) ?? house.slideMaster,
  }
}
