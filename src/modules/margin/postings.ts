import { sql } from 'kysely'
import { barredFromContracting, require } from '#core/may.ts'
import { requireContract } from '#modules/contracts'
import type { Context } from '#platform/context.ts'
import { keyOf, pageFrom } from '#platform/paging.ts'
import type { PostingsQuery, PostingView } from './api.ts'

/** What is under a figure of profit and loss. */
export async function listPostings(
  { db, actor }: Context,
  contractId: string,
  { month, account, unpaid, limit, cursor }: PostingsQuery,
): Promise<{ items: PostingView[]; nextCursor: string | null }> {
  if (actor.access !== 'auditor') require(barredFromContracting(actor))
  await requireContract(db, contractId)
  const after = keyOf(cursor, ['string', 'id'])
  const rows = await db
    .selectFrom('posting')
    .leftJoin('service', 'service.id', 'posting.serviceId')
    .select(['posting.id', 'posting.version', 'posting.debit', 'posting.credit', 'posting.amountMinor'])
    .select(['posting.quantity', 'posting.unpaid', 'posting.source', 'posting.sourceId', 'posting.reference'])
    .select(['posting.description', 'posting.postedAt', 'posting.serviceId', 'service.name as serviceName'])
    .select(sql<string>`to_char(posting.month, 'YYYY-MM')`.as('month'))
    .select(sql<string | null>`to_char(posting.about_month, 'YYYY-MM')`.as('aboutMonth'))
    .where('posting.contractId', '=', contractId)
    .$if(month !== undefined, (query) => query.where('posting.month', '=', `${month}-01`))
    .$if(account !== undefined, (query) =>
      query.where((of) => of.or([of('posting.debit', '=', account!), of('posting.credit', '=', account!)])),
    )
    .$if(unpaid !== undefined, (query) => query.where('posting.unpaid', '=', unpaid!))
    .$if(after !== undefined, (query) =>
      query.where(sql<boolean>`(to_char(posting.month, 'YYYY-MM'), posting.id) < (${after?.[0]}, ${after?.[1]}::uuid)`),
    )
    .orderBy('posting.month', 'desc')
    .orderBy('posting.id', 'desc')
    .limit(limit + 1)
    .execute()
  const found = pageFrom(rows, limit, (row) => [row.month, row.id])
  return {
    items: found.items.map(({ serviceId, serviceName, ...row }) => ({
      ...row,
      version: row.version as 'actual',
      source: row.source as 'charge',
      service: serviceId === null || serviceName === null ? null : { id: serviceId, name: serviceName },
    })),
    nextCursor: found.nextCursor,
  }
}
