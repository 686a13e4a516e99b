import { rulesAt } from '#core/calendar.ts'
import { wholeSeconds } from '#core/clock-text.ts'
import { clockSummary } from '#core/explanation-summary.ts'
import { explainClock } from '#core/explanation.ts'
import { barredFromInside } from '#core/may.ts'
import { notFound } from '#core/failure.ts'
import { exclusionView } from '#modules/service-levels'
import type { Context } from '#platform/context.ts'
import { countOf } from './promise.ts'
import { getRequest } from './queries.ts'
import { sentences } from './sentences.ts'
import { shownResult } from './settle.ts'
import { type CountedAgain, countToldOrder } from './told-again.ts'

/** How the promise of a request was counted; where nothing was agreed it says so. */
export async function explainRequest(context: Context, idOrNumber: string) {
  const { db, now, actor } = context
  const { id } = await getRequest(context, idOrNumber)
  const row = await db
    .selectFrom('request')
    .select(['id', 'agreementVersionId', 'calendarVersionId', 'targetSeconds', 'targetDays', 'targetEnd'])
    .select(['fulfilment', 'exclusion'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (row === undefined) throw notFound('request.not-found', { request: idOrNumber })
  const counted = await countOf(db, row, now)
  if (counted === null) {
    const none = { agreement: null, timeZone: null, targetSeconds: null, dueAt: null, stoppedAt: null, steps: [] }
    return { summary: sentences(actor.language, 'nothing-promised'), asTold: false, exclusion: null, ...none }
  }
  const shown = shownResult(row.fulfilment, counted)
  const told = shown.asTold ? await countToldOrder(context, id, shown.result) : null
  const known = { ...counted, versionId: row.agreementVersionId! }
  return {
    ...(await inSentences(context, told ?? known)),
    exclusion: exclusionView(row.exclusion, barredFromInside(actor) === null),
    asTold: told !== null,
  }
}

async function inSentences({ db, now, actor }: Context, { result, open, versionId }: CountedAgain) {
  const { language } = actor
  const agreement = await db
    .selectFrom('agreementVersion')
    .innerJoin('agreement', 'agreement.id', 'agreementVersion.agreementId')
    .select(['agreement.id', 'agreement.name'])
    .where('agreementVersion.id', '=', versionId)
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
