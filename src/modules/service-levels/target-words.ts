import { notFound } from '#core/failure.ts'
import { durationText, inSentences, sayClock } from '#core/clock-text.ts'
import type { Language } from '#core/text.ts'
import type { Context } from '#platform/context.ts'
import type { AgreementInForce } from './in-force.ts'
import type { Target } from './target.ts'
import { targetOf, type TargetRow } from './targets.ts'

/** Which target a clock is counted by, and why that one. */
export async function explainTarget(
  { db, actor }: Context,
  { targetId, targetMs }: { readonly targetId: string; readonly targetMs: number },
): Promise<Target & { id: string; countedSeconds: number; sentence: string }> {
  const found = await db
    .selectFrom('target')
    .leftJoin('service', 'service.id', 'target.serviceId')
    .select([
      'target.id',
      'target.metric',
      'target.priority',
      'targetSeconds',
      'attainmentBp',
      'expectedBp',
      'minimumBp',
    ])
    .select(['target.serviceId as service', 'category', 'siteType', 'reported', 'days', 'dayReading as reading'])
    .select('service.name as serviceName')
    .where('target.id', '=', targetId)
    .executeTakeFirst()
  if (!found) throw notFound('clock.not-found')
  const { id, serviceName, ...row } = found
  const target = targetOf(row as TargetRow)
  const sentence = targetSentence(actor.language, target, { targetMs, serviceName })
  return { ...target, id, countedSeconds: targetMs / 1000, sentence }
}

/** `P1: 4 h of service time, the target for the service Mail, reported outside hours.` */
export function targetSentence(
  language: Language,
  { priority, days, when = {} }: Pick<Target, 'priority' | 'days' | 'when'>,
  { targetMs, serviceName }: { readonly targetMs: number; readonly serviceName: string | null },
): string {
  const conditions = [
    serviceName === null ? '' : sayClock(language, 'target.service', { name: serviceName }),
    when.category === undefined ? '' : sayClock(language, 'target.category', { name: when.category }),
    when.siteType === undefined ? '' : sayClock(language, 'target.site-type', { type: when.siteType }),
    when.reported === undefined ? '' : sayClock(language, `target.${when.reported}`),
  ].filter((each) => each !== '')
  const duration = durationText(language, targetMs)
  return inSentences(
    days === undefined
      ? sayClock(language, 'target.time', { priority: priority.toUpperCase(), duration })
      : sayClock(language, `target.days.${days.reading}`, {
          priority: priority.toUpperCase(),
          days: days.count,
          duration,
        }),
    conditions.length === 0
      ? sayClock(language, 'target.for-all')
      : sayClock(language, 'target.because', { conditions: conditions.join(', ') }),
  )
}

/** Whose hours a clock runs in, and which take over when hours change. */
export function explainHours(
  language: Language,
  { calendarSource: source, onCalendarChange, calendarVersions }: AgreementInForce,
  { calendar, brought }: { readonly calendar: string; readonly brought: boolean },
): { source: AgreementInForce['calendarSource']; brought: boolean; sentence: string } {
  const sentence = inSentences(
    source === 'agreement' || brought
      ? sayClock(language, `hours-of.${source}`, { calendar })
      : sayClock(language, 'hours-of.fallback', { source, calendar }),
    calendarVersions.length > 1 ? sayClock(language, `hours-change.${onCalendarChange}`) : '',
  )
  return { source, brought: source === 'agreement' || brought, sentence }
}
