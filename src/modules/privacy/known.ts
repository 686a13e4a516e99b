import { Readable } from 'node:stream'
import { sql } from 'kysely'
import { notFound } from '#core/failure.ts'
import { speaker } from '#core/text.ts'
import type { Context, Db } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import type { FileReply } from '#platform/http.ts'
import de from '../../locales/de/privacy.json' with { type: 'json' }
import en from '../../locales/en/privacy.json' with { type: 'json' }
import type { Known } from './api.ts'
import { recordsOf, theirs } from './erase.ts'
import { readPolicy } from './queries.ts'
import { knownStandIn } from './stand-in.ts'
import { type Store, stores } from './store.ts'

export const say = speaker<keyof typeof en>({ en, de })

type AsProgram = <Result>(work: (context: Context) => Promise<Result>) => Promise<Result>

async function requireKnown(db: Db, id: string) {
  const person = await db
    .selectFrom('person')
    .select(['id', 'name', 'email', 'language', 'timeZone', 'createdAt', 'erasedAt', 'sourceKey'])
    .where('id', '=', id)
    .where('pseudonym', '=', false)
    .executeTakeFirst()
  if (person === undefined) throw notFound('person.not-found')
  return person
}

/** What this system knows about somebody. That somebody else looked is written down. */
export async function readKnown(context: Context, id: string): Promise<Known> {
  const { db, now } = context
  const person = await requireKnown(db, id)
  await noteReading(context, id, 'data')
  const roles = await db
    .selectFrom('roleAssignment')
    .select('role')
    .distinct()
    .where('personId', '=', id)
    .where('validFrom', '<=', now)
    .where((where) => where.or([where('validTo', 'is', null), where('validTo', '>', now)]))
    .orderBy('role')
    .execute()
  return {
    person: { id, name: person.name, email: person.email, erasedAt: person.erasedAt },
    records: await recordsOf(db, person),
    roles: roles.map(({ role }) => role),
    worksCouncil: (await readPolicy(db)).worksCouncil,
  }
}

async function noteReading(context: Context, subjectId: string, what: 'data' | 'export'): Promise<void> {
  if (context.actor.personId === subjectId) return
  await audit(context, { action: `person.${what}-read`, subjectType: 'person', subjectId })
}

/**
 * Everything that is somebody's, as JSON: what they are told of each table, in their own words, and nothing that is others’
 * or for the provider's own eyes. Each table is read in a transaction of its own.
 */
export async function exportKnown(id: string, asProgram: AsProgram): Promise<FileReply> {
  const { person, standIn, now, language } = await asProgram(async (context) => {
    const found = await requireKnown(context.db, id)
    await noteReading(context, id, 'export')
    const { actor } = context
    return { person: found, standIn: await knownStandIn(context.db, id), now: context.now, language: actor.language }
  })
  async function* parts(): AsyncGenerator<string> {
    const { sourceKey, ...values } = person
    const head = { format: 'plumbline-person', version: 1, at: now, person: { ...values, knownAs: sourceKey } }
    yield `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "records": [`
    let first = true
    for (const store of stores) {
      const rows = await asProgram(({ db }) => rowsOf(db, store, { ...person, standIn }))
      if (rows.length === 0) continue
      const { table, subject, fate } = store
      const about = say(language, `privacy.subject.${subject}`)
      const forgotten = say(language, `privacy.fate.${fate}`)
      yield `${first ? '' : ','}\n${JSON.stringify({ about, table, forgotten, rows }, null, 2)}`
      first = false
    }
    yield '\n]}\n'
  }
  return { file: Readable.from(parts()), type: 'application/json; charset=utf-8', name: `person-${id}.json` }
}

async function rowsOf(
  db: Db,
  store: Store,
  { id, email, standIn }: { readonly id: string; readonly email: string | null; readonly standIn: string | null },
): Promise<readonly unknown[]> {
  const { table, tells } = store
  const told = tells.length === 0 ? sql`'{}'::jsonb` : sql`jsonb_build_object(${sql.join(tells.map(asPair))})`
  const where =
    standIn === null
      ? theirs(store, { id, email })
      : sql`(${theirs(store, { id, email })} or ${theirs(store, { id: standIn, email: null })})`
  const { rows } = await sql<{ said: unknown }>`
    select ${told} as said from ${sql.id(table)} where ${where}`.execute(db)
  return rows.map(({ said }) => said)
}

function asPair(column: string) {
  return sql`${sql.lit(column)}, ${sql.id(column)}`
}
