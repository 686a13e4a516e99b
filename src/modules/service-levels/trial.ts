import { sql } from 'kysely'
import type { CalendarRules } from '#core/calendar-rules.ts'
import { notFound, refused } from '#core/failure.ts'
import type { Db } from '#platform/context.ts'
import { defaultTerms, type Terms } from './agreement.ts'
import { type agreementFor, type AgreementInForce, assemble, compile, readHours, readTargets } from './in-force.ts'
import { type Affected, broughtBy, keyInForce, type Rank, versionsOf } from './key-in-force.ts'
import type { CountedTarget } from './promise.ts'

/** What a version says, to be counted with as if it had held all along; JSON, so that it outlives a change of the draft. */
export interface TriedVersion {
  readonly agreementId: string
  readonly versionId: string
  readonly terms: Terms
  readonly calendarId: string
  readonly serviceIds: readonly string[]
  /** ISO 8601; decides only between two agreements for the same service. */
  readonly validFrom: string
  readonly targets: readonly CountedTarget[]
  /** Hours in the place of those of its calendar, for all time; null for the calendar as it is. */
  readonly rules: CalendarRules | null
}

/** A version to be tried, with whose it is. Throws when there is none that is visible, or when it counts no clocks. */
export async function readTriedVersion(
  db: Db,
  versionId: string,
  rules: CalendarRules | null,
): Promise<{ readonly customerId: string; readonly number: number; readonly tried: TriedVersion }> {
  const row = await db
    .selectFrom('agreementVersion')
    .innerJoin('agreement', 'agreement.id', 'agreementVersion.agreementId')
    .select(['agreementVersion.agreementId', 'agreementVersion.customerId', 'agreementVersion.number'])
    .select(['agreementVersion.terms', 'agreementVersion.calendarId', 'agreementVersion.serviceIds', 'agreement.type'])
    .select('agreementVersion.validFrom')
    .where('agreementVersion.id', '=', versionId)
    .executeTakeFirst()
  if (!row) throw notFound('agreement.not-found', { agreement: versionId })
  const { customerId, number, type, terms, validFrom, ...rest } = row
  if (type !== 'sla') throw refused('what-if.counts-nothing')
  const targets = await readTargets(db, versionId)
  const { fulfilment } = { ...defaultTerms, ...(terms as Partial<Terms>) }
  if (targets.length === 0 && fulfilment.length === 0) throw refused('agreement.no-targets')
  const said = { terms: terms as unknown as Terms, validFrom: validFrom.toISOString(), targets, rules }
  return { customerId, number, tried: { ...rest, versionId, ...said } }
}

/**
 * What these versions and their own calendars say now, as a hash each; of one that is gone none. When they hold is not
 * part of it: it moves no result of a trial.
 */
export async function versionHashes(db: Db, versionIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (versionIds.length === 0) return new Map()
  const { rows } = await sql<{ readonly id: string; readonly hash: string }>`
    select v.id, encode(sha256(convert_to(jsonb_build_object(
        'terms', v.terms, 'services', v.service_ids, 'calendar', v.calendar_id, 'hours', ${versionsOf('v.calendar_id')},
        'targets', (select jsonb_agg(to_jsonb(t) - 'id' order by t.position, t.metric, t.priority)
          from target t where t.agreement_version_id = v.id)
      )::text, 'UTF8')), 'hex') as hash
    from agreement_version v where v.id = any(${versionIds}::uuid[])`.execute(db)
  return new Map(rows.map(({ id, hash }) => [id, hash]))
}

/**
 * Finds agreements as `agreementFor` does, in a world in which this version of its agreement held all along and no other of
 * them ever did. Reads only.
 */
export function agreementTrying(tried: TriedVersion): typeof agreementFor {
  const made = new Map<string, AgreementInForce>()
  const asksForSites = tried.targets.some(({ siteType }) => siteType !== null)
  return async (db, affected, at) => {
    const rival = await keyInForce(db, affected, at, tried.agreementId)
    if (!holdsBefore(tried, affected.serviceId, rival)) return rival === null ? null : compile(db, rival)
    const { calendarId, calendar } = await hoursOf(db, tried, affected)
    const siteType = asksForSites ? await siteTypeOf(db, affected.siteId) : null
    const key = `${calendar} ${siteType ?? ''}`
    const known = made.get(key)
    if (known) return known
    const written = await readHours(db, calendar)
    const other = tried.rules !== null && calendarId === tried.calendarId
    const calendarVersions = other ? [{ ...written.at(-1)!, validTo: null, rules: tried.rules }] : written
    const agreement = assemble(tried.versionId, tried.terms, { calendarVersions, targets: tried.targets, siteType })
    made.set(key, agreement)
    return agreement
  }
}

/** The one for this very service before one for all, the later before the earlier. */
function holdsBefore(tried: TriedVersion, serviceId: string | null, rival: Rank | null): boolean {
  const forAll = tried.serviceIds.length === 0
  if (!forAll && (serviceId === null || !tried.serviceIds.includes(serviceId))) return false
  if (rival === null || (rival.forAll && !forAll)) return true
  return rival.forAll === forAll && Date.parse(tried.validFrom) >= rival.validFrom.getTime()
}

/** In whose hours it counts for an incident: of the source that it names, else its own. */
async function hoursOf(db: Db, { terms, calendarId }: TriedVersion, { serviceId, siteId, teamId }: Affected) {
  const { rows } = await sql<{ readonly calendarId: string; readonly calendar: string }>`
    select coalesce(h.calendar_id, v.calendar_id) as calendar_id,
      ${versionsOf('coalesce(h.calendar_id, v.calendar_id)')} as calendar
    from (select ${JSON.stringify({ calendarSource: terms.calendarSource })}::jsonb as terms, ${calendarId}::uuid as calendar_id) v
      cross join lateral (select ${broughtBy({ serviceId, siteId, teamId })} as calendar_id) h`.execute(db)
  return rows[0]!
}

async function siteTypeOf(db: Db, siteId: string | null): Promise<string | null> {
  if (siteId === null) return null
  const site = await db.selectFrom('site').select('siteType').where('id', '=', siteId).executeTakeFirst()
  return site?.siteType ?? null
}
