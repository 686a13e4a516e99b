import { sql } from 'kysely'
import { Failure, invalid, notFound } from '#core/failure.ts'
import { barredFromManaging, barredFromWorking, require } from '#core/may.ts'
import type { Context } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import type { AssignmentProfile, ProfileChange } from './api.ts'

/**
 * What giving people of ours work takes to know of them, by name; of one, or of all who are in a team. Of those alone whose
 * profile whoever asks keeps: their own, of a team that they lead, or as a manager for all customers.
 */
async function profiles({ db }: Context, personId: string | null): Promise<AssignmentProfile[]> {
  const { rows } = await sql<Omit<AssignmentProfile, 'person'> & { readonly id: string; readonly name: string }>`
    select person.id, person.name,
      coalesce((select json_agg(team.name order by lower(team.name)) from team_member member
        join team on team.id = member.team_id where member.person_id = person.id), '[]') as teams,
      coalesce(profile.skills, '{}') as skills, profile.absent_from::text as "absentFrom",
      profile.absent_to::text as "absentTo", coalesce(profile.version, 0) as version
    from person left join assignment_profile profile on profile.person_id = person.id
    where person.customer_id is null and keeps_profile_of(person.id) and case when ${personId}::uuid is null
      then exists (select from team_member member where member.person_id = person.id)
      else person.id = ${personId} end
    order by lower(person.name), person.id limit 1000`.execute(db)
  return rows.map(({ id, name, ...rest }) => ({ ...rest, person: { id, name } }))
}

export async function listProfiles(context: Context): Promise<AssignmentProfile[]> {
  require(barredFromWorking(context.actor))
  return profiles(context, null)
}

/** Says what somebody knows and when they are not there: who manages, who leads a team of theirs, or they themselves. */
export async function setProfile(
  context: Context,
  personId: string,
  version: number,
  { skills, absentFrom, absentTo }: ProfileChange,
): Promise<AssignmentProfile> {
  const { actor, db } = context
  const leads = actor.roles.has('resolver-lead')
  require(actor.personId === personId || leads ? barredFromWorking(actor) : barredFromManaging(actor))
  if ((absentFrom === null) !== (absentTo === null) || (absentFrom !== null && absentTo! < absentFrom)) {
    throw invalid('rule.absence', {}, { errors: [{ path: 'absentTo', message: '' }] })
  }
  const [before] = await profiles(context, personId)
  if (before === undefined) throw notFound('person.not-found')
  const known = [...new Map(skills.map((skill) => [skill.toLowerCase(), skill])).values()]
  const row = { skills: known, absentFrom, absentTo, version: version + 1 }
  const { numInsertedOrUpdatedRows: written } = await db
    .insertInto('assignmentProfile')
    .values({ personId, ...row })
    .onConflict((conflict) =>
      conflict.column('personId').doUpdateSet(row).where('assignmentProfile.version', '=', version),
    )
    .executeTakeFirst()
  if (written !== 1n) throw new Failure('moved-on', 'request.moved-on')
  await audit(context, { action: 'assignment-profile.set', subjectType: 'person', subjectId: personId })
  return (await profiles(context, personId))[0]!
}
