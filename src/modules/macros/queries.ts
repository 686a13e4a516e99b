import { sql } from 'kysely'
import type { Context, Db } from '#platform/context.ts'
import type { Macro, TextTemplate } from './api.ts'

/** Those that somebody may use: their own, those of their teams, and everybody's. */
function usableBy(table: 'text_template' | 'macro', personId: string | null) {
  const own = sql.ref(`${table}.owner_id`)
  const team = sql.ref(`${table}.team_id`)
  return sql<boolean>`((${own} is null and ${team} is null) or ${own} = ${personId}
    or exists (select from team_member m where m.team_id = ${team} and m.person_id = ${personId}))`
}

function scopeOf({ ownerId, teamId }: { readonly ownerId: string | null; readonly teamId: string | null }) {
  return ownerId !== null ? 'mine' : teamId !== null ? 'team' : 'everybody'
}

function pair(id: string | null, name: string | null) {
  return id === null || name === null ? null : { id, name }
}

/** Words to use again, by name. Whoever administers sees those of all teams. */
export async function listTemplates({ db, actor }: Pick<Context, 'db' | 'actor'>): Promise<TextTemplate[]> {
  const rows = await db
    .selectFrom('textTemplate')
    .leftJoin('customer', 'customer.id', 'textTemplate.customerId')
    .leftJoin('team', 'team.id', 'textTemplate.teamId')
    .select([
      'textTemplate.id',
      'textTemplate.name',
      'textTemplate.ownerId',
      'textTemplate.teamId',
      'textTemplate.language',
      'textTemplate.text',
      'textTemplate.version',
      'customer.id as customerId',
      'customer.name as customerName',
      'team.name as teamName',
    ])
    .where(usableBy('text_template', actor.personId))
    .orderBy(sql`lower(text_template.name)`)
    .orderBy('textTemplate.id')
    .execute()
  return rows.map(({ ownerId, teamId, customerId, customerName, teamName, language, ...row }) => ({
    ...row,
    language: language as TextTemplate['language'],
    scope: scopeOf({ ownerId, teamId }),
    customer: pair(customerId, customerName),
    team: pair(teamId, teamName),
  }))
}

/** Macros, by name. */
export async function listMacros({ db, actor }: Pick<Context, 'db' | 'actor'>): Promise<Macro[]> {
  const rows = await db
    .selectFrom('macro')
    .leftJoin('customer', 'customer.id', 'macro.customerId')
    .leftJoin('team', 'team.id', 'macro.teamId')
    .leftJoin('team as toTeam', 'toTeam.id', 'macro.toTeamId')
    .select([
      'macro.id',
      'macro.name',
      'macro.ownerId',
      'macro.teamId',
      'macro.text',
      'macro.visibility',
      'macro.toState',
      'macro.reason',
      'macro.resolutionCode',
      'macro.category',
      'macro.takes',
      'macro.version',
      'customer.id as customerId',
      'customer.name as customerName',
      'team.name as teamName',
      'toTeam.id as toTeamId',
      'toTeam.name as toTeamName',
    ])
    .where(usableBy('macro', actor.personId))
    .orderBy(sql`lower(macro.name)`)
    .orderBy('macro.id')
    .execute()
  return rows.map(({ ownerId, teamId, customerId, customerName, teamName, toTeamId, toTeamName, ...row }) => ({
    ...(row as Pick<
      Macro,
      'id' | 'name' | 'text' | 'visibility' | 'toState' | 'reason' | 'resolutionCode' | 'category' | 'takes' | 'version'
    >),
    scope: scopeOf({ ownerId, teamId }),
    customer: pair(customerId, customerName),
    team: pair(teamId, teamName),
    toTeam: pair(toTeamId, toTeamName),
  }))
}

/** Whether somebody is in a team. */
export async function isMember(db: Db, teamId: string, personId: string | null): Promise<boolean> {
  if (personId === null) return false
  const row = await db
    .selectFrom('teamMember')
    .select('teamId')
    .where('teamId', '=', teamId)
    .where('personId', '=', personId)
    .executeTakeFirst()
  return row !== undefined
}

/** How somebody signs what they write. */
export async function nameOf(db: Db, personId: string | null): Promise<string> {
  if (personId === null) return ''
  const row = await db.selectFrom('person').select('name').where('id', '=', personId).executeTakeFirst()
  return row?.name ?? ''
}
