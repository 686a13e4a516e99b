import { refused } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { require } from '#core/may.ts'
import { explaining } from '#platform/constraint.ts'
import type { Context } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import type { NewTeam, Team, TeamChange } from './api-people.ts'
import { barredFromKeepingTeams } from './may.ts'
import { calendarIdOf } from './hours.ts'
import { asProgram } from './program.ts'
import {
  deleteTeam,
  insertTeam,
  lockTeam,
  type Member,
  ownPeopleAmong,
  replaceMembers,
  readTeam,
  updateTeam,
} from './team-queries.ts'

const meanings = { team_name_key: 'team.name-taken' } as const

export async function addTeam(context: Context, { name, kind, members, calendar }: NewTeam): Promise<Team> {
  require(barredFromKeepingTeams(context.actor))
  const { db, now } = context
  const id = newId(now.getTime())
  const calendarId = (await calendarIdOf(db, null, calendar)) ?? null
  await explaining(meanings, { name }, () => insertTeam(db, { id, name, kind, calendarId, createdAt: now }))
  await setMembers(context, id, members)
  await audit(context, { action: 'team.added', subjectType: 'team', subjectId: id, facts: { name, kind, members } })
  return readTeam(db, id)
}

export async function changeTeam(context: Context, id: string, version: number, change: TeamChange): Promise<Team> {
  require(barredFromKeepingTeams(context.actor))
  const { db } = context
  const { name, kind, members, calendar } = change
  const before = await lockTeam(db, id, version)
  const calendarId = await calendarIdOf(db, null, calendar)
  await explaining(meanings, { name }, () =>
    updateTeam(db, id, {
      ...(name !== undefined && { name }),
      ...(kind !== undefined && { kind }),
      ...(calendarId !== undefined && { calendarId }),
    }),
  )
  if (members !== undefined) await setMembers(context, id, members)
  await audit(context, { action: 'team.changed', subjectType: 'team', subjectId: id, facts: { before, change } })
  return readTeam(db, id)
}

/** `DELETE /teams/:id`: what was a mistake. A team that something names stays, so that what happened can be read. */
export async function removeTeam(context: Context, id: string): Promise<null> {
  require(barredFromKeepingTeams(context.actor))
  await asProgram(context, 'read write', async (program) => {
    const { name } = await readTeam(program.db, id)
    const inUse = { incident_team_id_fkey: 'team.in-use', role_assignment_team_id_fkey: 'team.in-use' } as const
    await explaining(inUse, { name }, () => deleteTeam(program.db, id))
    await audit(program, { action: 'team.removed', subjectType: 'team', subjectId: id, facts: { name } })
  })
  return null
}

/** Members are the provider's own people: a customer's people are not the provider's to assign. */
async function setMembers({ db }: Context, teamId: string, members: readonly Member[]): Promise<void> {
  const kinds = new Map(members.map(({ id, kind }) => [id, kind]))
  const known = await ownPeopleAmong(db, [...kinds.keys()])
  if (known.length < kinds.size) throw refused('team.member-not-ours')
  await replaceMembers(
    db,
    teamId,
    [...kinds].map(([id, kind]) => ({ id, kind })),
  )
}
