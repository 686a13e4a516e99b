import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import type { Concerned, NewsFact, NewsSource } from '#platform/news.ts'

/** Where a request came to that whoever ordered wants to know of at once. */
const TOLD_STATES: readonly unknown[] = ['rejected', 'delivered', 'cancelled']

/** Less of the time used up is no reason to call anybody. */
const AT_RISK_FROM_PERCENT = 75

/**
 * Whom requests concern: who is to decide, who ordered once something came of it or somebody wrote, and who has the work in
 * hand while its promise is at risk or missed.
 */
export const requestNews: NewsSource = {
  facts: ['request.approval-asked', 'request.at-risk', 'request.breached', 'request.comment', 'request.state'],
  concerns: async (context, fact) => {
    if (fact.kind === 'request.approval-asked') return toDecide(context, fact)
    if (fact.kind === 'request.breached') return inHand(context, fact, 'clock-missed')
    if (fact.kind === 'request.at-risk') {
      return Number(fact.facts['percent']) < AT_RISK_FROM_PERCENT ? [] : inHand(context, fact, 'clock-at-risk')
    }
    if (fact.visibility !== 'public') return []
    if (fact.kind === 'request.state' && !TOLD_STATES.includes(fact.facts['to'])) return []
    const { rows } = await sql<Concerned>`
      select person_id, 'answered' as kind from request cross join lateral (
        select requester_id as person_id union select ordered_by_id) person
      where request.id = ${fact.subjectId} and person_id is not null`.execute(context.db)
    return rows
  },
}

/** Who has a task of it, the team of one that nobody has; while ours decide, whoever is to. */
async function inHand(context: Context, fact: NewsFact, kind: string): Promise<readonly Concerned[]> {
  const { rows } = await sql<{ readonly personId: string }>`
    select t.assignee_id as person_id from request_task t
    where t.request_id = ${fact.subjectId} and t.state in ('open', 'started', 'failed') and t.assignee_id is not null
    union
    select m.person_id from request_task t join team_member m on m.team_id = t.team_id
    where t.request_id = ${fact.subjectId} and t.state in ('open', 'started', 'failed') and t.assignee_id is null`.execute(
    context.db,
  )
  const people = rows.length > 0 ? rows : await toDecide(context, fact)
  return people.map(({ personId }) => ({ personId, kind }))
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
