import { sql } from 'kysely'
import type { RuleRecord } from '#core/rule.ts'
import type { Db } from '#platform/context.ts'

/** An incident as rules see it, and the moments that they count from. */
export interface KnownRecord {
  readonly id: string
  readonly number: string
  readonly customerId: string
  readonly openedAt: Date
  readonly updatedAt: Date
  readonly version: number
  readonly record: RuleRecord
}

/** Incidents as they are now. */
export async function readRecords(db: Db, ids: readonly string[]): Promise<readonly KnownRecord[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<Omit<KnownRecord, 'record'> & RuleRecord>`
    select id, number, customer_id as "customerId", opened_at as "openedAt", updated_at as "updatedAt", version,
      customer_id as customer, site_id as site, service_id as service, category, priority, impact, urgency, state,
      team_id as team, assignee_id as assignee, channel, requester_id as requester, title, description
    from incident where id = any(${ids}::uuid[])`.execute(db)
  return rows.map(({ id, number, customerId, openedAt, updatedAt, version, ...record }) => ({
    id,
    number,
    customerId,
    openedAt,
    updatedAt,
    version,
    record,
  }))
}
