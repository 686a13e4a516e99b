import type { ClockResult } from '#core/clock.ts'
import { wholeSeconds } from '#core/clock-text.ts'
import { clockSummary } from '#core/explanation-summary.ts'
import { explainClock } from '#core/explanation.ts'
import { barredFromInside } from '#core/may.ts'
import { notFound } from '#core/failure.ts'
import {
  agreementOfClock,
  clockView,
  countClocks,
  exclusionView,
  explainHours,
  explainTarget,
  isSameResult,
  resultOf,
} from '#modules/service-levels'
import type { Context } from '#platform/context.ts'
import { readOwnWords } from '#platform/own-words.ts'
import type { ClockExplanation } from './api.ts'
import { clockEventsOf } from './clock-events.ts'
import { countAsTold, type CountedAgain, subjectOf } from './evidence.ts'
import { getIncident } from './queries.ts'
import { readClockFacts } from './timeline.ts'

/** How a clock was counted, step by step: counted anew from the history, in the hours of its agreement. */
export async function explainIncidentClock(
  context: Context,
  idOrNumber: string,
  clockId: string,
): Promise<ClockExplanation> {
  return (await explainClockOf(context, idOrNumber, clockId)).explanation
}

/** The explanation with what it was made from. */
export async function explainClockOf(context: Context, idOrNumber: string, clockId: string) {
  const { db, actor, now } = context
  const incident = await getIncident(context, idOrNumber)
  const stored = await db
    .selectFrom('clock')
    .innerJoin('agreementVersion', 'agreementVersion.id', 'clock.agreementVersionId')
    .innerJoin('agreement', 'agreement.id', 'agreementVersion.agreementId')
    .innerJoin('calendarVersion', 'calendarVersion.id', 'clock.calendarVersionId')
    .innerJoin('calendar', 'calendar.id', 'calendarVersion.calendarId')
    .select([
      'clock.id',
      'clock.agreementVersionId',
      'clock.calendarVersionId',
      'clock.targetId',
      'clock.metric',
      'clock.state',
      'clock.startedAt',
      'clock.dueAt',
      'clock.stoppedAt',
    ])
    .select(['clock.breachedAt', 'clock.targetMs', 'clock.elapsedMs', 'clock.runningSince', 'clock.priority'])
    .select([
      'agreement.id as agreementId',
      'agreement.name as agreementName',
      'agreementVersion.number as agreementNumber',
    ])
    .select(['calendar.id as calendarId', 'calendar.name as calendarName', 'clock.exclusion'])
    .select('agreementVersion.calendarId as agreedCalendarId')
    .where('clock.id', '=', clockId)
    .where('clock.incidentId', '=', incident.id)
    .executeTakeFirst()
  if (!stored) throw notFound('clock.not-found')
  const agreement = await agreementOfClock(db, stored, incident.site?.id ?? null)
  const subject = {
    ...incident,
    customerId: incident.customer.id,
    siteId: incident.site?.id ?? null,
    serviceId: incident.service?.id ?? null,
  }
  const events = clockEventsOf(await readClockFacts(db, incident))
  const counted = countClocks(agreement, subjectOf(subject, stored.priority), events, now.getTime()).find(
    ({ metric }) => metric === stored.metric,
  )
  const result = resultOf(stored, false)
  // What was told of a locked month stays; by what is known now it would be otherwise.
  const stands =
    counted !== undefined && (result.stoppedAt === null || isSameResult(resultOf(counted.row(), false), result))
  const told = stands
    ? null
    : await countAsTold(db, subject, {
        metric: stored.metric,
        priority: stored.priority,
        versionIds: [stored.agreementVersionId],
        calendarVersionId: stored.calendarVersionId,
        result,
        now,
      })
  const again = told ?? (counted && { counted, agreement, events, knownAt: now })
  if (!again) throw notFound('clock.not-found')
  const explanation: ClockExplanation = {
    clock: clockView(stored, agreement, now),
    ...(await explained(context, again)),
    agreement: { id: stored.agreementId, name: stored.agreementName, number: stored.agreementNumber },
    calendar: { id: stored.calendarId, name: stored.calendarName },
    exclusion: exclusionView(stored.exclusion, barredFromInside(actor) === null),
    cancelled: cancelledSentence(context, again),
    asTold: told !== null,
    target: await explainTarget(context, { targetId: stored.targetId, targetMs: again.counted.result.targetMs }),
    hours: explainHours(actor.language, agreement, {
      calendar: stored.calendarName,
      brought: stored.calendarId !== stored.agreedCalendarId,
    }),
    ...(again.counted.gaps.length > 0 && { gaps: again.counted.gaps.map(gapView) }),
    asOf: now,
  }
  return { explanation, again, incident, priority: stored.priority }
}

/** The steps of a clock that was counted, and the zone in which they are told. */
export async function explained(
  context: Context,
  { counted, agreement, events }: CountedAgain,
): Promise<Pick<ClockExplanation, 'steps' | 'timeZone'>> {
  const zone = agreement.open.versions[0]!.rules.timeZone
  const steps = explainClock(counted.result, counted.result.open, {
    language: context.actor.language,
    zone,
    fold: true,
    words: await readOwnWords(context.db, context.actor.language),
    teams: barredFromInside(context.actor) === null ? await teamNames(context, events) : undefined,
  })
  return { timeZone: zone, steps: steps.map((step) => ({ ...step, from: new Date(step.from), to: new Date(step.to) })) }
}

function cancelledSentence({ actor }: Context, { counted: { result } }: CountedAgain): string | null {
  if (result.state !== 'cancelled') return null
  return clockSummary(result, result.open, { language: actor.language })
}

function gapView({ startAt, stoppedAt, elapsedMs, targetMs, state }: ClockResult) {
  return {
    from: new Date(startAt!),
    to: new Date(stoppedAt!),
    elapsedSeconds: wholeSeconds(elapsedMs),
    targetSeconds: targetMs / 1000,
    met: state === 'met',
  }
}

async function teamNames(
  { db }: Context,
  events: readonly { readonly team?: string }[],
): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(events.flatMap(({ team }) => (team === undefined ? [] : [team])))]
  if (ids.length === 0) return new Map()
  const rows = await db.selectFrom('team').select(['id', 'name']).where('id', 'in', ids).execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}
