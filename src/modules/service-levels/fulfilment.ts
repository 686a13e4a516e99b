import { sql } from 'kysely'
import { DAY_MS } from '#core/calendar-rules.ts'
import type { WorkingDays } from '#core/clock-terms.ts'
import { durationText, inSentences, sayClock } from '#core/clock-text.ts'
import { invalid, notFound, refused } from '#core/failure.ts'
import { workingDaysOf } from '#core/promised-due.ts'
import type { Language } from '#core/text.ts'
import { requireService } from '#modules/services'
import type { Db } from '#platform/context.ts'
import { looksLikeId } from '#platform/text-search.ts'
import type { FulfilmentPromise } from './agreement.ts'
import { usualDaySeconds } from './targets.ts'

/** What is ordered, as far as promises ask. */
export interface Ordered {
  readonly itemId: string
  readonly serviceId: string | null
}

/** What was promised for an order, ready to be counted with. */
export interface PromisedFulfilment {
  readonly targetSeconds: number
  readonly days: WorkingDays | undefined
  readonly attainmentBp: number
}

/** The promise that holds for an order: for its item before its service before all; of equals the first. Null for none. */
export function fulfilmentFor(
  promises: readonly FulfilmentPromise[],
  { itemId, serviceId }: Ordered,
): PromisedFulfilment | null {
  const found =
    promises.find(({ item }) => item === itemId) ??
    promises.find(({ item, service }) => item === undefined && service !== undefined && service === serviceId) ??
    promises.find(({ item, service }) => item === undefined && service === undefined)
  if (found === undefined) return null
  const { targetSeconds, days, attainmentBp } = found
  return {
    targetSeconds,
    days: days === undefined ? undefined : workingDaysOf(days.count, days.reading),
    attainmentBp,
  }
}

/** Which promise an order is counted by, and why that one; where nothing was promised for it, what its item is planned with. */
export function explainFulfilment(
  language: Language,
  promises: readonly FulfilmentPromise[],
  {
    itemId,
    serviceId,
    serviceName,
    targetMs,
  }: Ordered & { readonly serviceName: string | null; readonly targetMs: number },
): string {
  const alike = promises.filter(({ targetSeconds, days }) => days !== undefined || targetSeconds * 1000 === targetMs)
  const of =
    alike.find(({ item }) => item === itemId) ??
    alike.find(({ item, service }) => item === undefined && service !== undefined && service === serviceId) ??
    alike.find(({ item, service }) => item === undefined && service === undefined)
  const duration = durationText(language, targetMs)
  if (of === undefined) return inSentences(sayClock(language, 'fulfilment.planned', { duration }))
  const { days, item, service } = of
  const name = serviceName ?? ''
  return inSentences(
    days === undefined
      ? sayClock(language, 'fulfilment.time', { duration })
      : sayClock(language, `fulfilment.days.${days.reading}`, { days: days.count, duration }),
    item !== undefined
      ? sayClock(language, 'fulfilment.of-item')
      : service !== undefined
        ? sayClock(language, 'fulfilment.of-service', { name })
        : sayClock(language, 'fulfilment.of-all'),
  )
}

/** A promise as it is sent: names are taken for ids, and of days the length may be left out. */
type Sent = Omit<FulfilmentPromise, 'targetSeconds'> & { readonly targetSeconds?: number | undefined }

/**
 * Promises as they are stored: with ids for names, of days the usual length. Refuses two for the same, one for an item and
 * a service at once, and what the customer has not.
 */
export async function storedFulfilment(
  db: Db,
  promises: readonly Sent[],
  { customerId, calendarId }: { readonly customerId: string; readonly calendarId: string },
): Promise<FulfilmentPromise[]> {
  const usualDay = promises.some(({ days }) => days !== undefined) ? await usualDaySeconds(db, calendarId) : 0
  const stored: FulfilmentPromise[] = []
  for (const [index, { item, service, days, targetSeconds, attainmentBp }] of promises.entries()) {
    const at = { errors: [{ path: `terms.fulfilment.${index}`, message: '' }] }
    if (item !== undefined && service !== undefined) throw invalid('agreement.fulfilment-both', {}, at)
    if (days === undefined && targetSeconds === undefined) throw invalid('agreement.fulfilment-time', {}, at)
    if (days === undefined && targetSeconds === 0) {
      const zero = { errors: [{ path: `terms.fulfilment.${index}.targetSeconds`, message: '' }] }
      throw invalid('agreement.fulfilment-zero', {}, zero)
    }
    const itemId = item === undefined ? undefined : await requireItem(db, customerId, item)
    const serviceId = service === undefined ? undefined : (await requireService(db, customerId, service)).id
    if (stored.some((each) => each.item === itemId && each.service === serviceId))
      throw refused('agreement.fulfilment-twice', {}, at)
    stored.push({
      ...(itemId !== undefined && { item: itemId }),
      ...(serviceId !== undefined && { service: serviceId }),
      targetSeconds:
        days === undefined ? targetSeconds! : days.count * (days.reading === 'service-time' ? DAY_MS / 1000 : usualDay),
      ...(days !== undefined && { days }),
      attainmentBp,
    })
  }
  return stored
}

const itemName = sql<string>`coalesce(v.name->>'en', v.name->>'de')`

async function requireItem(db: Db, customerId: string, item: string): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    select i.id from catalogue_item i join catalogue_item_version v on v.item_id = i.id and v.number = i.edition
    where (i.customer_id is null or i.customer_id = ${customerId}) and i.state <> 'draft'
      and ${looksLikeId(item) ? sql`i.id = ${item}::uuid` : sql`lower(${item.trim()}) in (lower(v.name->>'en'), lower(v.name->>'de'))`}
    order by i.customer_id is null, i.id limit 1`.execute(db)
  const [found] = rows
  if (found === undefined) throw notFound('agreement-item.not-found', { item })
  return found.id
}

/** What a customer can order, by name, for whoever promises something for it. */
export async function listOrderable(
  db: Db,
  customerId: string | undefined,
  language: string,
): Promise<{ readonly items: { readonly id: string; readonly name: string }[] }> {
  const { rows } = await sql<{ id: string; name: string }>`
    select i.id, coalesce(v.name->>${language}, ${itemName}) as name
    from catalogue_item i join catalogue_item_version v on v.item_id = i.id and v.number = i.edition
    where i.state <> 'draft' and (i.customer_id is null or i.customer_id = ${customerId ?? null}::uuid)
    order by lower(coalesce(v.name->>${language}, ${itemName})), i.id limit 500`.execute(db)
  return { items: rows }
}

/** Names of the items that promises name, by their ids. */
export async function itemNames(db: Db, ids: readonly string[], language = 'en'): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ id: string; name: string }>`
    select i.id, coalesce(v.name->>${language}, ${itemName}) as name
    from catalogue_item i join catalogue_item_version v on v.item_id = i.id and v.number = i.edition
    where i.id = any(${[...ids]}::uuid[])`.execute(db)
  return new Map(rows.map(({ id, name }) => [id, name]))
}
