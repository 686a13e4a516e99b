import { sql } from 'kysely'
import { notFound } from '#core/failure.ts'
import { barredFromInside } from '#core/may.ts'
import type { Context } from '#platform/context.ts'
import { keyOf, pageFrom } from '#platform/paging.ts'
import type { Approval, ApprovalsQuery } from './api.ts'
import { barredFromDeciding } from './may.ts'

/** So many of the last decisions tell what a step is worth. */
const LATELY = 200

/** Approvals of requests in sight, with what they are about and what was decided of the like lately. */
function approvals({ db, actor }: Pick<Context, 'db' | 'actor'>) {
  const inside = barredFromInside(actor) === null
  const person = (id: ReturnType<typeof sql.ref>) =>
    sql<Approval['person']>`(select json_build_object('id', p.id, 'name', p.name) from person p where p.id = ${id})`
  return db
    .selectFrom('requestApproval as a')
    .innerJoin('request as r', 'r.id', 'a.requestId')
    .innerJoin('customer as c', 'c.id', 'r.customerId')
    .select([
      'a.id',
      'a.level',
      'a.by',
      'a.personId',
      'a.state',
      'a.askedAt',
      'a.decidedAt',
      'a.waitMs',
      'a.note',
      'r.id as requestId',
      'r.number',
      'r.name',
      'r.answers',
      'r.promisedAt',
      'r.priceMinor',
      'r.currency',
      'r.requesterId',
      'r.orderedById',
      'c.id as customerId',
      'c.name as customerName',
      person(sql.ref('a.person_id')).as('person'),
      person(sql.ref('r.requester_id')).as('requester'),
      (inside ? person(sql.ref('a.decided_by')) : sql<null>`null`).as('decidedBy'),
      sql<
        Approval['lately']
      >`(select json_build_object('approved', count(*) filter (where l.state = 'approved'), 'of', count(*))
        from (select o.state from request_approval o where o.item_id = a.item_id and o.level = a.level
          and o.decided_at is not null order by o.decided_at desc limit ${LATELY}) l)`.as('lately'),
    ])
}

type Row = Awaited<ReturnType<ReturnType<typeof approvals>['execute']>>[number]

function viewOf({ actor }: Pick<Context, 'actor'>, row: Row): Approval {
  const { requestId, number, name, answers, promisedAt, priceMinor, currency, customerId, customerName } = row
  const by = row.by as Approval['by']
  const of = [row.requesterId, row.orderedById]
  return {
    id: row.id,
    request: {
      id: requestId,
      number,
      name: name as unknown as Approval['request']['name'],
      customer: { id: customerId, name: customerName },
      requester: row.requester,
      promisedAt,
      price: priceMinor === null || currency === null ? null : { amountMinor: priceMinor, currency },
      answers: answers as unknown as Approval['request']['answers'],
    },
    level: row.level,
    by,
    person: row.person,
    state: row.state as Approval['state'],
    askedAt: row.askedAt,
    decidedAt: row.decidedAt,
    decidedBy: row.decidedBy,
    waitSeconds: row.waitMs === null ? null : Math.round(row.waitMs / 1000),
    note: row.note,
    lately: row.lately,
    mayDecide: row.state === 'waiting' && barredFromDeciding(actor, { by, personId: row.personId, of }) === null,
  }
}

/** A page of them: what waits in the order in which it began to, what was decided the last first. */
export async function listApprovals(
  context: Context,
  { state, decided, mine, item, level, limit, cursor }: ApprovalsQuery,
): Promise<{ items: Approval[]; nextCursor: string | null }> {
  const { actor } = context
  const after = keyOf(cursor, ['moment', 'id'])
  const isDecided = decided === true || state === 'approved' || state === 'rejected'
  const key = isDecided ? sql<string>`a.decided_at` : sql<string>`a.asked_at`
  const isStakeholder = actor.access === 'customer' && actor.roles.has('customer-stakeholder')
  const isManager =
    actor.access !== 'customer' && (actor.roles.has('service-manager') || actor.roles.has('administrator'))
  const rows = await approvals(context)
    .select(sql<string>`${key}::text`.as('sortKey'))
    .where(sql<boolean>`${key} is not null`)
    .$if(state !== undefined, (query) => query.where('a.state', '=', state!))
    .$if(isDecided && state === undefined, (query) => query.where('a.state', 'in', ['approved', 'rejected']))
    .$if(item !== undefined, (query) => query.where('a.itemId', '=', item!))
    .$if(level !== undefined, (query) => query.where('a.level', '=', level!))
    .$if(mine === true, (query) =>
      query
        .where('a.state', '=', 'waiting')
        .where(sql<boolean>`${actor.personId}::uuid not in (r.requester_id, r.ordered_by_id)`)
        .where((where) =>
          where.or([
            where('a.personId', '=', actor.personId),
            where.and([where('a.by', '=', 'customer-stakeholder'), where.val(isStakeholder)]),
            where.and([where('a.by', '=', 'service-manager'), where.val(isManager)]),
          ]),
        ),
    )
    .$if(after !== undefined, (query) =>
      query.where(
        isDecided
          ? sql<boolean>`(${key}, a.id) < (${after?.[0]}::timestamptz, ${after?.[1]}::uuid)`
          : sql<boolean>`(${key}, a.id) > (${after?.[0]}::timestamptz, ${after?.[1]}::uuid)`,
      ),
    )
    .orderBy(key, isDecided ? 'desc' : 'asc')
    .orderBy('a.id', isDecided ? 'desc' : 'asc')
    .limit(limit + 1)
    .execute()
  const { items, nextCursor } = pageFrom(rows, limit, ({ sortKey, id }) => [sortKey, id])
  return { items: items.map((row) => viewOf(context, row)), nextCursor }
}

/** Who is asked about one request, in their order. */
export async function approvalsOf(context: Context, requestId: string): Promise<Approval[]> {
  const rows = await approvals(context).where('a.requestId', '=', requestId).orderBy('a.level').execute()
  return rows.map((row) => viewOf(context, row))
}

export async function approvalOf(context: Context, id: string): Promise<Approval> {
  const row = await approvals(context).where('a.id', '=', id).executeTakeFirst()
  if (row === undefined) throw notFound('request-approval.not-found')
  return viewOf(context, row)
}

/** One of a request. Throws when there is none in sight. */
export async function requireApproval(context: Context, requestId: string, id: string): Promise<Approval> {
  const found = (await approvalsOf(context, requestId)).find((each) => each.id === id)
  if (found === undefined) throw notFound('request-approval.not-found')
  return found
}
