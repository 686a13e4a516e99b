import { type RawBuilder, sql } from 'kysely'
import { notFound } from '#core/failure.ts'
import { barredFromInside } from '#core/may.ts'
import { requireCustomer } from '#modules/customers'
import type { Context } from '#platform/context.ts'
import { keyOf, pageFrom } from '#platform/paging.ts'
import type { Action, ActionInFull, ActionsQuery } from './api.ts'
import { insideColumns, madeFrom, originColumns, withOrigin } from './origin.ts'

/** So many of the last days' actions are looked at for how many were on time. */
const ON_TIME_DAYS = 90
/** As much of what happened is told. */
const LOG = 200

/** The local day where the customer is; of the provider's own by Greenwich. Needs `action` joined with `customer`. */
export function localDay(now: Date): RawBuilder<string> {
  return sql<string>`(${now}::timestamptz at time zone coalesce(customer.time_zone, 'UTC'))::date`
}

/** Its day has ended, and nobody says that it is done. */
const late = (now: Date) => sql<boolean>`(action.state in ('open', 'in-progress') and action.due < ${localDay(now)})`

/** Its first day is over, within the last days that are looked at, and somebody owed it. */
const owed = (now: Date) => sql<boolean>`(action.state <> 'cancelled' and action.first_due < ${now}::date
  and action.first_due >= ${now}::date - ${ON_TIME_DAYS}::int)`

/** Verified by the day that was said first, where the customer is. */
const kept = sql<boolean>`coalesce(
  (action.verified_at at time zone coalesce(customer.time_zone, 'UTC'))::date <= action.first_due, false)`

/** Actions with the names they refer to. What is not for a customer's eyes is null to them. */
function actions({ db, actor, now }: Context) {
  const inside = barredFromInside(actor) === null
  const person = (column: string) =>
    sql<Action['owner']>`(select json_build_object('id', p.id, 'name', p.name) from person p
      where p.id = ${sql.ref(`action.${column}`)})`
  const own = insideColumns('action', inside)
  return db
    .selectFrom('action')
    .leftJoin('customer', 'customer.id', 'action.customerId')
    .select(['action.id', 'action.text', 'action.ownerName', 'action.ownerSide', 'action.redated', 'action.priority'])
    .select(['action.state', 'action.shared', 'action.madeAt', 'action.doneAt', 'action.verifiedAt'])
    .select(['action.closedAt', 'action.version', 'customer.id as customerId', 'customer.name as customerName'])
    .select([
      sql<string>`action.due::text`.as('due'),
      sql<string>`action.first_due::text`.as('firstDue'),
      late(now).as('overdue'),
      inside
        ? person('owner_id').as('owner')
        : sql<Action['owner']>`case when action.owner_side = 'customer' then ${person('owner_id')} end`.as('owner'),
      inside
        ? sql<Action['forum']>`(select json_build_object('id', f.id, 'name', f.name) from forum f
            where f.id = action.forum_id)`.as('forum')
        : sql<null>`null`.as('forum'),
      own('evidence').as('evidence'),
      own('cancel_reason').as('cancelReason'),
      ...originColumns(own),
      inside ? person('made_by').as('madeBy') : sql<null>`null`.as('madeBy'),
      inside ? person('verified_by').as('verifiedBy') : sql<null>`null`.as('verifiedBy'),
    ])
}

type Row = Awaited<ReturnType<ReturnType<typeof actions>['execute']>>[number]

const actionOf = (row: Row): Action => withOrigin(row) as Action

const shown = (now: Date): Readonly<Record<ActionsQuery['show'], RawBuilder<boolean>>> => ({
  open: sql`action.closed_at is null`,
  overdue: late(now),
  'to-verify': sql`action.state = 'done-claimed'`,
  redated: sql`(action.closed_at is null and action.redated > 0)`,
  over: sql`action.closed_at is not null`,
  'on-time': sql`(${owed(now)} and ${kept})`,
  'not-on-time': sql`(${owed(now)} and not ${kept})`,
})

