import { sql } from 'kysely'
import { dueAfter } from '#core/calendar.ts'
import { wholeSeconds } from '#core/clock-text.ts'
import { notFound } from '#core/failure.ts'
import { barredFromInside } from '#core/may.ts'
import { requireCustomer } from '#modules/customers'
import type { Context } from '#platform/context.ts'
import { keyOf, pageFrom } from '#platform/paging.ts'
import { looksLikeId, wordQuery } from '#platform/text-search.ts'
import type { Request, RequestEntry, RequestPage, RequestsQuery } from './api.ts'
import { countOf } from './promise.ts'
import { openRequestStates } from './request.ts'
import { shownResult } from './settle.ts'

/** Requests in sight with the names that they refer to. */
function requests({ db }: Pick<Context, 'db'>) {
  const person = (column: 'requester_id' | 'ordered_by_id') =>
    sql<Request['requester']>`(select json_build_object('id', p.id, 'name', p.name) from person p
      where p.id = ${sql.ref(`request.${column}`)})`
  return db
    .selectFrom('request')
    .innerJoin('customer', 'customer.id', 'request.customerId')
    .leftJoin('service', 'service.id', 'request.serviceId')
    .leftJoin('site', 'site.id', 'request.siteId')
    .select([
      'request.id',
      'request.number',
      'request.itemId',
      'request.name',
      'request.state',
      'request.priceMinor',
      'request.currency',
      'request.promisedAt',
      'request.orderedAt',
      'request.deliveredAt',
      'request.closedAt',
      'request.updatedAt',
      'request.version',
      'customer.id as customerId',
      'customer.name as customerName',
      'customer.timeZone',
      'service.id as serviceId',
      'service.name as serviceName',
      'site.id as siteId',
      'site.name as siteName',
      person('requester_id').as('requester'),
      person('ordered_by_id').as('orderedBy'),
      sql<Request['tasks']>`(select json_build_object('done', count(*) filter (where t.state = 'done'), 'of', count(*))
        from request_task t where t.request_id = request.id)`.as('tasks'),
    ])
}

type Row = Awaited<ReturnType<ReturnType<typeof requests>['execute']>>[number]

function requestOf(row: Row): Request {
  const { itemId, name, priceMinor, currency, customerId, customerName, timeZone, serviceId, serviceName } = row
  const { siteId, siteName, state, ...rest } = row
  return {
    id: rest.id,
    number: rest.number,
    item: { id: itemId, name: name as unknown as Request['item']['name'] },
    customer: { id: customerId, name: customerName, timeZone },
    service: serviceId === null ? null : { id: serviceId, name: serviceName ?? '' },
    site: siteId === null ? null : { id: siteId, name: siteName ?? '' },
    requester: rest.requester,
    orderedBy: rest.orderedBy,
    state: state as Request['state'],
    price: priceMinor === null || currency === null ? null : { amountMinor: priceMinor, currency },
    promisedAt: rest.promisedAt,
    tasks: rest.tasks,
    orderedAt: rest.orderedAt,
    deliveredAt: rest.deliveredAt,
    closedAt: rest.closedAt,
    updatedAt: rest.updatedAt,
    version: rest.version,
  }
}

/** A moment's day by the customer's calendar. */
const dayOf = (moment: string) =>
  sql`(${sql.ref(moment)} at time zone (select time_zone from customer where id = request.customer_id))::date`
const deliveredDay = dayOf('request.delivered_at')

/** What has no promise is last. */
const LAST = '9999-12-31T00:00:00Z'

