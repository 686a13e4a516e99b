import type { OpenTime } from '#core/calendar.ts'
import { rulesAt } from '#core/calendar.ts'
import type { ClockResult, WorkingDays } from '#core/clock-terms.ts'
import { clockSummary } from '#core/explanation-summary.ts'
import { explainClock } from '#core/explanation.ts'
import { wholeSeconds } from '#core/clock-text.ts'
import { agreementFor, agreementOfClock, fulfilmentFor } from '#modules/service-levels'
import type { Context, Db } from '#platform/context.ts'
import { countFulfilment, fulfilmentFacts, type RequestFact } from './request.ts'

/** By what a request's promise is counted, as far as it is kept with it. */
export interface PromisedBy {
  readonly id: string
  readonly siteId: string | null
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
): Promise<Omit<PromisedBy, 'id' | 'siteId'> & { readonly attainmentBp: number | null }> {
  const agreement = await agreementFor(db, { ...affected, teamId: null }, now)
  const days = { targetDays: null, targetEnd: null, attainmentBp: null }
  if (agreement === null) return { agreementVersionId: null, calendarVersionId: null, targetSeconds: null, ...days }
  const { calendarVersions, versionId } = agreement
  const span = calendarVersions.findLast(({ from }) => from <= now.getTime()) ?? calendarVersions[0]!
  const by = { agreementVersionId: versionId, calendarVersionId: span.id }
  const promised = fulfilmentFor(agreement.fulfilment, { itemId, serviceId: affected.serviceId })
  if (promised === null) return { ...by, targetSeconds: plannedSeconds, ...days }
  const { targetSeconds, days: inDays, attainmentBp } = promised
  return { ...by, targetSeconds, targetDays: inDays?.count ?? null, targetEnd: inDays?.end ?? null, attainmentBp }
}

/** The promise of a request, counted from its history by `now`; null where nothing was agreed. */
export async function countOf(
  db: Db,
  { id, siteId, agreementVersionId, calendarVersionId, targetSeconds, targetDays, targetEnd }: PromisedBy,
  now: Date,
): Promise<{
  readonly result: ClockResult
  readonly open: OpenTime
  /** As of the clocks of incidents. */
  readonly atRiskBp: readonly number[]
} | null> {
  if (agreementVersionId === null || calendarVersionId === null || targetSeconds === null) return null
  const agreement = await agreementOfClock(db, { agreementVersionId, calendarVersionId }, siteId)
  const open = agreement.openOf(calendarVersionId)
  const rows = await db
    .selectFrom('history')
    .select(['kind', 'occurredAt', 'facts'])
    .where('subjectId', '=', id)
    .where('subjectType', '=', 'request')
    .where('kind', 'in', fulfilmentFacts)
    .orderBy('occurredAt')
    .orderBy('sequence')
    .orderBy('id')
    .execute()
  const history: RequestFact[] = rows.map(({ kind, occurredAt, facts }) => ({
    kind,
    at: occurredAt.getTime(),
    facts: facts as Record<string, unknown>,
  }))
  const days = daysOf({ targetDays, targetEnd })
  const result = countFulfilment({ open, targetMs: targetSeconds * 1000, days }, history, now.getTime())
  return { result, open, atRiskBp: agreement.atRiskBp }
}

/** The working days that were promised; undefined when hours were. */
export function daysOf({
  targetDays,
  targetEnd,
}: Pick<PromisedBy, 'targetDays' | 'targetEnd'>): WorkingDays | undefined {
  if (targetDays === null) return undefined
  return { count: targetDays, end: targetEnd === 'closing' ? 'closing' : 'same-time' }
}

/** How a promise comes about, in sentences; null where nothing was agreed. */
export async function explainPromise({ db, now, actor }: Context, promised: PromisedBy) {
  const counted = await countOf(db, promised, now)
  if (counted === null) return null
  const { result, open } = counted
  const { language } = actor
  const agreement = await db
    .selectFrom('agreementVersion')
    .innerJoin('agreement', 'agreement.id', 'agreementVersion.agreementId')
    .select(['agreement.id', 'agreement.name'])
    .where('agreementVersion.id', '=', promised.agreementVersionId)
    .executeTakeFirst()
  const timeZone = rulesAt(open, now.getTime()).timeZone
  return {
    summary: clockSummary(result, open, { language, zone: timeZone }),
    agreement: agreement ?? null,
    timeZone,
    targetSeconds: wholeSeconds(result.targetMs),
    dueAt: result.dueAt === null ? null : new Date(result.dueAt),
    stoppedAt: result.stoppedAt === null ? null : new Date(result.stoppedAt),
    steps: explainClock(result, open, { language, zone: timeZone, fold: true }).map(({ from, to, ...step }) => ({
      ...step,
      from: new Date(from),
      to: new Date(to),
    })),
  }
}
