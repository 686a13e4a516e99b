import { newId } from '#core/id.ts'
import type { Language } from '#core/text.ts'
import { explaining } from '#platform/constraint.ts'
import type { Context } from '#platform/context.ts'
import { insertTeam, replaceMembers } from './team-queries.ts'

/** Somebody who comes in together with many others. */
export interface BulkPerson {
  /** Null for a colleague. */
  readonly customerId: string | null
  readonly name: string
  readonly email: string
  readonly language: Language
  readonly timeZone: string
  /** By which whoever brings them in knows them again. */
  readonly sourceKey: string
}

/** A statement holds about 65,000 values. */
const AT_ONCE = 2000

/** Adds many people, of the program's own accord; their ids in the order given. None of them can sign in by that. */
export async function insertPeople({ db, now }: Context, people: readonly BulkPerson[]): Promise<string[]> {
  const rows = people.map((person) => ({ id: newId(now.getTime()), ...person, createdAt: now }))
  for (let first = 0; first < rows.length; first += AT_ONCE) {
    await db
      .insertInto('person')
      .values(rows.slice(first, first + AT_ONCE))
      .execute()
  }
  return rows.map(({ id }) => id)
}

/** Adds a team of the sample company with its members, of the program's own accord. */
export async function insertSampleTeam(
  { db, now }: Context,
  { name, kind, members }: { readonly name: string; readonly kind: string; readonly members: readonly string[] },
): Promise<string> {
  const id = newId(now.getTime())
  await explaining({ team_name_key: 'team.name-taken' }, { name }, () =>
    insertTeam(db, { id, name, kind, sample: true, createdAt: now }),
  )
  await replaceMembers(
    db,
    id,
    members.map((member) => ({ id: member, kind: 'direct' })),
  )
  return id
}
