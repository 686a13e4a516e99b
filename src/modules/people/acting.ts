import { sql } from 'kysely'
import { languageOf } from '#core/text.ts'
import type { Actor, Context } from '#platform/context.ts'
import { type Assignment, isForEveryCustomer, reachedBy } from './role.ts'

/**
 * What somebody reaches now by their roles, for what goes on in their name while they are away. Null for whoever there is
 * not, and for whoever may not sign in any more. To be asked by the program.
 */
export async function actorOf({ db, now }: Pick<Context, 'db' | 'now'>, personId: string): Promise<Actor | null> {
  const { rows } = await sql<{ readonly language: string; readonly roles: readonly Assignment[] }>`
    select person.language, coalesce((
      select json_agg(json_build_object('personId', person_id, 'role', role, 'customerId', customer_id,
        'siteId', site_id, 'serviceId', service_id, 'teamId', team_id))
      from role_assignment r
      where r.person_id = person.id and r.valid_from <= ${now} and (r.valid_to is null or r.valid_to > ${now})
    ), '[]') as roles
    from person where person.id = ${personId}
      and not exists (select from account where account.person_id = person.id and account.disabled_at is not null)`.execute(
    db,
  )
  const [row] = rows
  if (row === undefined) return null
  const every = row.roles.some(isForEveryCustomer) ? await db.selectFrom('customer').select('id').execute() : []
  const reached = reachedBy(
    row.roles,
    every.map(({ id }) => id),
  )
  return { personId, ...reached, language: languageOf(row.language) }
}
