import { sql } from 'kysely'
import { notFound } from '#core/failure.ts'
import { barredFromInside } from '#core/may.ts'
import { requireCustomer } from '#modules/customers'
import type { Context } from '#platform/context.ts'
import { keyOf, pageFrom } from '#platform/paging.ts'
import type { Decision, DecisionsQuery } from './api.ts'
import { insideColumns, madeFrom, originColumns, withOrigin } from './origin.ts'

/** Decisions with the names they refer to. What is not for a customer's eyes is null to them. */
function decisions({ db, actor }: Context) {
  const inside = barredFromInside(actor) === null
  const own = insideColumns('decision', inside)
  return db
    .selectFrom('decision')
    .leftJoin('customer', 'customer.id', 'decision.customerId')
    .select(['decision.id', 'decision.question', 'decision.options', 'decision.criteria', 'decision.state'])
    .select(['decision.chosen', 'decision.decidedBy', 'decision.outcome', 'decision.shared', 'decision.madeAt'])
    .select(['decision.version', 'customer.id as customerId', 'customer.name as customerName'])
    .select([
      sql<string | null>`decision.needed_by::text`.as('neededBy'),
      sql<string | null>`decision.decided_on::text`.as('decidedOn'),
      sql<string | null>`decision.review_on::text`.as('reviewOn'),
      inside
        ? sql<Decision['owner']>`(select json_build_object('id', p.id, 'name', p.name) from person p
            where p.id = decision.owner_id)`.as('owner')
        : sql<null>`null`.as('owner'),
      own('reason').as('reason'),
      own('dissent').as('dissent'),
      ...originColumns(own),
    ])
}

type Row = Awaited<ReturnType<ReturnType<typeof decisions>['execute']>>[number]

const decisionOf = (row: Row): Decision => withOrigin(row) as Decision

/** `GET /decisions`. */
export async function listDecisions(
  context: Context,
  { customer, state, origin, limit, cursor }: DecisionsQuery,
): Promise<{ items: Decision[]; nextCursor: string | null }> {
  const { db, actor } = context
  if (origin !== undefined && barredFromInside(actor) !== null) return { items: [], nextCursor: null }
  const customerId = customer === undefined ? null : (await requireCustomer(db, customer)).id
  const after = keyOf(cursor, ['moment', 'id'])
  const rows = await decisions(context)
    .select(sql<string>`decision.made_at::text`.as('sortKey'))
    .where(madeFrom('decision', origin))
    .$if(customerId !== null, (query) => query.where('decision.customerId', '=', customerId!))
    .$if(state !== undefined, (query) => query.where('decision.state', '=', state!))
    .$if(after !== undefined, (query) =>
      query.where(sql<boolean>`(decision.made_at, decision.id) < (${after?.[0]}::timestamptz, ${after?.[1]}::uuid)`),
    )
    .orderBy('decision.madeAt', 'desc')
    .orderBy('decision.id', 'desc')
    .limit(limit + 1)
    .execute()
  const page = pageFrom(rows, limit, ({ sortKey, id }) => [sortKey, id])
  return { items: page.items.map(decisionOf), nextCursor: page.nextCursor }
}

/** One of them. Throws when there is none in sight. */
export async function readDecision(context: Context, id: string): Promise<Decision> {
  const row = await decisions(context).where('decision.id', '=', id).executeTakeFirst()
  if (row === undefined) throw notFound('decision.not-found')
  return decisionOf(row)
}
