import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import type { Concerned, NewsFact, NewsSource } from '#platform/news.ts'

/** Where a request came to that whoever ordered wants to know of at once. */
const TOLD_STATES: readonly unknown[] = ['rejected', 'delivered', 'cancelled']

/** Whom requests concern: who is to decide, and who ordered once something came of it or somebody wrote. */
export const requestNews: NewsSource = {
  facts: ['request.approval-asked', 'request.comment', 'request.state'],
  concerns: async (context, fact) => {
    if (fact.kind === 'request.approval-asked') return toDecide(context, fact)
    if (fact.visibility !== 'public') return []
    if (fact.kind === 'request.state' && !TOLD_STATES.includes(fact.facts['to'])) return []
    const { rows } = await sql<Concerned>`
      select person_id, 'answered' as kind from request cross join lateral (
        select requester_id as person_id union select ordered_by_id) person
      where request.id = ${fact.subjectId} and person_id is not null`.execute(context.db)
    return rows
  },
}

/** Who may decide what is being asked: whom the rule names, and never who ordered. */
async function toDecide({ db, now }: Context, { subjectId, customerId }: NewsFact): Promise<readonly Concerned[]> {
  const { rows } = await sql<Concerned>`
    select distinct person.id as person_id, 'approval' as kind
    from request_approval a join request r on r.id = a.request_id
    join person on case a.by when 'person' then person.id = a.person_id else exists (
      select from role_assignment role where role.person_id = person.id and role.role = a.by
        and role.valid_from <= ${now} and (role.valid_to is null or role.valid_to > ${now})
        and (role.customer_id is null and a.by = 'service-manager' or role.customer_id = ${customerId})) end
    where a.request_id = ${subjectId} and a.state = 'waiting'
      and person.id is distinct from r.requester_id and person.id is distinct from r.ordered_by_id`.execute(db)
  return rows
}
