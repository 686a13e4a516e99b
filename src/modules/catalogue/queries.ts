import { sql } from 'kysely'
import { Failure, notFound } from '#core/failure.ts'
import { barredFromInside } from '#core/may.ts'
import { requireCustomer } from '#modules/customers'
import type { Actor, Context } from '#platform/context.ts'
import { keyOf, pageFrom } from '#platform/paging.ts'
import type { CatalogueFilter, CatalogueItem } from './api.ts'
import type { ApprovalStep, Field, PlannedTask, Words } from './item.ts'
import { searchWords } from './search-words.ts'

/** Items in sight with the version that holds; how it is decided and done only for the provider's people. */
function selectItems({ db, actor }: Pick<Context, 'db' | 'actor'>) {
  const inside = barredFromInside(actor) === null
  return db
    .selectFrom('catalogueItem')
    .innerJoin('catalogueItemVersion as v', (join) =>
      join.onRef('v.itemId', '=', 'catalogueItem.id').onRef('v.number', '=', 'catalogueItem.edition'),
    )
    .leftJoin('customer', 'customer.id', 'catalogueItem.customerId')
    .leftJoin('service', 'service.id', 'catalogueItem.serviceId')
    .select([
      'catalogueItem.id',
      'catalogueItem.state',
      'catalogueItem.edition',
      'catalogueItem.roles',
      'catalogueItem.updatedAt',
      'catalogueItem.version',
      'customer.id as customerId',
      'customer.name as customerName',
      'service.id as serviceId',
      'service.name as serviceName',
      'v.name',
      'v.description',
      'v.synonyms',
      'v.fields',
      'v.priceMinor',
      'v.currency',
      'v.withApproval',
      'v.plannedSeconds',
    ])
    .select(
      sql<
        CatalogueItem['sites']
      >`(select coalesce(json_agg(json_build_object('id', s.id, 'name', s.name) order by s.name), '[]')
        from site s where s.id = any(catalogue_item.site_ids))`.as('sites'),
    )
    .$if(inside, (query) => query.select(['v.approval', 'v.plan', 'catalogueItem.callSecret']))
}

type Row = Awaited<ReturnType<ReturnType<typeof selectItems>['execute']>>[number]

function itemOf(row: Row): CatalogueItem {
  const { customerId, customerName, serviceId, serviceName, priceMinor, currency, approval, plan, callSecret } = row
  return {
    id: row.id,
    customer: customerId === null ? null : { id: customerId, name: customerName ?? '' },
    service: serviceId === null ? null : { id: serviceId, name: serviceName ?? '' },
    sites: row.sites,
    roles: row.roles,
    state: row.state as CatalogueItem['state'],
    edition: row.edition,
    name: row.name as unknown as Words,
    description: row.description as unknown as Words,
    synonyms: row.synonyms as unknown as CatalogueItem['synonyms'],
    fields: row.fields as unknown as CatalogueItem['fields'],
    price: priceMinor === null || currency === null ? null : { amountMinor: priceMinor, currency },
    withApproval: row.withApproval,
    plannedSeconds: row.plannedSeconds,
    inside:
      approval === undefined || plan === undefined
        ? null
        : {
            approval: approval as unknown as NonNullable<CatalogueItem['inside']>['approval'],
            plan: plan as unknown as NonNullable<CatalogueItem['inside']>['plan'],
            signed: callSecret !== null && callSecret !== undefined,
          },
    updatedAt: row.updatedAt,
    version: row.version,
  }
}

/** What somebody may not order is no item of theirs, whoever it is shown to besides. */
function forRoles<Query extends ReturnType<typeof selectItems>>(query: Query, { access, roles }: Actor): Query {
  if (access !== 'customer') return query
  const theirs = sql<boolean>`(catalogue_item.roles = '{}' or catalogue_item.roles && ${[...roles]}::text[])`
  return query.where(theirs) as Query
}

