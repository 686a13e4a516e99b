import { sql } from 'kysely'
import { covered, coveredWithin, wordsFor } from '#core/cover.ts'
import type { Db } from '#platform/context.ts'
import { standInFor } from './stand-in.ts'
import { coverHistory } from './texts.ts'

/** A kind of record that is about persons and has a history. */
interface Kind {
  readonly table: 'incident' | 'request' | 'contact'
  /** Columns with who it is about; one of them may hold several. */
  readonly persons: readonly string[]
  /** Columns with who worked on it. */
  readonly workers: readonly string[]
  readonly texts: readonly string[]
  /** Columns that say who it is about in words; emptied. */
  readonly values: Readonly<Record<string, string>>
}

export const kinds = {
  incident: {
    table: 'incident',
    persons: ['requester_id'],
    workers: ['assignee_id'],
    texts: ['title', 'description', 'resolution'],
    values: { on_behalf_of: 'null' },
  },
  request: {
    table: 'request',
    persons: ['requester_id', 'ordered_by_id'],
    workers: [],
    texts: ['answers'],
    values: {},
  },
  contact: {
    table: 'contact',
    persons: ['person_id'],
    workers: ['taken_by'],
    texts: ['subject', 'details'],
    values: { caller_name: `''`, caller_email: 'null', caller_phone: 'null' },
  },
} as const satisfies Record<string, Kind>

/** Somebody who is in a record. */
interface Concerned {
  readonly id: string
  readonly name: string
  readonly email: string | null
  readonly ours: boolean
}

/**
 * Makes records anonymous that have been kept long enough: persons are replaced by who stands in for them, words about them
 * are covered, files go. States, moments, ids and figures stay, so that everything counted from them stays the same.
 *
 * @param workers Whether also those who worked on them are replaced, as a works council may have agreed (DOMAIN §5.5).
 * @returns How many files went with them.
 */
export async function makeAnonymous(
  db: Db,
  kind: Kind,
  { ids, now, workers }: { readonly ids: readonly string[]; readonly now: Date; readonly workers: boolean },
): Promise<number> {
  const records = await lockRecords(db, kind, ids)
  const { rows: history } = await sql<{ subjectId: string; actorId: string }>`
    select distinct subject_id as "subjectId", actor_id as "actorId" from history
    where subject_id = any(${ids}::uuid[]) and actor_id is not null`.execute(db)
  const people = await concerned(db, [...records.flatMap(namedIn(kind)), ...history.map(({ actorId }) => actorId)])
  const standIns = new Map<string, string>()
  for (const { id, ours } of people.values()) if (!ours || workers) standIns.set(id, await standInFor(db, id, now))
  for (const record of records) {
    const actors = history.filter(({ subjectId }) => subjectId === record.id).map(({ actorId }) => actorId)
    const there = new Set([...namedIn(kind)(record), ...actors])
    const words = [...there].flatMap((id) => wordsOf(people.get(id)))
    await rewrite(db, kind, { record, standIns, cover: (text) => covered(text, words), since: now })
  }
  if (kind.table === 'incident')
    for (const follower of ['incident_watcher', 'incident_reader'])
      await sql`delete from ${sql.table(follower)} where incident_id = any(${ids}::uuid[])`.execute(db)
  return removeFilesOf(db, ids)
}

/** Covers words in records and their histories and takes their files away; how many texts and files those were. */
export async function coverRecords(
  db: Db,
  kind: Kind,
  { ids, cover }: { readonly ids: readonly string[]; readonly cover: (text: string) => string },
): Promise<{ texts: number; files: number }> {
  let texts = 0
  for (const record of await lockRecords(db, kind, ids))
    texts += await rewrite(db, kind, { record, standIns: new Map(), cover, since: null })
  return { texts, files: await removeFilesOf(db, ids) }
}

interface KeptRecord {
  readonly id: string
  readonly said: Readonly<Record<string, unknown>>
}

async function lockRecords(db: Db, { table, persons, workers, texts }: Kind, ids: readonly string[]) {
  const told = [...persons, ...workers, ...texts].map((name) => sql`${sql.lit(name)}, ${sql.id(name)}`)
  const { rows } = await sql<KeptRecord>`
    select id, jsonb_build_object(${sql.join(told)}) as said from ${sql.id(table)}
    where id = any(${ids}::uuid[]) for update`.execute(db)
  return rows
}

function namedIn({ persons, workers }: Kind) {
  return ({ said }: KeptRecord): string[] =>
    [...persons, ...workers].flatMap((column) => (said[column] as string | null) ?? [])
}

interface Rewriting {
  readonly record: KeptRecord
  readonly standIns: ReadonlyMap<string, string>
  readonly cover: (text: string) => string
  /** Since when it is anonymous; null where it is not. */
  readonly since: Date | null
}

async function rewrite(db: Db, { table, persons, workers, texts, values }: Kind, of: Rewriting): Promise<number> {
  const { record, standIns, cover, since } = of
  const covering = texts.map((column) => [column, coveredWithin(record.said[column], cover)] as const)
  const changed = [
    ...[...persons, ...workers].map((column) => {
      const person = record.said[column] as string | null
      return sql`${sql.id(column)} = ${(person !== null && standIns.get(person)) || person}`
    }),
    ...covering.map(([column, now]) => sql`${sql.id(column)} = ${bound(now)}`),
    ...Object.entries(values).map(([column, value]) => sql`${sql.id(column)} = ${sql.raw(value)}`),
    ...(since === null ? [] : [sql`anonymous_since = ${since}`]),
  ]
  await sql`update ${sql.id(table)} set ${sql.join(changed)} where id = ${record.id}`.execute(db)
  const facts = await coverHistory(db, { cover, subjects: [record.id], standIns })
  const own = covering.filter(([column, now]) => JSON.stringify(now) !== JSON.stringify(record.said[column]))
  return own.length + facts
}

/** Their contents go when nothing else refers to them. */
async function removeFilesOf(db: Db, ids: readonly string[]): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    delete from attachment where subject_id = any(${ids}::uuid[])`.execute(db)
  return Number(numAffectedRows)
}

function bound(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value
}

/** Who reported something is found in it by each of their names; whoever worked on it by their whole one. */
function wordsOf(person: Concerned | undefined): string[] {
  return person === undefined ? [] : wordsFor(person, !person.ours)
}

async function concerned(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, Concerned>> {
  const people = await db
    .selectFrom('person')
    .select(['id', 'name', 'email', 'customerId'])
    .where(sql<boolean>`id = any(${[...new Set(ids)]}::uuid[])`)
    .where('pseudonym', '=', false)
    .where('erasedAt', 'is', null)
    .execute()
  return new Map(people.map(({ customerId, ...person }) => [person.id, { ...person, ours: customerId === null }]))
}
