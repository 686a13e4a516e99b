import { type Insertable, sql } from 'kysely'
import type { DB } from '#db'
import { notFound } from '#core/failure.ts'
import type { Db } from '#platform/context.ts'
import type { RoleAssignment } from './api-people.ts'
import type { Role } from './role.ts'

/** A role of somebody, with the ids of what it is narrowed to. */
export interface RoleRecord {
  readonly id: string
  readonly role: Role
  readonly customer: { readonly id: string; readonly name: string } | null
  readonly serviceId: string | null
  readonly siteId: string | null
  readonly teamId: string | null
  readonly byGroup: boolean
  readonly validFrom: Date
  readonly validTo: Date | null
}

function assignments(db: Db) {
  return db
    .selectFrom('roleAssignment')
    .leftJoin('customer', 'customer.id', 'roleAssignment.customerId')
    .select([
      'roleAssignment.id',
      'roleAssignment.role',
      'roleAssignment.personId',
      'roleAssignment.customerId',
      'customer.name as customerName',
      'roleAssignment.serviceId',
      'roleAssignment.siteId',
      'roleAssignment.teamId',
      'roleAssignment.providerId',
      'roleAssignment.validFrom',
      'roleAssignment.validTo',
    ])
}

type AssignmentRow = Awaited<ReturnType<ReturnType<typeof assignments>['executeTakeFirstOrThrow']>>

export function recordOf({
  role,
  customerId,
  customerName,
  providerId,
  personId: _personId,
  ...row
}: AssignmentRow): RoleRecord {
  const customer = customerId === null ? null : { id: customerId, name: customerName ?? '' }
  return { ...row, role: role as Role, customer, byGroup: providerId !== null }
}

/** Puts the names of services, sites and teams to roles that are narrowed to them; a name out of sight is left away. */
export async function withScopes(
  db: Db,
  records: readonly RoleRecord[],
  { teams }: { readonly teams: boolean },
): Promise<RoleAssignment[]> {
  const services = await namesOf(db, 'service', idsOf(records, 'serviceId'))
  const sites = await namesOf(db, 'site', idsOf(records, 'siteId'))
  const teamNames = teams ? await namesOf(db, 'team', idsOf(records, 'teamId')) : new Map()
  return records.map(({ serviceId, siteId, teamId, ...record }) => ({
    ...record,
    name: record.role,
    service: services.get(serviceId ?? '') ?? null,
    site: sites.get(siteId ?? '') ?? null,
    team: teamNames.get(teamId ?? '') ?? null,
  }))
}

function idsOf(records: readonly RoleRecord[], field: 'serviceId' | 'siteId' | 'teamId'): readonly string[] {
  return [...new Set(records.flatMap((record) => record[field] ?? []))]
}

async function namesOf(db: Db, table: 'service' | 'site' | 'team', ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, { id: string; name: string }>()
  const rows = await db.selectFrom(table).select(['id', 'name']).where('id', 'in', ids).execute()
  return new Map(rows.map((row) => [row.id, row]))
}

/** What a role may be narrowed to, if it is there: the customer that it belongs to, null for a team or what all have. */
export async function findScope(
  db: Db,
  table: 'service' | 'site' | 'team',
  id: string,
): Promise<{ readonly customerId: string | null } | undefined> {
  if (table === 'team') {
    const team = await db.selectFrom('team').select('id').where('id', '=', id).executeTakeFirst()
    return team && { customerId: null }
  }
  return db.selectFrom(table).select('customerId').where('id', '=', id).executeTakeFirst()
}

/** Changes from when to when a role holds. */
export async function changeAssignment(
  db: Db,
  id: string,
  validity: { readonly validFrom: Date; readonly validTo: Date | null },
): Promise<void> {
  await db.updateTable('roleAssignment').set(validity).where('id', '=', id).execute()
}

export async function insertRole(db: Db, row: Insertable<DB['roleAssignment']>): Promise<void> {
  await db.insertInto('roleAssignment').values(row).execute()
}

/** A person's role that has not ended, as far as it is in sight. */
export async function requireAssignment(db: Db, now: Date, personId: string, id: string): Promise<AssignmentRow> {
  const row = await assignments(db)
    .where('roleAssignment.id', '=', id)
    .where('roleAssignment.personId', '=', personId)
    .where((where) =>
      where.or([where('roleAssignment.validTo', 'is', null), where('roleAssignment.validTo', '>', now)]),
    )
    .executeTakeFirst()
  if (!row) throw notFound('role.not-found')
  return row
}

/** Roles that have not ended, also such as are yet to begin; oldest first. */
export async function rolesNotEnded(db: Db, now: Date, personId: string): Promise<AssignmentRow[]> {
  return assignments(db)
    .where('roleAssignment.personId', '=', personId)
    .where((where) =>
      where.or([where('roleAssignment.validTo', 'is', null), where('roleAssignment.validTo', '>', now)]),
    )
    .orderBy('roleAssignment.validFrom')
    .orderBy('roleAssignment.id')
    .execute()
}

/** Ends a role now; one that has not begun never will. */
export async function endAssignment(db: Db, id: string, now: Date): Promise<void> {
  await db
    .updateTable('roleAssignment')
    .set({ validTo: sql<Date>`greatest(valid_from, ${now}::timestamptz)` })
    .where('id', '=', id)
    .execute()
}

/** Whether a person's own role lets them manage this customer: theirs to see is not yet theirs to manage. */
export async function managesCustomer(db: Db, now: Date, personId: string, customerId: string): Promise<boolean> {
  const row = await db
    .selectFrom('roleAssignment')
    .select('id')
    .where('personId', '=', personId)
    .where('role', '=', 'service-manager')
    // One narrowed to a service, a site or a team manages no customer.
    .where('serviceId', 'is', null)
    .where('siteId', 'is', null)
    .where('teamId', 'is', null)
    .where('validFrom', '<=', now)
    .where((where) => where.or([where('validTo', 'is', null), where('validTo', '>', now)]))
    .where((where) => where.or([where('customerId', 'is', null), where('customerId', '=', customerId)]))
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
