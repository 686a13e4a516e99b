import { sql } from 'kysely'
import type { TodayItem } from '#api/today'
import { barredFromInside, barredFromManaging } from '#core/may.ts'
import { ofCustomer, type WaitsFor } from '#platform/waiting.ts'
import { localDay } from './queries.ts'

/** So many of each kind are listed. */
const AT_MOST = 12

type Waiting<Kind extends TodayItem['kind']> = Omit<Extract<TodayItem, { readonly kind: Kind }>, 'kind' | 'stake'>

/**
 * Actions that wait for whoever asks: their own that are late or due today; those they made for somebody outside who is
 * late; those they made that somebody says are done, for who manages also those that their owners made themselves. And decisions that they see to, wanted or to be looked at again.
 */
export const actionWaits: WaitsFor<TodayItem> = async ({ db, actor, now }, scope) => {
  const me = actor.personId
  if (barredFromInside(actor) !== null || me === null) return []
  const today = localDay(now)
  const manages = barredFromManaging(actor) === null
  const [actions, decisions] = [
    await sql<Waiting<'action'>>`
      select waiting.* from (
        select action.id, action.text, customer.name as customer, action.redated,
          action.due::timestamp at time zone coalesce(customer.time_zone, 'UTC') as at,
          case
            when action.state = 'done-claimed' and action.made_by = ${me} and action.owner_id is distinct from ${me}
              then 'verify'
            when action.state = 'done-claimed' and action.made_by = action.owner_id and action.owner_id <> ${me} and ${manages}
              then 'verify'
            when action.state = 'done-claimed' then null
            when action.owner_id = ${me} and action.due < ${today} then 'late'
            when action.owner_id = ${me} and action.due = ${today} then 'due'
            when action.made_by = ${me} and action.owner_side <> 'provider' and action.due < ${today} then 'late-outside'
          end as why
        from action left join customer on customer.id = action.customer_id
        where action.closed_at is null and ${ofCustomer(scope, 'action.customer_id')}
      ) waiting where why is not null order by at, id limit ${AT_MOST}`.execute(db),
    await sql<Waiting<'decision'>>`
      select waiting.* from (
        select decision.id, decision.question, customer.name as customer,
          (case decision.state when 'wanted' then decision.needed_by else decision.review_on end)::timestamp at time zone coalesce(customer.time_zone, 'UTC') as at,
          case when decision.state = 'wanted' and decision.needed_by <= ${today} then 'wanted'
            when decision.state = 'decided' and decision.review_on <= ${today} then 'review' end as why
        from decision left join customer on customer.id = decision.customer_id
        where decision.state in ('wanted', 'decided') and decision.owner_id = ${me}
          and ${ofCustomer(scope, 'decision.customer_id')}
      ) waiting where why is not null order by at, id limit ${AT_MOST}`.execute(db),
  ]
  return [
    ...actions.rows.map((row) => ({ ...row, kind: 'action' as const, stake: stakeOf(row.why) })),
    ...decisions.rows.map((row) => ({ ...row, kind: 'decision' as const, stake: 'people' as const })),
  ]
}

/** What was said for a day is a promise; that somebody waits to hear that it is well done is not. */
function stakeOf(why: Waiting<'action'>['why']) {
  return why === 'verify' ? ('people' as const) : ('promise' as const)
}
