import { sql } from 'kysely'
import { Failure, invalid, refused } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { require } from '#core/may.ts'
import { requireCustomer } from '#modules/customers'
import { requirePerson, requireTeam } from '#modules/people'
import { requireService } from '#modules/services'
import { requireSite } from '#modules/sites'
import type { Context } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import { seal } from '#platform/seal.ts'
import type { CatalogueItem, CatalogueItemChange, NewCatalogueItem } from './api.ts'
import { faultOf, plannedSeconds } from './item.ts'
import { barredFromCatalogue } from './may.ts'
import { getCatalogueItem, lockItem } from './queries.ts'
import { searchOf } from './search-words.ts'

/** For what the secret of an item's calls is sealed. */
export const secretPurpose = (itemId: string): string => `calls of catalogue item ${itemId}`

/** A draft, which nobody orders yet. */
export async function addCatalogueItem(
  context: Context,
  { customer, ...item }: NewCatalogueItem,
): Promise<CatalogueItem> {
  require(barredFromCatalogue(context.actor))
  const { db, now } = context
  const customerId = customer === undefined ? null : (await requireCustomer(db, customer)).id
  requireReach(context, customerId)
  await requireKnown(context, customerId, item)
  const id = newId(now.getTime())
  await db
    .insertInto('catalogueItem')
    .values({ id, customerId, ...(await reachOf(id, item)), state: 'draft', createdAt: now, updatedAt: now })
    .execute()
  await writeVersion(context, { itemId: id, customerId, number: 1 }, item)
  await audit(context, { ...about(id, customerId), action: 'catalogue-item.added', facts: { name: item.name } })
  return getCatalogueItem(context, id)
}

/** From now on it is ordered as said here; what was ordered stays. */
export async function changeCatalogueItem(
  context: Context,
  id: string,
  version: number,
  change: CatalogueItemChange,
): Promise<CatalogueItem> {
  require(barredFromCatalogue(context.actor))
  const { db, now } = context
  const before = await lockItem(context, id, version)
  const { customerId } = before
  requireReach(context, customerId)
  await requireKnown(context, customerId, change)
  const number = before.edition + 1
  await writeVersion(context, { itemId: id, customerId, number }, change)
  await db
    .updateTable('catalogueItem')
    .set({ ...(await reachOf(id, change)), edition: number, updatedAt: now, version: version + 1 })
    .where('id', '=', id)
    .execute()
  await audit(context, { ...about(id, customerId), action: 'catalogue-item.changed', facts: { number } })
  return getCatalogueItem(context, id)
}

/** Puts it on offer, or takes it off. */
export async function transitCatalogueItem(
  context: Context,
  id: string,
  to: 'published' | 'withdrawn',
): Promise<CatalogueItem> {
  require(barredFromCatalogue(context.actor))
  const { customerId, state, version } = await lockItem(context, id)
  requireReach(context, customerId)
  if (state === to || (state === 'draft' && to === 'withdrawn')) throw refused('catalogue-item.cannot')
  await context.db
    .updateTable('catalogueItem')
    .set({ state: to, updatedAt: context.now, version: version + 1 })
    .where('id', '=', id)
    .execute()
  await audit(context, { ...about(id, customerId), action: `catalogue-item.${to}`, facts: { from: state } })
  return getCatalogueItem(context, id)
}

type Content = Omit<NewCatalogueItem, 'customer'>

function about(subjectId: string, customerId: string | null) {
  return { subjectType: 'catalogue-item', subjectId, customerId } as const
}

/** Whoever works for some customers keeps no item for all. */
function requireReach({ actor }: Context, customerId: string | null): void {
  if (customerId === null && actor.access === 'limited') throw new Failure('forbidden', 'may.own-customers')
}

/** Everything that it names is there, and fits together. */
async function requireKnown({ db }: Context, customerId: string | null, item: Content): Promise<void> {
  const fault = faultOf(item)
  if (fault !== null) {
    throw invalid(`catalogue-item.${fault.code}`, {}, { errors: [{ path: fault.path, message: '' }] })
  }
  if (customerId === null && item.sites.length > 0) throw invalid('catalogue-item.sites-of-all')
  if (item.service !== null) await requireService(db, customerId ?? NOBODY, item.service)
  for (const site of item.sites) await requireSite(db, customerId!, site)
  for (const { team } of item.plan) if (team !== null) await requireTeam(db, team)
  for (const [index, { by, person }] of item.approval.entries()) {
    if (by !== 'person') continue
    if (person === null) {
      throw invalid('catalogue-item.approver', {}, { errors: [{ path: `approval.${index}.person`, message: '' }] })
    }
    const { customerId: of } = await requirePerson(db, person)
    // Another customer's people have no say here.
    if (of !== null && of !== customerId) throw invalid('catalogue-item.approver')
  }
}

/** No customer has this id: of services only those for all are found. */
const NOBODY = '00000000-0000-0000-0000-000000000000'

async function reachOf(id: string, { service, sites, roles, secret, ...content }: Content) {
  return {
    serviceId: service,
    siteIds: sites,
    roles,
    search: searchOf(content),
    ...(secret !== undefined && { callSecret: await seal(secret, secretPurpose(id)) }),
  }
}

interface Numbered {
  readonly itemId: string
  readonly customerId: string | null
  readonly number: number
}

async function writeVersion({ db, now, actor }: Context, which: Numbered, item: Content): Promise<void> {
  const { name, synonyms, description, fields, price, approval, plan } = item
  const json = (value: unknown) => sql<string>`${JSON.stringify(value)}::jsonb`
  await db
    .insertInto('catalogueItemVersion')
    .values({
      id: newId(now.getTime()),
      ...which,
      name: json(name),
      synonyms: json(synonyms),
      description: json(description),
      fields: json(fields),
      priceMinor: price?.amountMinor ?? null,
      currency: price?.currency ?? null,
      approval: json(approval.map((step) => (step.by === 'person' ? step : { ...step, person: null }))),
      plan: json(plan.map((task) => (task.kind === 'people' ? { ...task, url: null } : { ...task, team: null }))),
      withApproval: approval.length > 0,
      plannedSeconds: plannedSeconds(plan),
      createdAt: now,
      createdBy: actor.personId,
    })
    .execute()
}
