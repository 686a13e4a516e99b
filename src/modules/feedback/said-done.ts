import { sql } from 'kysely'
import { Failure, invalid, notFound, refused } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { barredFromInside, require } from '#core/may.ts'
import { requireCustomer } from '#modules/customers'
import type { Context, Db } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import { keyOf, pageFrom } from '#platform/paging.ts'
import type { NewSaidDone, SaidChange, SaidDone, SaidQuery } from './api.ts'
import { barredFromSurveying } from './may.ts'

function entries({ db, actor }: Pick<Context, 'db' | 'actor'>) {
  const inside = barredFromInside(actor) === null
  const of = (table: 'site' | 'service' | 'person', column: string) =>
    sql<SaidDone['site']>`(select json_build_object('id', t.id, 'name', t.name) from ${sql.table(table)} t
      where t.id = ${sql.ref(`said_done.${column}`)})`
  const source = sql<SaidDone['source']>`json_build_object('type', said_done.source_type, 'id', said_done.source_id)`
  return db
    .selectFrom('saidDone')
    .innerJoin('customer', 'customer.id', 'saidDone.customerId')
    .select(['saidDone.id', 'saidDone.said', 'saidDone.did', 'saidDone.createdAt', 'saidDone.publishedAt'])
    .select(['saidDone.version', 'customer.id as customerId', 'customer.name as customerName'])
    .select([
      of('site', 'site_id').as('site'),
      of('service', 'service_id').as('service'),
      (inside ? of('person', 'owner_id') : sql<null>`null`).as('owner'),
      (inside ? source : sql<null>`null`).as('source'),
    ])
}

type Row = Awaited<ReturnType<ReturnType<typeof entries>['execute']>>[number]

function entryOf({ customerId, customerName, ...row }: Row): SaidDone {
  return { ...row, customer: { id: customerId, name: customerName } }
}

/** `GET /said-done`. */
export async function listSaid(context: Context, { customer, state, limit, cursor }: SaidQuery) {
  const after = keyOf(cursor, ['moment', 'id'])
  const customerId = customer === undefined ? null : (await requireCustomer(context.db, customer)).id
  const rows = await entries(context)
    .select(sql<string>`said_done.created_at::text`.as('sortKey'))
    .$if(customerId !== null, (query) => query.where('saidDone.customerId', '=', customerId!))
    .$if(state === 'open', (query) => query.where('saidDone.publishedAt', 'is', null))
    .$if(state === 'published', (query) => query.where('saidDone.publishedAt', 'is not', null))
    .$if(after !== undefined, (query) =>
      query.where(
        sql<boolean>`(said_done.created_at, said_done.id) < (${after?.[0]}::timestamptz, ${after?.[1]}::uuid)`,
      ),
    )
    .orderBy('saidDone.createdAt', 'desc')
    .orderBy('saidDone.id', 'desc')
    .limit(limit + 1)
    .execute()
  const page = pageFrom(rows, limit, ({ sortKey, id }) => [sortKey, id])
  return { items: page.items.map(entryOf), nextCursor: page.nextCursor }
}

async function readEntry(context: Context, id: string): Promise<SaidDone> {
  const row = await entries(context).where('saidDone.id', '=', id).executeTakeFirst()
  if (row === undefined) throw notFound('said-done.not-found')
  return entryOf(row)
}

/** What something was said in, as far as an entry is taken from it. */
interface Source {
  readonly customerId: string
  readonly siteId: string | null
  readonly serviceId: string | null
  /** Its own words, and whether they may be shown. */
  readonly text: string
  readonly mayQuote: boolean
}

