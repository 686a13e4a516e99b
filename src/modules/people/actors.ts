import { sql } from 'kysely'
import { languageOf } from '#core/text.ts'
import type { Actor, Context } from '#platform/context.ts'
import { customerIds } from './customer-queries.ts'
import { type Assignment, isForEveryCustomer, reachedBy } from './role.ts'

/**
 * People as they would ask now: what roles in force let them see. For what the program does for somebody who does not ask
 * themselves; in a transaction of the program, for nobody else reads all roles. Whose account was ended is left out.
 */
export async function actorsOf(
  { db, now }: Pick<Context, 'db' | 'now'>,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, Actor>> {
  if (personIds.length === 0) return new Map()
  const { rows } = await sql<{
    readonly id: string
    readonly language: string
    readonly roles: readonly Assignment[]
  }>`
    select person.id, person.language, coalesce((
      select json_agg(json_build_object('personId', held.person_id, 'role', held.role, 'customerId', held.customer_id,
        'siteId', held.site_id, 'serviceId', held.service_id, 'teamId', held.team_id))
      from role_assignment held
      where held.person_id = person.id and held.valid_from <= ${now} and (held.valid_to is null or held.valid_to > ${now})
    ), '[]') as roles
    from person left join account on account.person_id = person.id
    where person.id = any(${personIds}::uuid[]) and account.disabled_at is null`.execute(db)
  const every = rows.some(({ roles }) => roles.some(isForEveryCustomer)) ? await customerIds(db) : []
  return new Map(
    rows.map(({ id, language, roles }) => [
      id,
      { personId: id, ...reachedBy(roles, every), language: languageOf(language) },
    ]),
  )
}
