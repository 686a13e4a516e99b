import type { Db } from '#platform/context.ts'

/** Of a customer’s versions the latest so many are tried: who asks waits for each. */
const VERSIONS_AT_MOST = 20

/**
 * The versions by which a result of a customer may have been counted, the likeliest first.
 *
 * @param own By which it was counted as far as that is known, null when it is not.
 */
export async function versionsThatHeld(db: Db, customerId: string, own: string | null): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('agreementVersion')
    .select('id')
    .where('customerId', '=', customerId)
    .where('state', 'in', ['active', 'superseded', 'expired', 'terminated'])
    .orderBy('validFrom', 'desc')
    .limit(VERSIONS_AT_MOST)
    .execute()
  return [...new Set([...(own === null ? [] : [own]), ...rows.map(({ id }) => id)])]
}

/** What a version and its calendar are called. */
export interface VersionNames {
  readonly agreement: { readonly id: string; readonly name: string; readonly number: number }
  readonly calendar: { readonly id: string; readonly name: string }
}

/** Null for one that is gone: a draft may have been thrown away since it was tried. */
export async function namesOfVersion(db: Db, versionId: string): Promise<VersionNames | null> {
  const row = await db
    .selectFrom('agreementVersion')
    .innerJoin('agreement', 'agreement.id', 'agreementVersion.agreementId')
    .innerJoin('calendar', 'calendar.id', 'agreementVersion.calendarId')
    .select(['agreement.id', 'agreement.name', 'agreementVersion.number'])
    .select(['calendar.id as calendarId', 'calendar.name as calendarName'])
    .where('agreementVersion.id', '=', versionId)
    .executeTakeFirst()
  if (row === undefined) return null
  return {
    agreement: { id: row.id, name: row.name, number: row.number },
    calendar: { id: row.calendarId, name: row.calendarName },
  }
}
