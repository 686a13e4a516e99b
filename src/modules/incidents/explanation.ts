import type { ClockResult } from '#core/clock.ts'
import { wholeSeconds } from '#core/clock-text.ts'
import { explainClock } from '#core/explanation.ts'
import { barredFromInside } from '#core/may.ts'
import { notFound } from '#core/failure.ts'
import { agreementOfClock, clockView, countClocks, explainHours, explainTarget } from '#modules/service-levels'
import type { Context } from '#platform/context.ts'
import type { ClockExplanation } from './api.ts'
import { clockEventsOf } from './clock-events.ts'
import { getIncident, readClockFacts } from './queries.ts'

/** How a clock was counted, step by step: counted anew from the history, in the hours of its agreement. */
export async function explainIncidentClock(
  context: Context,
  idOrNumber: string,
  clockId: string,
): Promise<ClockExplanation> {
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
    .select(['calendar.id as calendarId', 'calendar.name as calendarName'])
    .select('agreementVersion.calendarId as agreedCalendarId')
    .where('clock.id', '=', clockId)
    .where('clock.incidentId', '=', incident.id)
    .executeTakeFirst()
  if (!stored) throw notFound('clock.not-found')
  const agreement = await agreementOfClock(db, stored, incident.site?.id ?? null)
  const subject = {
    incidentId: incident.id,
    customerId: incident.customer.id,
    number: incident.number,
    priority: stored.priority,
    category: incident.category,
    siteId: null,
    serviceId: incident.service?.id ?? null,
    teamId: null,
  }
  const events = clockEventsOf(await readClockFacts(db, incident))
  const counted = countClocks(agreement, subject, events, now.getTime()).find(({ row }) => row.metric === stored.metric)
  if (!counted) throw notFound('clock.not-found')
  const zone = agreement.open.versions[0]!.rules.timeZone
  const steps = explainClock(counted.result, counted.result.open, {
    language: actor.language,
    zone,
    fold: true,
    teams: barredFromInside(actor) === null ? await teamNames(context, events) : undefined,
  })
  return {
    clock: clockView(stored, agreement, now),
    timeZone: zone,
    agreement: { id: stored.agreementId, name: stored.agreementName, number: stored.agreementNumber },
    calendar: { id: stored.calendarId, name: stored.calendarName },
    target: await explainTarget(context, { targetId: stored.targetId, targetMs: counted.result.targetMs }),
    hours: explainHours(actor.language, agreement, {
      calendar: stored.calendarName,
      brought: stored.calendarId !== stored.agreedCalendarId,
    }),
    ...(counted.gaps.length > 0 && { gaps: counted.gaps.map(gapView) }),
    asOf: now,
    steps: steps.map((step) => ({ ...step, from: new Date(step.from), to: new Date(step.to) })),
  }
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
