import { type Insertable, type RawBuilder, sql, type Updateable } from 'kysely'
import type { DB } from '#db'
import { Failure, notFound } from '#core/failure.ts'
import { languageOf } from '#core/text.ts'
import type { Db } from '#platform/context.ts'
import { keyOf, pageFrom } from '#platform/paging.ts'
import { containing } from '#platform/text-search.ts'
import type { AccountState } from './account-queries.ts'
import type { Person } from './api-people.ts'
import type { Role } from './role.ts'
import type { RoleRecord } from './role-queries.ts'

/** What of a person stands in their own row and in those of their roles. */
export type PersonRecord = Omit<Person, 'account' | 'twoFactor' | 'roles'> & { readonly roles: readonly RoleRecord[] }

interface RoleJson {
  readonly id: string
  readonly role: Role
  readonly customerId: string | null
  readonly customerName: string | null
  readonly serviceId: string | null
  readonly siteId: string | null
  readonly teamId: string | null
  readonly byGroup: boolean
  readonly validFrom: string
  readonly validTo: string | null
}

/** Roles not ended at `now`, as far as they and their customers are in sight. */
function rolesAt(now: Date): RawBuilder<RoleJson[]> {
  return sql<RoleJson[]>`coalesce((
    select json_agg(json_build_object(
      'id', held.id, 'role', held.role, 'customerId', held.customer_id, 'customerName', of_customer.name,
      'serviceId', held.service_id, 'siteId', held.site_id, 'teamId', held.team_id, 'byGroup', held.provider_id is not null,
      'validFrom', held.valid_from, 'validTo', held.valid_to
    ) order by held.valid_from, held.id)
    from role_assignment held left join customer of_customer on of_customer.id = held.customer_id
    where held.person_id = person.id and (held.valid_to is null or held.valid_to > ${now})
      and (held.customer_id is null or of_customer.id is not null)
  ), '[]')`
}

function people(db: Db, now: Date) {
  return db
    .selectFrom('person')
    .leftJoin('customer', 'customer.id', 'person.customerId')
    .select([
      'person.id',
      'person.name',
      'person.email',
      'person.language',
      'person.timeZone',
      'person.createdAt',
      'person.version',
      'customer.id as customerId',
      'customer.name as customerName',
      rolesAt(now).as('roles'),
      sql<string>`lower(person.name)`.as('sortKey'),
    ])
}

type PersonRow = Awaited<ReturnType<ReturnType<typeof people>['executeTakeFirstOrThrow']>>

function personOf({ customerId, customerName, roles, ...row }: PersonRow): PersonRecord {
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    language: languageOf(row.language),
    timeZone: row.timeZone,
    createdAt: row.createdAt,
    version: row.version,
    customer: customerId === null ? null : { id: customerId, name: customerName! },
    roles: roles.map((held) => ({
      id: held.id,
      role: held.role,
      customer: held.customerId === null ? null : { id: held.customerId, name: held.customerName! },
      serviceId: held.serviceId,
      siteId: held.siteId,
      teamId: held.teamId,
      byGroup: held.byGroup,
      validFrom: new Date(held.validFrom),
      validTo: held.validTo === null ? null : new Date(held.validTo),
    })),
  }
}

function whoHas(db: Db, now: Date, role: Role) {
  return db
    .selectFrom('roleAssignment')
    .select('personId')
    .where('role', '=', role)
    .where('validFrom', '<=', now)
    .where((where) => where.or([where('validTo', 'is', null), where('validTo', '>', now)]))
}

export interface PeopleFilter {
  readonly q?: string | undefined
  readonly customerId?: string | undefined
  readonly role?: Role | undefined
  readonly home?: 'provider' | undefined
  readonly state?: AccountState | undefined
  readonly limit: number
  readonly cursor?: string | undefined
}