/** `GET /actions`. */
export async function listActions(
  context: Context,
  { customer, show, whose, origin, forum, until, limit, cursor }: ActionsQuery,
): Promise<{ items: Action[]; nextCursor: string | null }> {
  const { db, actor, now } = context
  // What something was made from and where it is followed is inside.
  if ((origin ?? forum) !== undefined && barredFromInside(actor) !== null) return { items: [], nextCursor: null }
  const customerId = customer === undefined ? null : (await requireCustomer(db, customer)).id
  const over = show === 'over'
  const after = keyOf(cursor, over ? ['moment', 'id'] : ['string', 'id'])
  const [key, beyond] = over
    ? [
        sql<string>`action.closed_at::text`,
        sql<boolean>`(action.closed_at, action.id) < (${after?.[0]}::timestamptz, ${after?.[1]}::uuid)`,
      ]
    : [
        sql<string>`action.due::text`,
        sql<boolean>`(action.due::text, action.id) > (${after?.[0]}::text, ${after?.[1]}::uuid)`,
      ]
  const rows = await actions(context)
    .select(key.as('sortKey'))
    .where(origin === undefined ? shown(now)[show] : sql<boolean>`true`)
    .where(madeFrom('action', origin))
    .$if(customerId !== null, (query) => query.where('action.customerId', '=', customerId!))
    .$if(forum !== undefined, (query) => query.where('action.forumId', '=', forum!))
    .$if(until !== undefined, (query) => query.where(sql<boolean>`action.due <= ${until}::date`))
    .$if(whose === 'mine', (query) => query.where('action.ownerId', '=', actor.personId))
    .$if(after !== undefined, (query) => query.where(beyond))
    .orderBy(over ? sql`action.closed_at desc` : sql`action.due::text`)
    .orderBy('action.id', over ? 'desc' : 'asc')
    .limit(limit + 1)
    .execute()
  const page = pageFrom(rows, limit, ({ sortKey, id }) => [sortKey, id])
  return { items: page.items.map(actionOf), nextCursor: page.nextCursor }
}

/** One of them. Throws when there is none in sight. */
export async function readAction(context: Context, id: string): Promise<Action> {
  const row = await actions(context).where('action.id', '=', id).executeTakeFirst()
  if (row === undefined) throw notFound('action.not-found')
  return actionOf(row)
}

/** `GET /actions/:id`. */
export async function readActionInFull(context: Context, id: string): Promise<ActionInFull> {
  const action = await readAction(context, id)
  if (barredFromInside(context.actor) !== null) return { ...action, log: [] }
  const rows = await context.db
    .selectFrom('history')
    .select(['history.id', 'history.kind', 'history.facts', 'history.occurredAt as at'])
    .select(
      sql<Action['owner']>`(select json_build_object('id', p.id, 'name', p.name) from person p
        where p.id = history.actor_id)`.as('by'),
    )
    .where('history.subjectId', '=', id)
    .where('history.subjectType', '=', 'action')
    // That its day came is no act of anybody.
    .where('history.kind', 'not in', ['action.due', 'action.late'])
    .orderBy('history.occurredAt', 'desc')
    .orderBy('history.id', 'desc')
    .limit(LOG)
    .execute()
  const log = rows.map(({ kind, facts, ...row }) => ({
    ...row,
    kind: kind.slice('action.'.length) as ActionInFull['log'][number]['kind'],
    facts: facts as Record<string, unknown>,
  }))
  return { ...action, log }
}

/** `GET /reports/actions`. Cancelled ones count in no share: nobody owes them. */
export async function reportActions({ db, now }: Context, { customer }: { readonly customer?: string | undefined }) {
  const customerId = customer === undefined ? null : (await requireCustomer(db, customer)).id
  const { rows } = await sql<{
    readonly open: number
    readonly overdue: number
    readonly toVerify: number
    readonly redated: number
    readonly kept: number
    readonly owed: number
  }>`
    select count(*) filter (where action.closed_at is null)::int as open,
      count(*) filter (where ${late(now)})::int as overdue,
      count(*) filter (where state = 'done-claimed')::int as "toVerify",
      count(*) filter (where closed_at is null and redated > 0)::int as redated,
      count(*) filter (where ${owed(now)})::int as owed,
      count(*) filter (where ${owed(now)} and ${kept})::int as kept
    from action left join customer on customer.id = action.customer_id
    where ${customerId === null ? sql`true` : sql`action.customer_id = ${customerId}`}`.execute(db)
  const { kept: numerator, owed: denominator, ...counts } = rows[0]!
  return { ...counts, onTime: denominator === 0 ? null : { numerator, denominator } }
}
