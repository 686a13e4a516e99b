import type { OpenTime } from '#core/calendar.ts'
import type { ClockResult, WorkingDays } from '#core/clock-terms.ts'
import { agreementFor, type AgreementInForce, agreementsOfClocks, fulfilmentFor } from '#modules/service-levels'
import type { Context, Db } from '#platform/context.ts'
import { countFulfilment, fulfilmentFacts, type RequestFact } from './request.ts'

/** By what a request's promise is counted, as far as it is kept with it. */
export interface PromisedBy {
  readonly id: string
  readonly agreementVersionId: string | null
  readonly calendarVersionId: string | null
  readonly targetSeconds: number | null
  readonly targetDays: number | null
  readonly targetEnd: string | null
}

interface Affected {
  readonly customerId: string
  readonly serviceId: string | null
  readonly siteId: string | null
  readonly itemId: string
}

/**
 * The agreement and the hours that hold for an order made now, with what it promises for the item, else the time that the
 * item is planned with; nothing where nothing was agreed.
 */
export async function promiseFor(
  { db, now }: Pick<Context, 'db' | 'now'>,
  { itemId, ...affected }: Affected,
  plannedSeconds: number,
): Promise<Omit<PromisedBy, 'id'> & { readonly attainmentBp: number | null }> {
  const agreement = await agreementFor(db, { ...affected, teamId: null }, now)
  if (agreement !== null) return promiseIn(agreement, { itemId, serviceId: affected.serviceId }, now, plannedSeconds)
  const days = { targetDays: null, targetEnd: null, attainmentBp: null }
  return { agreementVersionId: null, calendarVersionId: null, targetSeconds: null, ...days }
}

/** What an agreement promises for what was ordered at a moment, else the time that its item is planned with. */
export function promiseIn(
  { calendarVersions, versionId, fulfilment }: AgreementInForce,
  ordered: Pick<Affected, 'itemId' | 'serviceId'>,
  at: Date,
  plannedSeconds: number,
) {
  const days = { targetDays: null, targetEnd: null, attainmentBp: null }
  const span = calendarVersions.findLast(({ from }) => from <= at.getTime()) ?? calendarVersions[0]!
  const by = { agreementVersionId: versionId, calendarVersionId: span.id }
  const promised = fulfilmentFor(fulfilment, ordered)
  if (promised === null) return { ...by, targetSeconds: plannedSeconds, ...days }
  const { targetSeconds, days: inDays, attainmentBp } = promised
  return { ...by, targetSeconds, targetDays: inDays?.count ?? null, targetEnd: inDays?.end ?? null, attainmentBp }
}

/** The promise of a request as it is counted. */
export interface CountedPromise {
  readonly result: ClockResult
  readonly open: OpenTime
  readonly agreement: AgreementInForce
  /** As of the clocks of incidents. */
  readonly atRiskBp: readonly number[]
}

/** The promise of a request, counted from its history by `now`; null where nothing was agreed. */
export async function countOf(db: Db, request: PromisedBy, now: Date): Promise<CountedPromise | null> {
  return (await countThese(db, [request], now))[0]!
}

/** The promises of several requests, in their order. */
export async function countThese(
  db: Db,
  requests: readonly PromisedBy[],
  now: Date,
): Promise<(CountedPromise | null)[]> {
  const promised = requests.filter(isPromised)
  if (promised.length === 0) return requests.map(() => null)
  const agreements = await agreementsOfClocks(db, promised)
  const factsOf = await readFacts(
    db,
    promised.map(({ id }) => id),
  )
  return requests.map((request) => {
    if (!isPromised(request)) return null
    const agreement = agreements.of(request)
    const open = agreement.openOf(request.calendarVersionId)
    const terms = { open, targetMs: request.targetSeconds * 1000, days: daysOf(request) }
    const result = countFulfilment(terms, factsOf.get(request.id) ?? [], now.getTime())
    return { result, open, agreement, atRiskBp: agreement.atRiskBp }
  })
}

type Promised = PromisedBy & {
  readonly agreementVersionId: string
  readonly calendarVersionId: string
  readonly targetSeconds: number
}

function isPromised(request: PromisedBy): request is Promised {
  return request.agreementVersionId !== null && request.calendarVersionId !== null && request.targetSeconds !== null
}

/** A fact that a promise is counted from, and when it was written down. */
export interface KnownFact extends RequestFact {
  readonly requestId: string
  readonly recordedAt: Date
}

/** The facts that the promises of these requests are counted from, by request, as they happened. */
export async function readFacts(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, readonly KnownFact[]>> {
  const rows = await db
    .selectFrom('history')
    .select(['id', 'subjectId', 'kind', 'occurredAt', 'recordedAt', 'facts'])
    .where('subjectId', 'in', ids)
    .where('subjectType', '=', 'request')
    .where('kind', 'in', fulfilmentFacts)
    .orderBy('occurredAt')
    .orderBy('sequence')
    .orderBy('id')
    .execute()
  const known = rows.map(({ id, subjectId, kind, occurredAt, recordedAt, facts }) => ({
    id,
    requestId: subjectId,
    kind,
    at: occurredAt.getTime(),
    recordedAt,
    facts: facts as Record<string, unknown>,
  }))
  return Map.groupBy(known, ({ requestId }) => requestId)
}

/** The working days that were promised; undefined when hours were. */
export function daysOf({
  targetDays,
  targetEnd,
}: Pick<PromisedBy, 'targetDays' | 'targetEnd'>): WorkingDays | undefined {
  if (targetDays === null) return undefined
  return { count: targetDays, end: targetEnd === 'closing' ? 'closing' : 'same-time' }
}
