import { type RawBuilder, sql } from 'kysely'
import { notFound } from '#core/failure.ts'
import { requireCustomer } from '#modules/customers'
import { isUntold, untoldRows } from '#platform/confidential.ts'
import type { Context, Db } from '#platform/context.ts'
import { keyOf, pageFrom } from '#platform/paging.ts'
import { looksLikeId } from '#platform/text-search.ts'
import type { Adjustment, KeptResult, ResultView } from './periods-api.ts'
import type { Result } from './settlement.ts'

export interface AdjustmentFilter {
  readonly customer?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly about?: string | undefined
  readonly correction?: string | undefined
  readonly incident?: string | undefined
  readonly request?: string | undefined
  /** Only those with another verdict. */
  readonly moving?: boolean | undefined
  readonly limit: number
  readonly cursor?: string | undefined
}

/** A stored result as it is shown; null for none. */
export function resultView(result: Result | null): ResultView | null {
  if (result === null) return null
  const { startedAt, dueAt, stoppedAt, targetMs, elapsedMs, ...rest } = result
  const dateOf = (moment: string | null) => (moment === null ? null : new Date(moment))
  return {
    ...rest,
    startedAt: dateOf(startedAt),
    dueAt: dateOf(dueAt),
    stoppedAt: dateOf(stoppedAt),
    targetSeconds: targetMs / 1000,
    elapsedSeconds: elapsedMs / 1000,
  }
}

/** What was counted of an incident that few may know of: neither when it was nor until when it should have been. */
export function untoldResult(result: ResultView | null): ResultView | null {
  return result && { ...result, startedAt: null, dueAt: null, stoppedAt: null }
}

type AdjustmentRow = Omit<Adjustment, 'before' | 'after'> & {
  readonly before: Result | null
  readonly after: Result | null
  readonly key: string
}

/**
 * The latest first. Days are those of the customer's zone; of all customers, UTC's. The last page ends with what is counted and
 * whoever asks must not know of: of each what was counted and no more.
 */
export async function listAdjustments(
  { db }: Context,
  { customer, from, to, about, correction, incident, request, moving = false, limit, cursor }: AdjustmentFilter,
): Promise<{ items: Adjustment[]; nextCursor: string | null }> {
  const after = keyOf(cursor, ['moment', 'id'])
  const found = customer === undefined ? undefined : await requireCustomer(db, customer)
  const zone = found?.timeZone ?? 'UTC'
  const ask = (which: RawBuilder<unknown>, most: number) =>
    sql<AdjustmentRow>`
    select id, customer_id, clock_id, incident_id, request_id, number, metric, priority, to_char(month, 'YYYY-MM') as month,
      to_char(entered_month, 'YYYY-MM') as entered_month, met, failed, excluded, before, after, cause, correction_id, created_at,
      created_at::text as key
    from adjustment where true
      ${found === undefined ? sql`` : sql`and customer_id = ${found.id}`}
      ${from === undefined ? sql`` : sql`and created_at >= ${from}::date::timestamp at time zone ${zone}`}
      ${to === undefined ? sql`` : sql`and created_at < ${to}::date::timestamp at time zone ${zone}`}
      ${about === undefined ? sql`` : sql`and month = ${`${about}-01`}::date`}
      ${correction === undefined ? sql`` : sql`and correction_id = ${correction}`}
      ${moving ? sql`and (met, failed, excluded) <> (0, 0, 0)` : sql``}
      ${incident === undefined ? sql`` : sql`and incident_id = ${incident}`}
      ${request === undefined ? sql`` : sql`and request_id = ${request}`}
      ${which}
    order by adjustment.created_at desc, id desc limit ${most}`.execute(db)
  const further =
    after === undefined ? sql`` : sql`and (created_at, id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`
  const { rows } = await ask(further, limit + 1)
  const { items, nextCursor } = pageFrom(rows, limit, ({ key, id }) => [key, id])
  // Whoever asks by the incident or its correction knows which it is, or must not know.
  const isAbout = [correction, incident, request].some((each) => each !== undefined)
  const untold = isAbout
    ? []
    : await untoldRows(db, nextCursor, async (most) => (await ask(sql`and ${isUntold(sql`incident_id`)}`, most)).rows)
  return { items: [...items.map(adjustmentOf), ...untold.map(adjustmentOf).map(untoldAdjustment)], nextCursor }
}

function adjustmentOf({ key: _key, before, after, ...row }: AdjustmentRow): Adjustment {
  return { ...row, before: resultView(before), after: resultView(after) }
}

function untoldAdjustment(one: Adjustment): Adjustment {
  const nothing = { id: null, clockId: null, incidentId: null, number: null, correctionId: null }
  return { ...one, ...nothing, before: untoldResult(one.before), after: untoldResult(one.after) }
}

interface Page {
  readonly limit: number
  readonly cursor?: string | undefined
}

/** Results of an incident's clocks that others replaced, the latest first. */
export async function listKeptResults(
  { db }: Context,
  idOrNumber: string,
  page: Page,
): Promise<{ items: KeptResult[]; nextCursor: string | null }> {
  const incident = await db
    .selectFrom('incident')
    .select('id')
    .where(looksLikeId(idOrNumber) ? 'id' : 'number', '=', idOrNumber)
    .executeTakeFirst()
  if (!incident) throw notFound('incident.not-found', { incident: idOrNumber })
  return keptOf(db, sql`incident_id = ${incident.id}`, page)
}

/** Results of an order's promise that others replaced, the latest first. That it is in sight was seen before. */
export async function listKeptResultsOfOrder(
  { db }: Context,
  requestId: string,
  page: Page,
): Promise<{ items: Omit<KeptResult, 'clockId' | 'metric'>[]; nextCursor: string | null }> {
  const { items, nextCursor } = await keptOf(db, sql`request_id = ${requestId}`, page)
  return { items: items.map(({ clockId: _clock, metric: _metric, ...kept }) => kept), nextCursor }
}

async function keptOf(
  db: Db,
  of: ReturnType<typeof sql>,
  { limit, cursor }: Page,
): Promise<{ items: KeptResult[]; nextCursor: string | null }> {
  const after = keyOf(cursor, ['moment', 'id'])
  const { rows } = await sql<Omit<KeptResult, 'result'> & { readonly result: Result; readonly key: string }>`
    select id, clock_id, metric, result, cause, kept_at, kept_at::text as key from clock_result
    where ${of}
      ${after === undefined ? sql`` : sql`and (kept_at, id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`}
    order by clock_result.kept_at desc, id desc limit ${limit + 1}`.execute(db)
  const { items, nextCursor } = pageFrom(rows, limit, ({ key, id }) => [key, id])
  return { items: items.map(({ key: _key, result, ...row }) => ({ ...row, result: resultView(result)! })), nextCursor }
}
