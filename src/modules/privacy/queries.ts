import { sql } from 'kysely'
import type { Db } from '#platform/context.ts'
import { containing } from '#platform/text-search.ts'
import type { FoundPerson } from './api.ts'
import type { RetentionClass, RetentionPeriod } from './retention-class.ts'

/** What an administrator has switched on; the module `organisation` writes it. */
export interface Policy {
  /** Whether what is old enough is taken away each night, or only counted. */
  readonly retention: boolean
  /** Whether the rules for works councils hold. */
  readonly worksCouncil: boolean
}

export async function readPolicy(db: Db): Promise<Policy> {
  const row = await db.selectFrom('setting').select('value').where('name', '=', 'installation').executeTakeFirst()
  const set = (typeof row?.value === 'object' ? row.value : {}) as Readonly<Record<string, unknown>> | null
  return { retention: set?.['retention'] === true, worksCouncil: set?.['worksCouncil'] === true }
}

/** What differs from what is usual. */
export async function readPeriods(db: Db): Promise<readonly RetentionPeriod[]> {
  const rows = await db
    .selectFrom('retentionPeriod')
    .select(['class', 'country', 'months'])
    .orderBy('class')
    .orderBy('country')
    .execute()
  return rows.map(({ class: name, ...row }) => ({ class: name as RetentionClass, ...row }))
}

/** Countries that sites are in, by their codes. */
export async function countriesOfSites(db: Db): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('site')
    .select('country')
    .distinct()
    .where('country', 'is not', null)
    .orderBy('country')
    .execute()
  return rows.flatMap(({ country }) => country ?? [])
}

/** Nights and trials, the latest first. */
export async function lastRuns(db: Db, limit: number) {
  const rows = await db
    .selectFrom('retentionRun')
    .select(['id', 'beganAt', 'endedAt', 'tried', 'counts'])
    .orderBy('beganAt', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({ ...row, counts: row.counts as Partial<Record<RetentionClass, number>> }))
}

/** Customers of whom nothing goes since a claim is disputed, the latest first. */
export async function listHolds(db: Db) {
  const rows = await db
    .selectFrom('retentionHold as held')
    .innerJoin('customer', 'customer.id', 'held.customerId')
    .select(['held.id', 'held.reason', 'held.madeAt', 'held.endedAt', 'held.customerId', 'customer.name'])
    .orderBy('held.madeAt', 'desc')
    .execute()
  return rows.map(({ customerId, name, ...row }) => ({ ...row, customer: { id: customerId, name } }))
}

export async function isHeld(db: Db, customerId: string | null): Promise<boolean> {
  if (customerId === null) return false
  const { rows } = await sql<{ held: boolean }>`select exists (select from retention_hold
    where customer_id = ${customerId} and ended_at is null) as held`.execute(db)
  return rows[0]!.held
}

/** The first by name; whoever was forgotten is not found any more. */
export async function findPeople(db: Db, words: string): Promise<readonly FoundPerson[]> {
  const rows = await db
    .selectFrom('person')
    .leftJoin('customer', 'customer.id', 'person.customerId')
    .select(['person.id', 'person.name', 'person.email', 'customer.id as customerId', 'customer.name as customerName'])
    .where('person.erasedAt', 'is', null)
    .where('person.pseudonym', '=', false)
    .where(sql<boolean>`person.name || ' ' || coalesce(person.email, '') ilike ${containing(words)}`)
    .orderBy(sql`lower(person.name)`)
    .orderBy('person.id')
    .limit(FOUND_AT_MOST)
    .execute()
  return rows.map(({ customerId, customerName, ...row }) => ({
    ...row,
    customer: customerId === null ? null : { id: customerId, name: customerName! },
  }))
}

const FOUND_AT_MOST = 20