/** By words the best fitting, as many as asked for; else page by page, by name. */
export async function listCatalogueItems(
  context: Context,
  { q, customer, state, limit, cursor }: CatalogueFilter,
): Promise<{ items: CatalogueItem[]; nextCursor: string | null }> {
  const { db, actor } = context
  const customerId = customer === undefined ? undefined : (await requireCustomer(db, customer)).id
  const narrowed = forRoles(selectItems(context), actor)
    .$if(state !== undefined, (query) => query.where('catalogueItem.state', '=', state!))
    .$if(customerId !== undefined, (query) =>
      query.where((where) =>
        where.or([where('catalogueItem.customerId', '=', customerId!), where('catalogueItem.customerId', 'is', null)]),
      ),
    )
  if (q !== undefined) {
    const wanted = searchWords(q)
    if (wanted === null) return { items: [], nextCursor: null }
    const rows = await narrowed
      .where(sql<boolean>`catalogue_item.search @@ ${wanted}`)
      .orderBy(sql`ts_rank(catalogue_item.search, ${wanted})`, 'desc')
      .orderBy('catalogueItem.id')
      .limit(limit)
      .execute()
    return { items: rows.map(itemOf), nextCursor: null }
  }
  const after = keyOf(cursor, ['string', 'id'])
  const name = sql<string>`lower(coalesce(nullif(v.name ->> ${actor.language}::text, ''), v.name ->> 'de', '') || '')`
  const rows = await narrowed
    .select(name.as('sortKey'))
    .$if(after !== undefined, (query) =>
      query.where(sql<boolean>`(${name}, catalogue_item.id) > (${after![0]}, ${after![1]}::uuid)`),
    )
    .orderBy(name)
    .orderBy('catalogueItem.id')
    .limit(limit + 1)
    .execute()
  const { items, nextCursor } = pageFrom(rows, limit, ({ sortKey, id }) => [sortKey, id])
  return { items: items.map(itemOf), nextCursor }
}

/** Throws when there is none in sight. */
export async function getCatalogueItem(context: Context, id: string): Promise<CatalogueItem> {
  const row = await forRoles(selectItems(context), context.actor).where('catalogueItem.id', '=', id).executeTakeFirst()
  if (!row) throw notFound('catalogue-item.not-found')
  return itemOf(row)
}

/** An item's own columns, locked until the transaction ends. Throws when it is not at `version` any more. */
export async function lockItem({ db }: Pick<Context, 'db'>, id: string, version?: number) {
  const row = await db.selectFrom('catalogueItem').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw notFound('catalogue-item.not-found')
  if (version !== undefined && row.version !== version) throw new Failure('moved-on', 'request.moved-on')
  return row
}

/** An item as it is ordered: everything that the order keeps. */
export interface OrderableItem {
  readonly id: string
  readonly versionId: string
  readonly customerId: string | null
  readonly serviceId: string | null
  readonly siteIds: readonly string[]
  readonly name: Words
  readonly fields: readonly Field[]
  readonly priceMinor: number | null
  readonly currency: string | null
  readonly approval: readonly ApprovalStep[]
  readonly plan: readonly PlannedTask[]
  readonly plannedSeconds: number
}

/** As the program: what an item says by the version that holds. Throws when it is not there. */
export async function readOrderable({ db }: Pick<Context, 'db'>, id: string): Promise<OrderableItem> {
  const row = await db
    .selectFrom('catalogueItem')
    .innerJoin('catalogueItemVersion as v', (join) =>
      join.onRef('v.itemId', '=', 'catalogueItem.id').onRef('v.number', '=', 'catalogueItem.edition'),
    )
    .select([
      'catalogueItem.id',
      'v.id as versionId',
      'catalogueItem.customerId',
      'catalogueItem.serviceId',
      'catalogueItem.siteIds',
      'v.name',
      'v.fields',
      'v.priceMinor',
      'v.currency',
      'v.approval',
      'v.plan',
      'v.plannedSeconds',
    ])
    .where('catalogueItem.id', '=', id)
    .executeTakeFirst()
  if (!row) throw notFound('catalogue-item.not-found')
  // What was stored was checked when it was written.
  return row as unknown as OrderableItem
}

/** Versions of an item, the newest first, with how often each was ordered by. */
export async function listVersions(context: Context, itemId: string) {
  await getCatalogueItem(context, itemId)
  const rows = await context.db
    .selectFrom('catalogueItemVersion as v')
    .leftJoin('person', 'person.id', 'v.createdBy')
    .select(['v.id', 'v.number', 'v.name', 'v.plannedSeconds', 'v.priceMinor', 'v.currency', 'v.createdAt'])
    .select('person.name as by')
    .select(sql<number>`jsonb_array_length(v.fields)`.as('fields'))
    .select(sql<number>`jsonb_array_length(v.plan)`.as('tasks'))
    .select(sql<number>`(select count(*) from request r where r.item_version_id = v.id)`.as('requests'))
    .where('v.itemId', '=', itemId)
    .orderBy('v.number', 'desc')
    .execute()
  return rows.map(({ priceMinor, currency, name, ...row }) => ({
    ...row,
    name: name as unknown as Words,
    price: priceMinor === null || currency === null ? null : { amountMinor: priceMinor, currency },
  }))
}
