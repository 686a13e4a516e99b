import { sql } from 'kysely'
import type { Db } from '#platform/context.ts'
import type { Terms } from './agreement.ts'
import { type AgreementInForce, assemble, readTargets } from './in-force.ts'
import { type Affected, broughtBy } from './key-in-force.ts'

/** Records have some dozens of facts and a calendar some versions: whoever writes more down is not followed further. */
const MOMENTS_AT_MOST = 300

/**
 * Up to when something may have been known while a result was counted: by all of now, and up to each moment at which
 * something was written down, the latest first.
 */
export function momentsKnown(now: Date, ...written: readonly (readonly Date[])[]): readonly Date[] {
  const moments = new Set([now, ...written.flat()].map((moment) => moment.getTime()))
  return [...moments]
    .toSorted((one, other) => other - one)
    .slice(0, MOMENTS_AT_MOST)
    .map((moment) => new Date(moment))
}

/** A version with the hours of a calendar as they were known at one moment or another. */
export interface AgreementAsKnown {
  /** When hours were written down, the latest first. */
  readonly learned: readonly Date[]
  /** What it promises for orders. */
  readonly fulfilment: Terms['fulfilment']
  /** Null before there were any hours. */
  readonly at: (moment: Date) => AgreementInForce | null
}

/**
 * For what was counted when other hours were known than now. Not kept: somebody looks at few of them.
 *
 * @param calendarVersionId Of the calendar that the clock ran in; without it, the one that the version's source brings now.
 */
export async function agreementVersionAsKnown(
  db: Db,
  versionId: string,
  affected: Omit<Affected, 'customerId'>,
  calendarVersionId: string | null = null,
): Promise<AgreementAsKnown> {
  const { rows } = await sql<{ readonly terms: Terms; readonly calendarId: string }>`
    select v.terms, coalesce((select c.calendar_id from calendar_version c where c.id = ${calendarVersionId}::uuid),
      ${broughtBy(affected)}, v.calendar_id) as calendar_id
    from agreement_version v where v.id = ${versionId}`.execute(db)
  const { terms, calendarId } = rows[0]!
  const written = await db
    .selectFrom('calendarVersion')
    .select(['id', 'validFrom', 'validTo', 'rules', 'createdAt'])
    .where('calendarId', '=', calendarId)
    .orderBy('validFrom')
    .orderBy('createdAt')
    .orderBy('id')
    .execute()
  const targets = await readTargets(db, versionId)
  const siteType = targets.some((target) => target.siteType !== null) ? await siteTypeOf(db, affected.siteId) : null
  return {
    fulfilment: terms.fulfilment ?? [],
    learned: written.map(({ createdAt }) => createdAt).toSorted((one, other) => other.getTime() - one.getTime()),
    at: (moment) => {
      const known = written.filter(({ createdAt }) => createdAt <= moment)
      // Of those that begin together the last one holds, each until the next one begins.
      const held = known.filter(({ validFrom }, index) => known[index + 1]?.validFrom.getTime() !== validFrom.getTime())
      if (held.length === 0) return null
      const calendarVersions = held.map((each, index) => ({ ...each, validTo: held[index + 1]?.validFrom ?? null }))
      return assemble(versionId, terms, { calendarVersions, targets, siteType })
    },
  }
}

async function siteTypeOf(db: Db, siteId: string | null): Promise<string | null> {
  if (siteId === null) return null
  const site = await db.selectFrom('site').select('siteType').where('id', '=', siteId).executeTakeFirst()
  return site?.siteType ?? null
}