/** A page of them. */
export async function listRequests(
  context: Context,
  {
    q,
    customer,
    state,
    item,
    fulfilment,
    deliveredFrom,
    deliveredTo,
    requester,
    team,
    field,
    sort,
    limit,
    cursor,
  }: RequestsQuery,
): Promise<{ items: Request[]; nextCursor: string | null }> {
  const { db, actor } = context
  const after = keyOf(cursor, ['moment', 'id'])
  const customerId = customer === undefined ? null : (await requireCustomer(db, customer)).id
  const wanted = q === undefined ? undefined : wordQuery(q)
  if (wanted === null) return { items: [], nextCursor: null }
  const byPromise = sort === 'promisedAt'
  const key = byPromise
    ? sql<string>`coalesce(request.promised_at, ${LAST}::timestamptz)`
    : sql<string>`request.updated_at`
  const states = state === undefined ? null : state === 'open' ? openRequestStates : null
  const rows = await requests(context)
    .select(sql<string>`${key}::text`.as('sortKey'))
    .$if(customerId !== null, (query) => query.where('request.customerId', '=', customerId!))
    .$if(states !== null, (query) => query.where('request.state', 'in', states!))
    .$if(state === 'over', (query) =>
      query.where('request.state', 'in', ['confirmed', 'closed', 'rejected', 'cancelled']),
    )
    .$if(state !== undefined && state !== 'open' && state !== 'over', (query) =>
      query.where('request.state', '=', state!),
    )
    .$if(item !== undefined, (query) => query.where('request.itemId', '=', item!))
    // As figures say, also of what was taken up again after its month was locked.
    .$if(fulfilment !== undefined, (query) =>
      query.where(sql<boolean>`exists (select from delivery_told t where t.request_id = request.id
        and ${fulfilment === 'excluded' ? sql`t.excluded` : sql`t.fulfilment_met = ${fulfilment === 'met'} and not t.excluded`} and t.attainment_bp is not null
        ${deliveredFrom === undefined ? sql`` : sql`and ${dayOf('t.delivered_at')} >= ${deliveredFrom}::date`}
        ${deliveredTo === undefined ? sql`` : sql`and ${dayOf('t.delivered_at')} < ${deliveredTo}::date`})`),
    )
    .$if(fulfilment === undefined && deliveredFrom !== undefined, (query) =>
      query.where(sql<boolean>`${deliveredDay} >= ${deliveredFrom!}::date`),
    )
    .$if(fulfilment === undefined && deliveredTo !== undefined, (query) =>
      query.where(sql<boolean>`${deliveredDay} < ${deliveredTo!}::date`),
    )
    // A draft is its writer's own affair.
    .where((where) =>
      where.or([where('request.state', '<>', 'draft'), where('request.orderedById', '=', actor.personId)]),
    )
    .$if(requester === 'me', (query) =>
      query.where((where) =>
        where.or([
          where('request.requesterId', '=', actor.personId),
          where('request.orderedById', '=', actor.personId),
        ]),
      ),
    )
    .$if(team !== undefined && barredFromInside(actor) === null, (query) =>
      query.where(sql<boolean>`${team!}::uuid = any(request.team_ids)`),
    )
    .$if(field !== undefined, (query) =>
      query.where(sql<boolean>`request.answers @> ${JSON.stringify([{ key: field }])}::jsonb`),
    )
    .$if(wanted !== undefined, (query) => query.where(sql<boolean>`request.search @@ to_tsquery('simple', ${wanted!})`))
    .$if(after !== undefined, (query) =>
      query.where(
        byPromise
          ? sql<boolean>`(${key}, request.id) > (${after?.[0]}::timestamptz, ${after?.[1]}::uuid)`
          : sql<boolean>`(${key}, request.id) < (${after?.[0]}::timestamptz, ${after?.[1]}::uuid)`,
      ),
    )
    .orderBy(key, byPromise ? 'asc' : 'desc')
    .orderBy('request.id', byPromise ? 'asc' : 'desc')
    .limit(limit + 1)
    .execute()
  const { items, nextCursor } = pageFrom(rows, limit, ({ sortKey, id }) => [sortKey, id])
  return { items: items.map(requestOf), nextCursor }
}