/** `POST /said-done`. */
export async function addSaid(context: Context, given: NewSaidDone): Promise<SaidDone> {
  const { actor, db, now } = context
  require(barredFromSurveying(actor))
  const customerId = given.customer === undefined ? null : (await requireCustomer(db, given.customer)).id
  const source = given.source === undefined ? null : await sourceOf(db, given.source)
  if (source !== null && customerId !== null && source.customerId !== customerId)
    throw notFound('said-source.not-found')
  const whose = source?.customerId ?? customerId
  if (whose === null) throw invalid('survey.customer-needed', {}, { errors: [{ path: 'customer', message: '' }] })
  const said = given.said ?? (source?.mayQuote === true ? source.text : undefined)
  if (said === undefined) throw invalid('said-done.own-words', {}, { errors: [{ path: 'said', message: '' }] })
  requireOwnWords(source, said)
  const id = newId(now.getTime())
  await db
    .insertInto('saidDone')
    .values({
      id,
      customerId: whose,
      siteId: source?.siteId ?? null,
      serviceId: source?.serviceId ?? null,
      said: said.slice(0, 1000),
      did: given.did ?? null,
      sourceType: given.source?.type ?? 'other',
      sourceId: given.source?.id ?? null,
      ownerId: sql`(select id from person where id = ${actor.personId})`,
      createdAt: now,
    })
    .execute()
  await audit(context, { action: 'said-done.added', subjectType: 'said-done', subjectId: id, customerId: whose })
  return readEntry(context, id)
}

/** Nobody is quoted who did not allow it. */
function requireOwnWords(source: Source | null, said: string): void {
  if (source === null || source.mayQuote) return
  const plain = (text: string) =>
    text
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
      .trim()
  const [own, theirs] = [plain(said), plain(source.text)]
  if (theirs !== '' && own.includes(theirs)) {
    throw refused('said-done.not-quotable')
  }
}

async function sourceOf(db: Db, { type, id }: NonNullable<NewSaidDone['source']>): Promise<Source> {
  const row =
    type === 'verbatim'
      ? await db
          .selectFrom('verbatim')
          .select(['customerId', 'siteId', 'serviceId', 'text', 'mayQuote'])
          .where('id', '=', id)
          .executeTakeFirst()
      : type === 'case'
        ? await db
            .selectFrom('feedbackCase')
            .select(['customerId', 'siteId', 'serviceId', 'text', sql<boolean>`false`.as('mayQuote')])
            .where('id', '=', id)
            .executeTakeFirst()
        : await db
            .selectFrom('frictionPoint')
            .select(['customerId', 'siteId', 'serviceId', 'title as text', sql<boolean>`true`.as('mayQuote')])
            .where('id', '=', id)
            .executeTakeFirst()
  if (row === undefined) throw notFound('said-source.not-found')
  return row
}

/** `PATCH /said-done/:id`. */
export async function changeSaid(
  context: Context,
  id: string,
  { version, change: { published, ...change } }: { readonly version: number; readonly change: SaidChange },
): Promise<SaidDone> {
  const { actor, db, now } = context
  require(barredFromSurveying(actor))
  const kept = await db
    .selectFrom('saidDone')
    .select(['customerId', 'did', 'publishedAt', 'sourceType', 'sourceId', 'version'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (kept === undefined) throw notFound('said-done.not-found')
  if (kept.version !== version) throw new Failure('moved-on', 'request.moved-on')
  if (published === true && (change.did ?? kept.did) === null) throw refused('said-done.nothing-done')
  if (change.said !== undefined && kept.sourceId !== null) {
    const source = { type: kept.sourceType, id: kept.sourceId } as NonNullable<NewSaidDone['source']>
    requireOwnWords(await sourceOf(db, source), change.said)
  }
  const publishedAt = published === undefined ? kept.publishedAt : published ? (kept.publishedAt ?? now) : null
  await db
    .updateTable('saidDone')
    .set({ ...change, publishedAt, version: version + 1 })
    .where('id', '=', id)
    .execute()
  const { customerId } = kept
  const facts = { ...change, ...(published !== undefined && { published }) }
  await audit(context, { action: 'said-done.changed', subjectType: 'said-done', subjectId: id, customerId, facts })
  return readEntry(context, id)
}
