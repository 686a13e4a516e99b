import { sql } from 'kysely'
import type { Db } from '#platform/context.ts'

/** What an agreement is compiled by: the version, and the hours that count. */
export interface Key {
  readonly versionId: string
  /** `id@from-to` of each version of the calendar in whose hours is counted, in order. */
  readonly calendar: string
  /** Of the affected site, where a target asks for it. */
  readonly siteType: string | null
  /** Whether agreements of teams or suppliers stand behind it. */
  readonly isSupported: boolean
}

/** What is known of an incident when it is asked what was promised for it. */
export interface Affected {
  readonly customerId: string
  readonly serviceId: string | null
  readonly siteId: string | null
  /** Who held it first. */
  readonly teamId: string | null
}

/** The versions of a calendar as they are part of a key, null for none; `calendarId` is SQL. */
export const versionsOf = (calendarId: string) =>
  sql.raw(`(
      select string_agg(c.id || '@' || c.valid_from || '-' || coalesce(c.valid_to::text, ''), ',' order by c.valid_from)
      from calendar_version c where c.calendar_id = ${calendarId} and (c.valid_to is null or c.valid_to > c.valid_from)
    )`)

/** The calendar that the source of hours of the version `v` brings for an incident; null when it brings none. */
export const broughtBy = ({
  siteId,
  serviceId,
  teamId,
}: Omit<Affected, 'customerId'>) => sql`case v.terms->>'calendarSource'
    when 'site' then (select s.calendar_id from site s where s.id = ${siteId}::uuid)
    when 'service' then (select s.calendar_id from service s where s.id = ${serviceId}::uuid)
    when 'team' then (select t.calendar_id from team t where t.id = ${teamId}::uuid)
  end`

/** Whether a target of the version `v` is for sites of one type. */
export const asksForSiteType = sql.raw(
  'exists (select from target t where t.agreement_version_id = v.id and t.site_type is not null)',
)

/** Versions by their id of which is known whether the place, the service or the team decides about hours or targets. */
const dependent = new Map<string, boolean>()
const KNOWN_AT_MOST = 2000

/** To be called where what is known of a version may no longer be so: it was a draft. */
export function forgetDependence(versionId: string): void {
  dependent.delete(versionId)
}

/** What one agreement is chosen by before another: for this very service, and the later one. */
export interface Rank {
  readonly forAll: boolean
  readonly validFrom: Date
}

/** The key of the agreement that held, and what it was chosen by; `besides` leaves one agreement out of the choice. */
export async function keyInForce(
  db: Db,
  affected: Affected,
  at: Date,
  besides: string | null = null,
): Promise<(Key & Rank) | null> {
  const { customerId, serviceId } = affected
  const { rows } = await sql<Key & Rank>`
    select v.id as version_id, ${versionsOf('v.calendar_id')} as calendar, null as site_type,
      cardinality(v.service_ids) = 0 as for_all, v.valid_from,
      exists (select from agreement_support s where s.agreement_id = v.agreement_id) as is_supported
    from agreement_version v
    where v.customer_id = ${customerId} and v.type = 'sla' and v.state in ('active', 'superseded', 'expired', 'terminated')
      and v.agreement_id is distinct from ${besides}::uuid
      and v.valid_from <= ${at} and (v.valid_to is null or v.valid_to > ${at})
      and (v.service_ids = '{}' or ${serviceId}::uuid = any(v.service_ids))
    order by cardinality(v.service_ids) = 0, v.valid_from desc, v.id limit 1`.execute(db)
  const [found] = rows
  if (!found) return null
  return (await isDependent(db, found.versionId))
    ? { ...found, ...(await keyAt(db, found.versionId, affected)) }
    : found
}

/** Whether for two incidents other hours or other targets of the version may hold; asked once, since it is immutable. */
async function isDependent(db: Db, versionId: string): Promise<boolean> {
  const known = dependent.get(versionId)
  if (known !== undefined) return known
  const { rows } = await sql<{ readonly depends: boolean }>`
    select coalesce(v.terms->>'calendarSource', 'agreement') <> 'agreement' or ${asksForSiteType} as depends
    from agreement_version v where v.id = ${versionId}`.execute(db)
  const { depends } = rows[0]!
  if (dependent.size >= KNOWN_AT_MOST) dependent.delete(dependent.keys().next().value!)
  dependent.set(versionId, depends)
  return depends
}

/** The version's hours and targets as they are for this incident. */
export async function keyAt(
  db: Db,
  versionId: string,
  { serviceId, siteId, teamId }: Omit<Affected, 'customerId'>,
): Promise<Pick<Key, 'calendar' | 'siteType'>> {
  const { rows } = await sql<Pick<Key, 'calendar' | 'siteType'>>`
    select ${versionsOf('coalesce(h.calendar_id, v.calendar_id)')} as calendar,
      (select s.site_type from site s where s.id = ${siteId}::uuid and ${asksForSiteType}) as site_type
    from agreement_version v cross join lateral (select ${broughtBy({ serviceId, siteId, teamId })} as calendar_id) h
    where v.id = ${versionId}`.execute(db)
  return rows[0]!
}
