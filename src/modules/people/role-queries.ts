import { type Insertable, sql } from 'kysely'
import type { DB } from '#db'
import { notFound } from '#core/failure.ts'
import type { Db } from '#platform/context.ts'
import type { RoleAssignment } from './api-people.ts'
import type { Role } from './role.ts'

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
      'roleAssignment.validFrom',
      'roleAssignment.validTo',
    ])
}

type AssignmentRow = Awaited<ReturnType<ReturnType<typeof assignments>['executeTakeFirstOrThrow']>>

export function assignmentOf({
  id,
  role,
  customerId,
  customerName,
  validFrom,
  validTo,
}: AssignmentRow): RoleAssignment {
  const customer = customerId === null ? null : { id: customerId, name: customerName ?? '' }
  return { id, name: role, role: role as Role, customer, validFrom, validTo }
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
    .where('validFrom', '<=', now)
    .where((where) => where.or([where('validTo', 'is', null), where('validTo', '>', now)]))
    .where((where) => where.or([where('customerId', 'is', null), where('customerId', '=', customerId)]))
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
