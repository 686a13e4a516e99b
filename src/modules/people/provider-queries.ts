import { type Insertable, sql, type Updateable } from 'kysely'
import type { DB } from '#db'
import { Failure, notFound } from '#core/failure.ts'
import type { Db } from '#platform/context.ts'
import type { Role } from './role.ts'

/** A provider as it is kept: its secret sealed. */
export type ProviderRow = Awaited<ReturnType<typeof requireProvider>>

function providers(db: Db) {
  return db.selectFrom('identityProvider').selectAll('identityProvider')
}

/** By name. */
export async function listProviderRows(db: Db): Promise<ProviderRow[]> {
  return providers(db)
    .orderBy(sql`lower(name)`)
    .orderBy('id')
    .execute()
}

/** Those that people may sign in by, by name. */
export async function signInWays(db: Db): Promise<{ id: string; name: string }[]> {
  return db
    .selectFrom('identityProvider')
    .select(['id', 'name'])
    .where('enabled', '=', true)
    .orderBy(sql`lower(name)`)
    .orderBy('id')
    .execute()
}

export async function requireProvider(db: Db, id: string) {
  const row = await providers(db).where('id', '=', id).executeTakeFirst()
  if (!row) throw notFound('provider.not-found')
  return row
}

/** Locks a provider until the transaction ends; fails when it is not at `version` any more. */
export async function lockProvider(db: Db, id: string, version?: number): Promise<ProviderRow> {
  const row = await providers(db).where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw notFound('provider.not-found')
  if (version !== undefined && row.version !== version) throw new Failure('moved-on', 'request.moved-on')
  return row
}

export async function insertProvider(db: Db, row: Insertable<DB['identityProvider']>): Promise<void> {
  await db.insertInto('identityProvider').values(row).execute()
}

export async function updateProvider(db: Db, id: string, change: Updateable<DB['identityProvider']>): Promise<void> {
  await db
    .updateTable('identityProvider')
    .set((set) => ({ ...change, version: set('version', '+', 1) }))
    .where('id', '=', id)
    .execute()
}

/** Ends the roles that its groups gave, and forgets it with whom it vouched for. */
export async function deleteProvider(db: Db, id: string, now: Date): Promise<void> {
  await db
    .updateTable('roleAssignment')
    .set({ validTo: sql<Date>`greatest(valid_from, ${now}::timestamptz)` })
    .where('providerId', '=', id)
    .where((where) => where.or([where('validTo', 'is', null), where('validTo', '>', now)]))
    .execute()
  await db.deleteFrom('identityProvider').where('id', '=', id).execute()
}

/** What a group gives. */
export interface GroupRole {
  readonly group: string
  readonly role: Role
  readonly customer: { readonly id: string; readonly name: string } | null
  readonly validFrom: Date | null
  readonly validTo: Date | null
}

/** In their order. */
export async function groupRolesOf(db: Db, providerId: string): Promise<GroupRole[]> {
  const rows = await db
    .selectFrom('identityProviderGroup as given')
    .leftJoin('customer', 'customer.id', 'given.customerId')
    .select(['given.groupName', 'given.role', 'given.customerId', 'customer.name', 'given.validFrom', 'given.validTo'])
    .where('given.providerId', '=', providerId)
    .orderBy('given.position')
    .orderBy('given.id')
    .execute()
  return rows.map(({ groupName, role, customerId, name, validFrom, validTo }) => ({
    group: groupName,
    role: role as Role,
    customer: customerId === null ? null : { id: customerId, name: name ?? '' },
    validFrom,
    validTo,
  }))
}

export async function replaceGroupRoles(
  db: Db,
  providerId: string,
  rows: readonly Insertable<DB['identityProviderGroup']>[],
): Promise<void> {
  await db.deleteFrom('identityProviderGroup').where('providerId', '=', providerId).execute()
  if (rows.length > 0) await db.insertInto('identityProviderGroup').values(rows).execute()
}

/** How many people each provider signs in. */
export async function peopleByProvider(db: Db): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('identity')
    .select(({ fn }) => ['providerId', fn.countAll<number>().as('count')])
    .groupBy('providerId')
    .execute()
  return new Map(rows.map(({ providerId, count }) => [providerId, count]))
}
