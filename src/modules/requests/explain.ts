import { rulesAt } from '#core/calendar.ts'
import { wholeSeconds } from '#core/clock-text.ts'
import { clockSummary } from '#core/explanation-summary.ts'
import { explainClock } from '#core/explanation.ts'
import { barredFromInside } from '#core/may.ts'
import { notFound } from '#core/failure.ts'
import { exclusionView, explainFulfilment, explainHours, type Result } from '#modules/service-levels'
import type { Context, Db } from '#platform/context.ts'
import { countOf } from './promise.ts'
import { getRequest } from './queries.ts'
import { sentences } from './sentences.ts'
import { shownResult } from './settle.ts'
import { type CountedAgain, countToldOrder } from './told-again.ts'

/** How the promise of a request was counted; where nothing was agreed it says so. */
export async function explainRequest(context: Context, idOrNumber: string) {
  const found = await explainOrderOf(context, idOrNumber)
  if (found === null) {
    const none = { agreement: null, calendar: null, timeZone: null, targetSeconds: null, dueAt: null, stoppedAt: null }
    const summary = sentences(context.actor.language, 'nothing-promised')
    return { summary, state: null, asTold: false, exclusion: null, promised: null, hours: null, ...none, steps: [] }
  }
  return found.explanation
}

/** The explanation with what it was made from; null where nothing was agreed. */
export async function explainOrderOf(context: Context, idOrNumber: string) {
  const { db, now, actor } = context
  const order = await getRequest(context, idOrNumber)
  const row = await db
    .selectFrom('request')
    .select(['id', 'agreementVersionId', 'calendarVersionId', 'targetSeconds', 'targetDays', 'targetEnd'])
    .select(['fulfilment', 'exclusion', 'itemId', 'serviceId'])
    .where('id', '=', order.id)
    .executeTakeFirst()
  if (row === undefined) throw notFound('request.not-found', { request: idOrNumber })
  const counted = await countOf(db, row, now)
  if (counted === null) return null
  const shown = shownResult(row.fulfilment, counted)
  const told = shown.asTold ? await countToldOrder(context, order.id, shown.result) : null
  const again = told ?? { ...counted, versionId: row.agreementVersionId! }
  const { agreement, calendar, agreedCalendarId } = await namesOf(db, again)
  const { language } = actor
  const explanation = {
    ...inSentences(context, again, told === null ? again.result : shown.result),
    agreement,
    calendar,
    promised: explainFulfilment(language, again.agreement.fulfilment, {
      itemId: row.itemId,
      serviceId: row.serviceId,
      serviceName: order.service?.name ?? null,
      targetMs: again.result.targetMs,
    }),
    hours: explainHours(language, again.agreement, {
      calendar: calendar.name,
      brought: calendar.id !== agreedCalendarId,
    }).sentence,
    exclusion: exclusionView(row.exclusion, barredFromInside(actor) === null),
    asTold: told !== null,
  }
  return { explanation, again, order }
}

/** What the version and the calendar in whose hours it was counted are called. */
async function namesOf(db: Db, { versionId, agreement: { calendarVersions } }: CountedAgain) {
  const version = await db
    .selectFrom('agreementVersion')
    .innerJoin('agreement', 'agreement.id', 'agreementVersion.agreementId')
    .select(['agreement.id', 'agreement.name', 'agreementVersion.number', 'agreementVersion.calendarId'])
    .where('agreementVersion.id', '=', versionId)
    .executeTakeFirstOrThrow()
  const calendar = await db
    .selectFrom('calendarVersion')
    .innerJoin('calendar', 'calendar.id', 'calendarVersion.calendarId')
    .select(['calendar.id', 'calendar.name'])
    .where('calendarVersion.id', '=', calendarVersions[0]!.id)
    .executeTakeFirstOrThrow()
  const { calendarId: agreedCalendarId, ...agreement } = version
  return { agreement, calendar, agreedCalendarId }
}

function inSentences({ now, actor }: Context, { result, open }: CountedAgain, { state }: Pick<Result, 'state'>) {
  const { language } = actor
  const timeZone = rulesAt(open, now.getTime()).timeZone
  return {
    summary: clockSummary(result, open, { language, zone: timeZone }),
    state,
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
