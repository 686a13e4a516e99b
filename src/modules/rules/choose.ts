import { sql } from 'kysely'
import { isOpen } from '#core/calendar.ts'
import { type Candidate, whoseTurn } from '#core/rule.ts'
import { barredFromWorking } from '#core/may.ts'
import { actorsSeeing } from '#modules/incidents'
import { actorsOf } from '#modules/people'
import { calendarOpenTime } from '#modules/service-levels'
import type { Actor, Context } from '#platform/context.ts'
import { workspaceOf } from '#platform/workspace.ts'
import type { RuleAct } from './api.ts'
import type { KnownRecord } from './record.ts'
import type { RuleAction } from './shape.ts'

type Choice = Extract<RuleAction, { do: 'choose' }>

type Chosen = { readonly person: string; readonly name: string } | { readonly skipped: NonNullable<RuleAct['skipped']> }

/**
 * Who of a team gets the next thing. Whoever is chosen has had their turn; of two who choose in the same team at the same
 * time the second waits for the first.
 */
export async function chooseIn(
  context: Context,
  { id: incidentId, customerId }: Pick<KnownRecord, 'id' | 'customerId'>,
  { team: teamId, by, skill, openOnly }: Choice & { readonly team: string },
): Promise<Chosen> {
  const { db, now } = context
  if (openOnly && !(await isTeamOpen(context, teamId))) return { skipped: 'closed' }
  await sql`select pg_advisory_xact_lock(hashtext(${workspaceOf(db).lock('assignment')}), hashtext(${teamId}))`.execute(
    db,
  )
  const { rows } = await sql<Candidate & { readonly name: string }>`
    select person.id, person.name, coalesce(profile.skills, '{}') as skills,
      coalesce((${now}::timestamptz at time zone coalesce(person.time_zone, 'UTC'))::date
        between profile.absent_from and profile.absent_to, false) as "isAbsent",
      (select count(*) from incident where incident.assignee_id = person.id
        and incident.state in ('new', 'assigned', 'in-progress', 'on-hold', 'restored'))::int as load,
      date_part('epoch', turn.at) * 1000 as "lastTurn"
    from team_member member
    join person on person.id = member.person_id
    left join assignment_profile profile on profile.person_id = person.id
    left join assignment_turn turn on turn.team_id = member.team_id and turn.person_id = person.id
    where member.team_id = ${teamId}`.execute(db)
  const ids = rows.map(({ id }) => id)
  const [actors, seeing] = [await actorsOf(context, ids), await actorsSeeing(context, incidentId, ids)]
  // Whoever works for the team's part sees it as soon as it is the team's.
  const willSee = (actor: Actor) =>
    (actor.parts ?? []).some(
      (part) =>
        part.customerId === customerId && part.teamId === teamId && part.siteId === null && part.serviceId === null,
    )
  const able = rows.filter(({ id }) => {
    const actor = actors.get(id)
    return actor !== undefined && barredFromWorking(actor) === null && (seeing.has(id) || willSee(actor))
  })
  const person = whoseTurn(able, { by, skill })
  if (person === null) return { skipped: 'nobody' }
  await db
    .insertInto('assignmentTurn')
    .values({ teamId, personId: person, at: now })
    .onConflict((conflict) => conflict.columns(['teamId', 'personId']).doUpdateSet({ at: now }))
    .execute()
  return { person, name: rows.find(({ id }) => id === person)!.name }
}

/** A team without a calendar of its own is always there. */
async function isTeamOpen({ db, now }: Context, teamId: string): Promise<boolean> {
  const team = await db.selectFrom('team').select('calendarId').where('id', '=', teamId).executeTakeFirst()
  if (team === undefined || team.calendarId === null) return true
  return isOpen(await calendarOpenTime(db, team.calendarId), now.getTime())
}
