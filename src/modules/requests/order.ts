import { sql } from 'kysely'
import { type Failure, invalid, refused } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { require } from '#core/may.ts'
import { type NumberForm, recordNumber } from '#core/record-number.ts'
import type { CatalogueItem } from '#api/catalogue'
import { answersOf, getCatalogueItem, type OrderableItem, readOrderable, stepsFor } from '#modules/catalogue'
import { requireCustomer } from '#modules/customers'
import { findOrCreateRequester } from '#modules/people'
import { requireSite } from '#modules/sites'
import type { Context, Db } from '#platform/context.ts'
import { askNext } from './approve.ts'
import type { Order, RequestMove, RequestPage } from './api.ts'
import { type Door, through } from './door.ts'
import { barredFromOrdering } from './may.ts'
import { promiseFor } from './promise.ts'
import { getRequest, type Kept, lockRequest } from './queries.ts'
import { enter, store, tell } from './tell.ts'

/** Orders an item: who may is decided in sight of whoever orders, the rest follows from the item. */
export async function orderItem(door: Door, order: Order): Promise<RequestPage> {
  return through(
    door,
    async (context) => {
      const { actor, db } = context
      require(barredFromOrdering(actor))
      const item = await getCatalogueItem(context, order.item)
      const [only, ...more] = actor.customers
      const named = order.customer ?? (actor.access === 'customer' && more.length === 0 ? only : undefined)
      if (named === undefined) throw wrong('request.customer-needed', 'customer')
      const customer = await requireCustomer(db, named)
      if (order.for === undefined && actor.access !== 'customer') throw wrong('request.for-needed', 'for')
      const site = order.site === undefined ? null : (await requireSite(db, customer.id, order.site)).id
      requireOfferedAt(item, { customerId: customer.id, siteId: site })
      if (order.for !== undefined) await requireAddress(context, order.for, customer.id)
      return { customerId: customer.id, siteId: site }
    },
    async (context, { customerId, siteId }) => {
      const item = await readOrderable(context, order.item)
      return insertRequest(context, { item, customerId, siteId, order })
    },
    getRequest,
  )
}

/** Throws when an item cannot be ordered there, now. */
function requireOfferedAt(
  { state, customer, sites }: CatalogueItem,
  { customerId, siteId }: { readonly customerId: string; readonly siteId: string | null },
): void {
  if (state !== 'published' || (customer !== null && customer.id !== customerId)) {
    throw refused('catalogue-item.not-offered')
  }
  if (sites.length > 0 && !sites.some(({ id }) => id === siteId)) throw wrong('request.site-needed', 'site')
}

/** Throws when whoever asks may not order what a draft says, as it is offered now: it may have lain for long. */
export async function requireOffered(context: Context, { item, customer, site }: RequestPage): Promise<void> {
  require(barredFromOrdering(context.actor))
  requireOfferedAt(await getCatalogueItem(context, item.id), { customerId: customer.id, siteId: site?.id ?? null })
}

/** For somebody else of a customer, whoever orders gives an address at a place where somebody of the customer has one. */
async function requireAddress({ db, actor }: Context, address: string, customerId: string): Promise<void> {
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(address)) throw wrong('request.for-wrong', 'for')
  if (actor.access !== 'customer') return
  const own = await db.selectFrom('person').select('email').where('id', '=', actor.personId).executeTakeFirst()
  const known = await db
    .selectFrom('person')
    .select('id')
    .where('customerId', '=', customerId)
    .where('email', '=', address.toLowerCase())
    .executeTakeFirst()
  const domain = (of: string) => of.slice(of.lastIndexOf('@')).toLowerCase()
  if (known === undefined && domain(own?.email ?? '') !== domain(address)) throw wrong('request.for-wrong', 'for')
}

interface Ordered {
  readonly item: OrderableItem
  readonly customerId: string
  readonly siteId: string | null
  readonly order: Order
}

/** Writes an order down, in the name of whoever orders: that they may was decided before. */
export async function insertRequest(context: Context, { item, customerId, siteId, order }: Ordered): Promise<string> {
  const { db, now, actor } = context
  const requesterId =
    order.for === undefined ? actor.personId! : (await findOrCreateRequester(context, customerId, order.for)).id
  const id = newId(now.getTime())
  await db
    .insertInto('request')
    .values({
      id,
      customerId,
      number: await takeNumber(db, customerId),
      itemId: item.id,
      itemVersionId: item.versionId,
      name: json(item.name),
      serviceId: item.serviceId,
      siteId,
      requesterId,
      orderedById: actor.personId!,
      state: 'draft',
      answers: json(answersOf(item.fields, order.answers).answers),
      priceMinor: item.priceMinor,
      currency: item.currency,
      orderedAt: now,
      updatedAt: now,
    })
    .execute()
  if (!order.draft) await submit(context, await lockRequest(context, id), item, order.answers)
  return id
}

