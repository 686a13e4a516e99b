import { sql } from 'kysely'
import { barredFromInside } from '#core/may.ts'
import type { Context } from '#platform/context.ts'
import { statement } from '#platform/statement.ts'

/** What incidents refer to by id. */
export interface Referring {
  readonly customerId: string
  readonly siteId: string | null
  readonly serviceId: string | null
  readonly requesterId: string | null
  readonly teamId?: string | null
  readonly assigneeId?: string | null
}

export interface Named {
  readonly id: string
  readonly name: string
}

export interface NamedInZone extends Named {
  readonly timeZone: string
}

/** Names of what some incidents refer to, each read once; nothing for what the reader may not see. */
export interface Names {
  readonly zoned: (id: string | null) => NamedInZone | null
  readonly of: (id: string | null | undefined) => Named | null
}

/**
 * Reads the names that a page of incidents needs in one statement. By joins, eight tables would be planned anew for each
 * page, which costs the database more than reading them.
 */
export async function readNames(
  { db, actor }: Pick<Context, 'db' | 'actor'>,
  rows: readonly Referring[],
): Promise<Names> {
  const ids = (pick: (row: Referring) => string | null | undefined) => [
    ...new Set(rows.map(pick).filter((id) => typeof id === 'string')),
  ]
  const people = [...new Set([...ids(({ requesterId }) => requesterId), ...ids(({ assigneeId }) => assigneeId)])]
  const found = await named[barredFromInside(actor) === null ? 'inside' : 'outside'](db, {
    customers: ids(({ customerId }) => customerId),
    sites: ids(({ siteId }) => siteId),
    services: ids(({ serviceId }) => serviceId),
    teams: ids(({ teamId }) => teamId),
    people,
  })
  return namesAmong(found)
}

type Referred = Readonly<Record<'customers' | 'sites' | 'services' | 'people' | 'teams', readonly string[]>>

function byTheirIds(inside: boolean) {
  return statement((_, { customers, sites, services, people, teams }: Referred) => {
    const ofTeams = inside ? sql`union all select id, name, null from team where id = any(${teams}::uuid[])` : sql``
    return sql<Found>`
      select id, name, time_zone as "timeZone" from customer where id = any(${customers}::uuid[])
      union all select id, name, time_zone from site where id = any(${sites}::uuid[])
      union all select id, name, null from service where id = any(${services}::uuid[])
      union all select id, name, null from person where id = any(${people}::uuid[]) ${ofTeams}`
  })
}

/** For the provider's people and for a customer's. */
const named = { inside: byTheirIds(true), outside: byTheirIds(false) }

/** The names that one incident needs, by its id alone: to be asked for together with it. */
export async function readNamesOf({ db, actor }: Pick<Context, 'db' | 'actor'>, incidentId: string): Promise<Names> {
  return namesAmong(await namedBy[barredFromInside(actor) === null ? 'inside' : 'outside'](db, { incidentId }))
}

function byTheIncident(inside: boolean) {
  return statement((_, { incidentId }: { readonly incidentId: string }) => {
    const people = sql.raw(inside ? '(i.requester_id, i.assignee_id)' : '(i.requester_id)')
    const from = (table: string, column: string) => sql.raw(`from i join ${table} n on n.id = i.${column}`)
    const teams = inside ? sql`union all select n.id, n.name, null ${from('team', 'team_id')}` : sql``
    return sql<Found>`
      with i as (
        select customer_id, site_id, service_id, requester_id${sql.raw(inside ? ', assignee_id, team_id' : '')}
        from incident where id = ${incidentId}
      )
      select n.id, n.name, n.time_zone as "timeZone" ${from('customer', 'customer_id')}
      union all select n.id, n.name, n.time_zone ${from('site', 'site_id')}
      union all select n.id, n.name, null ${from('service', 'service_id')}
      union all select n.id, n.name, null from i join person n on n.id in ${people}
      ${teams}`
  })
}

const namedBy = { inside: byTheIncident(true), outside: byTheIncident(false) }

type Found = Named & { readonly timeZone: string | null }

function namesAmong(found: readonly Found[]): Names {
  const byId = new Map(found.map((row) => [row.id, row]))
  return {
    zoned: (id) => {
      const row = id === null ? undefined : byId.get(id)
      return row === undefined || row.timeZone === null ? null : { id: row.id, name: row.name, timeZone: row.timeZone }
    },
    of: (id) => {
      const row = id ? byId.get(id) : undefined
      return row === undefined ? null : { id: row.id, name: row.name }
    },
  }
}
