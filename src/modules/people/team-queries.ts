import { type Insertable, type RawBuilder, sql, type Updateable } from 'kysely'
import type { DB } from '#db'
import { Failure, notFound } from '#core/failure.ts'
import type { Db } from '#platform/context.ts'
import { keyOf, pageFrom } from '#platform/paging.ts'
import { containing, looksLikeId } from '#platform/text-search.ts'
import type { Team } from './api-people.ts'

export interface Member {
  readonly id: string
  readonly kind: Team['members'][number]['kind']
}

const members: RawBuilder<Team['members']> = sql`coalesce((
  select json_agg(json_build_object('id', person.id, 'name', person.name, 'kind', member.kind) order by lower(person.name), person.id)
  from team_member member join person on person.id = member.person_id
  where member.team_id = team.id
), '[]')`

function teams(db: Db) {
  return db
    .selectFrom('team')
    .select([
      'team.id',
      'team.name',
      'team.kind',
      'team.calendarId',
      'team.version',
      members.as('members'),
      sql<string>`lower(team.name)`.as('sortKey'),
    ])
}

type TeamRow = Awaited<ReturnType<ReturnType<typeof teams>['executeTakeFirstOrThrow']>>

function teamOf({ id, name, kind, members: of, calendarId, version }: TeamRow): Team {
  return { id, name, kind: kind as Team['kind'], members: of, calendarId, version }
}

/** By name. */
export async function listTeams(
  db: Db,
  {
    q,
    limit,
    cursor,
  }: { readonly q?: string | undefined; readonly limit: number; readonly cursor?: string | undefined },
): Promise<{ items: Team[]; nextCursor: string | null }> {
  const after = keyOf(cursor, ['string', 'string'])
  const rows = await teams(db)
    .$if(q !== undefined && q !== '', (query) => query.where('team.name', 'ilike', containing(q!)))
    .$if(after !== undefined, (query) =>
      query.where(sql<boolean>`(lower(team.name), team.id::text) > (${after![0]}, ${after![1]})`),
    )
    .orderBy(sql`lower(team.name)`)
    .orderBy(sql`team.id::text`)
    .limit(limit + 1)
    .execute()
  const { items, nextCursor } = pageFrom(rows, limit, ({ sortKey, id }) => [sortKey, id])
  return { items: items.map(teamOf), nextCursor }
}

/** The team of that id or, in any case of letters, name; for other modules. Only the provider's people may ask. */
export async function requireTeam(db: Db, idOrName: string): Promise<{ id: string; name: string }> {
  const row = await db
    .selectFrom('team')
    .select(['team.id', 'team.name'])
    .where((where) =>
      looksLikeId(idOrName)
        ? where('team.id', '=', idOrName.toLowerCase())
        : where(sql`lower(team.name)`, '=', idOrName.trim().toLowerCase()),
    )
    .executeTakeFirst()
  if (!row) throw notFound('team.not-found', { team: idOrName })
  return row
}

/** A team with its members. */
export async function readTeam(db: Db, id: string): Promise<Team> {
  const row = await teams(db).where('team.id', '=', id).executeTakeFirst()
  if (!row) throw notFound('team.not-found', { team: id })
  return teamOf(row)
}

/** Reads a team and locks it; fails when it is not at `version` any more. */
export async function lockTeam(db: Db, id: string, version: number): Promise<Team> {
  const row = await db.selectFrom('team').select('version').where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw notFound('team.not-found', { team: id })
  if (row.version !== version) throw new Failure('moved-on', 'request.moved-on')
  return readTeam(db, id)
}

export async function insertTeam(db: Db, row: Insertable<DB['team']>): Promise<void> {
  await db.insertInto('team').values(row).execute()
}

export async function updateTeam(db: Db, id: string, change: Updateable<DB['team']>): Promise<void> {
  await db
    .updateTable('team')
    .set((set) => ({ ...change, version: set('version', '+', 1) }))
    .where('id', '=', id)
    .execute()
}

export async function deleteTeam(db: Db, id: string): Promise<void> {
  await db.deleteFrom('team').where('id', '=', id).execute()
}

/** Which of these are the provider's own people. */
export async function ownPeopleAmong(db: Db, ids: readonly string[]): Promise<readonly string[]> {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('person')
    .select('id')
    .where('id', 'in', ids)
    .where('customerId', 'is', null)
    .execute()
  return rows.map(({ id }) => id)
}

export async function replaceMembers(db: Db, teamId: string, of: readonly Member[]): Promise<void> {
  await db.deleteFrom('teamMember').where('teamId', '=', teamId).execute()
  if (of.length === 0) return
  await db
    .insertInto('teamMember')
    .values(of.map(({ id, kind }) => ({ teamId, personId: id, kind })))
    .execute()
}