/** One with its answers and its promise. Throws when there is none in sight. */
export async function getRequest(context: Context, idOrNumber: string): Promise<RequestPage> {
  const { db, now, actor } = context
  const row = await requests(context)
    .select([
      'request.answers',
      'request.agreementVersionId',
      'request.calendarVersionId',
      'request.targetSeconds',
      'request.targetDays',
      'request.targetEnd',
      'request.orderedById',
      'request.fulfilment',
    ])
    .where((where) =>
      looksLikeId(idOrNumber)
        ? where('request.id', '=', idOrNumber)
        : where('request.number', '=', idOrNumber.trim().toUpperCase()),
    )
    .executeTakeFirst()
  if (row === undefined || (row.state === 'draft' && row.orderedById !== actor.personId && actor.access !== 'system')) {
    throw notFound('request.not-found', { request: idOrNumber })
  }
  const view = { ...requestOf(row), answers: row.answers as unknown as RequestPage['answers'] }
  const counted = row.state === 'draft' ? null : await countOf(db, row, now)
  if (counted === null) return { ...view, promise: null }
  const { result } = shownResult(row.fulfilment, counted)
  const waits = result.state === 'paused'
  const expected = waits ? dueAfter(counted.open, now.getTime(), Math.max(result.targetMs - result.elapsedMs, 0)) : null
  return {
    ...view,
    promise: {
      state: result.state,
      targetSeconds: result.targetMs / 1000,
      elapsedSeconds: wholeSeconds(result.elapsedMs),
      dueAt: result.dueAt === null ? null : new Date(result.dueAt),
      expectedAt: expected === null ? null : new Date(expected),
    },
  }
}

/** Facts of a request, the oldest first. */
export async function readTimeline(
  { db, actor }: Context,
  requestId: string,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<{ items: RequestEntry[]; nextCursor: string | null }> {
  const after = keyOf(cursor, ['moment', 'number', 'id'])
  const rows = await db
    .selectFrom('history')
    .select(['history.id', 'history.kind', 'history.occurredAt', 'history.facts', 'history.visibility'])
    .select(['history.sequence', sql<string>`history.occurred_at::text`.as('key')])
    .$if(barredFromInside(actor) === null, (query) =>
      query.leftJoin('person', 'person.id', 'history.actorId').select('person.name as actor'),
    )
    .where('history.subjectId', '=', requestId)
    .where('history.subjectType', '=', 'request')
    .$if(after !== undefined, (query) =>
      query.where(
        sql<boolean>`(history.occurred_at, history.sequence, history.id) > (${after![0]}::timestamptz, ${after![1]}, ${after![2]}::uuid)`,
      ),
    )
    .orderBy('history.occurredAt')
    .orderBy('history.sequence')
    .orderBy('history.id')
    .limit(limit + 1)
    .execute()
  const { items, nextCursor } = pageFrom(rows, limit, ({ key, sequence, id }) => [key, sequence, id])
  return {
    items: items.map(({ id, kind, occurredAt, visibility, facts, actor: who }) => ({
      id,
      kind,
      occurredAt,
      actor: who ?? null,
      visibility: visibility as RequestEntry['visibility'],
      facts: facts as Record<string, unknown>,
    })),
    nextCursor,
  }
}

/** Whether whoever asks sees a request that was ordered. */
export async function seesRequest(db: Context['db'], id: string): Promise<boolean> {
  const row = await db
    .selectFrom('request')
    .select('id')
    .where('id', '=', id)
    .where('state', '<>', 'draft')
    .executeTakeFirst()
  return row !== undefined
}

/** A request's own columns, locked until the transaction ends. */
export async function lockRequest({ db }: Pick<Context, 'db'>, id: string) {
  const row = await db.selectFrom('request').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (row === undefined) throw notFound('request.not-found', { request: id })
  return row
}
export type Kept = Awaited<ReturnType<typeof lockRequest>>