/** A draft becomes an order, by the item as it is now. To be called with the request locked. */
export async function submit(
  context: Context,
  kept: Kept,
  item: OrderableItem,
  given: RequestMove['answers'] & object,
): Promise<void> {
  const { db, now } = context
  const { answers, wrong: missing } = answersOf(item.fields, given)
  if (missing.length > 0) {
    const errors = missing.map((key) => ({ path: `answers.${key}`, message: '' }))
    throw invalid('request.answer-wrong', {}, { errors })
  }
  const { id, customerId, siteId, serviceId } = kept
  const steps = stepsFor(item.approval, item.priceMinor)
  const teams = item.plan.flatMap(({ team }) => team ?? [])
  await db
    .updateTable('request')
    .set({
      itemVersionId: item.versionId,
      name: json(item.name),
      answers: json(answers),
      priceMinor: item.priceMinor,
      currency: item.currency,
      approverIds: steps.flatMap(({ person }) => person ?? []),
      teamIds: [...new Set(teams)],
      orderedAt: now,
      ...(await promiseFor(context, { customerId, serviceId, siteId, itemId: kept.itemId }, item.plannedSeconds)),
    })
    .where('id', '=', id)
    .execute()
  const own = new Set([kept.requesterId, kept.orderedById])
  if (steps.length > 0) {
    await db
      .insertInto('requestApproval')
      .values(
        steps.map(({ by, person }, index) => ({
          id: newId(now.getTime()),
          customerId,
          requestId: id,
          itemId: kept.itemId,
          level: index + 1,
          by,
          personId: person,
          // Nobody decides for themselves, and nobody else is named.
          state: person !== null && own.has(person) ? 'skipped' : 'later',
        })),
      )
      .execute()
  }
  await db
    .insertInto('requestTask')
    .values(
      item.plan.map(({ kind, title, team, stage, seconds, uses, url }, position) => ({
        id: newId(now.getTime()),
        customerId,
        requestId: id,
        itemId: kept.itemId,
        position,
        stage,
        kind,
        title: json(title),
        teamId: team,
        plannedSeconds: seconds,
        uses: [...uses],
        url,
      })),
    )
    .execute()
  await tell(context, kept, 'request.ordered', { forAnother: kept.requesterId !== kept.orderedById })
  await store(context, id, { state: 'submitted' })
  await askNext(context, { ...kept, state: 'submitted' })
}

/** Orders what was kept as a draft. */
export async function submitDraft(context: Context, kept: Kept, given: RequestMove['answers']): Promise<void> {
  const item = await readOrderable(context, kept.itemId)
  const before = Object.fromEntries(
    (kept.answers as unknown as { key: string; value: string | number | boolean }[]).map(({ key, value }) => [
      key,
      value,
    ]),
  )
  await submit(context, kept, item, given ?? before)
}

/** Takes back what is not delivered yet, with everything that was still to be decided or done. */
export async function cancelRequest(context: Context, kept: Kept, note: string | undefined): Promise<void> {
  const { db } = context
  await db
    .updateTable('requestApproval')
    .set({ state: 'cancelled' })
    .where('requestId', '=', kept.id)
    .where('state', 'in', ['later', 'waiting'])
    .execute()
  await db
    .updateTable('requestTask')
    .set({ state: 'cancelled' })
    .where('requestId', '=', kept.id)
    .where('state', 'in', ['waiting', 'open', 'started', 'failed'])
    .execute()
  await enter(context, kept, 'cancelled', { ...(note && { note }) })
}

function wrong(
  code: 'request.customer-needed' | 'request.for-needed' | 'request.for-wrong' | 'request.site-needed',
  path: string,
): Failure {
  return invalid(code, {}, { errors: [{ path, message: '' }] })
}

function json(value: unknown) {
  return sql<string>`${JSON.stringify(value)}::jsonb`
}

const plainForm: NumberForm = { prefix: 'REQ', digits: 4 }

/** The next number of a customer's requests, in the form that the settings give it now. */
async function takeNumber(db: Db, customerId: string): Promise<string> {
  const { rows } = await sql<{ key: string; next: number; form: NumberForm | null }>`
    select customer.key, next_request_number(customer.id) as next,
      (select value #> '{numbering,request}' from setting where name = 'installation') as form
    from customer where customer.id = ${customerId}::uuid`.execute(db)
  const { key, next, form } = rows[0]!
  return recordNumber(form ?? plainForm, key, next)
}