/** By name. Of whom is decided by row-level security: a customer's people see those of their own organisation. */
export async function listPeople(
  db: Db,
  now: Date,
  { q, customerId, role, home, state, limit, cursor }: PeopleFilter,
): Promise<{ items: PersonRecord[]; nextCursor: string | null }> {
  const after = keyOf(cursor, ['string', 'string'])
  const rows = await people(db, now)
    // Whoever was forgotten, or stands in for somebody in old records, is nobody to be found.
    .where('person.erasedAt', 'is', null)
    .where('person.pseudonym', '=', false)
    .$if(q !== undefined && q !== '', (query) =>
      query.where(sql<boolean>`person.name || ' ' || coalesce(person.email, '') ilike ${containing(q!)}`),
    )
    .$if(customerId !== undefined, (query) => query.where('person.customerId', '=', customerId!))
    .$if(role !== undefined, (query) => query.where('person.id', 'in', whoHas(db, now, role!)))
    .$if(home !== undefined, (query) => query.where('person.customerId', 'is', null))
    .$if(state !== undefined, (query) =>
      query.where(sql<boolean>`coalesce(account_state(person.id), 'none') = ${state!}`),
    )
    .$if(after !== undefined, (query) =>
      query.where(sql<boolean>`(lower(person.name), person.id) > (${after![0]}, ${idOrNone(after![1])}::uuid)`),
    )
    .orderBy(sql`lower(person.name)`)
    .orderBy('person.id')
    .limit(limit + 1)
    .execute()
  const { items, nextCursor } = pageFrom(rows, limit, ({ sortKey, id }) => [sortKey, id])
  return { items: items.map(personOf), nextCursor }
}

export async function requirePersonRecord(db: Db, now: Date, id: string): Promise<PersonRecord> {
  const row = await people(db, now).where('person.id', '=', id).executeTakeFirst()
  if (!row) throw notFound('person.not-found', { person: id })
  return personOf(row)
}

/** Somebody in sight, by id; for other modules. */
export async function requirePerson(
  db: Db,
  id: string,
): Promise<{ id: string; name: string; email: string | null; customerId: string | null }> {
  const row = await db
    .selectFrom('person')
    .select(['id', 'name', 'email', 'customerId'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) throw notFound('person.not-found', { person: id })
  return row
}

/** Locks a person until the transaction ends; fails when they are not at `version` any more. */
export async function lockPerson(db: Db, id: string, version?: number) {
  const row = await db
    .selectFrom('person')
    .select(['id', 'name', 'email', 'language', 'timeZone', 'customerId', 'version'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw notFound('person.not-found', { person: id })
  if (version !== undefined && row.version !== version) throw new Failure('moved-on', 'request.moved-on')
  return row
}

/** In one organisation; null is the provider. */
export async function findPersonByEmail(db: Db, customerId: string | null, email: string) {
  return db
    .selectFrom('person')
    .leftJoin('account', 'account.personId', 'person.id')
    .select([
      'person.id',
      'person.name',
      'person.customerId',
      sql<boolean>`account.person_id is not null`.as('hasAccount'),
    ])
    .where('person.customerId', customerId === null ? 'is' : '=', customerId)
    .where('person.email', '=', email)
    .executeTakeFirst()
}

export async function insertPerson(db: Db, row: Insertable<DB['person']>): Promise<void> {
  await db.insertInto('person').values(row).execute()
}

/** The person of this address in a customer's organisation, made when there is none. Two at the same time make one. */
export async function upsertRequester(db: Db, row: Insertable<DB['person']>): Promise<{ id: string; name: string }> {
  const inserted = await db
    .insertInto('person')
    .values(row)
    .onConflict((conflict) => conflict.columns(['customerId', 'email']).where('email', 'is not', null).doNothing())
    .returning(['id', 'name'])
    .executeTakeFirst()
  if (inserted) return inserted
  return db
    .selectFrom('person')
    .select(['id', 'name'])
    .where('customerId', '=', row.customerId!)
    .where('email', '=', row.email!)
    .executeTakeFirstOrThrow()
}

export async function updatePerson(db: Db, id: string, change: Updateable<DB['person']>): Promise<void> {
  await db
    .updateTable('person')
    .set((set) => ({ ...change, version: set('version', '+', 1) }))
    .where('id', '=', id)
    .execute()
}

/** A cursor that somebody made up finds no place rather than an error of the database. */
function idOrNone(text: string | number | undefined): string | null {
  return /^[0-9a-f-]{36}$/.test(String(text)) ? String(text) : null
}

/** Leaves nothing of somebody but an id and a name that is nobody's; their roles end. */
export async function emptyPerson(
  db: Db,
  id: string,
  { name, now }: { readonly name: string; readonly now: Date },
): Promise<void> {
  await db
    .updateTable('person')
    .set({ name, email: null, timeZone: null, sourceKey: null, erasedAt: now })
    .where('id', '=', id)
    .execute()
  await db
    .updateTable('roleAssignment')
    .set({ validTo: sql`greatest(valid_from, ${now})` })
    .where('personId', '=', id)
    .where((where) => where.or([where('validTo', 'is', null), where('validTo', '>', now)]))
    .execute()
}
