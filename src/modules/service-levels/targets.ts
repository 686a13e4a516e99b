import { DAY_MS, type CalendarRules } from '#core/calendar-rules.ts'
import { invalid, refused } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { requireService } from '#modules/services'
import type { Db } from '#platform/context.ts'
import { repeatedTarget, type TargetConditions } from './target-choice.ts'
import type { NewTarget, Target } from './target.ts'

/** A target as the database gives it within its version. */
export interface TargetRow {
  readonly metric: Target['metric']
  readonly priority: Target['priority']
  readonly targetSeconds: number
  readonly attainmentBp: number
  readonly expectedBp: number | null
  readonly minimumBp: number | null
  readonly service: string | null
  readonly category: string | null
  readonly siteType: NonNullable<Target['when']>['siteType'] | null
  readonly reported: NonNullable<Target['when']>['reported'] | null
  readonly days: number | null
  readonly reading: NonNullable<Target['days']>['reading'] | null
}

/** As it is told: what it does not say is not there. */
export function targetOf(row: TargetRow): Target {
  const { metric, priority, targetSeconds, attainmentBp, expectedBp, minimumBp, days, reading, ...conditions } = row
  const when = Object.fromEntries(Object.entries(conditions).filter(([, value]) => value !== null))
  return {
    metric,
    priority,
    targetSeconds,
    attainmentBp,
    ...(expectedBp !== null && { expectedBp }),
    ...(minimumBp !== null && { minimumBp }),
    ...(Object.keys(when).length > 0 && { when }),
    ...(days !== null && reading !== null && { days: { count: days, reading } }),
  }
}

interface Version {
  readonly versionId: string
  readonly customerId: string
  /** In whose hours a working day is as long as it usually is. */
  readonly calendarId: string
  readonly now: Date
}

/** Stores the targets of a version in their order. Refuses two that promise the same thing for the same conditions. */
export async function insertTargets(
  db: Db,
  targets: readonly NewTarget[],
  { versionId, customerId, calendarId, now }: Version,
): Promise<void> {
  if (targets.length === 0) return
  const usualDay = targets.some(({ days }) => days !== undefined) ? await usualDaySeconds(db, calendarId) : 0
  const rows = []
  for (const [position, { when = {}, days, targetSeconds, expectedBp, minimumBp, ...target }] of targets.entries()) {
    const { service, category = null, siteType = null, reported = null } = when
    const serviceId = service === undefined ? null : (await requireService(db, customerId, service)).id
    const conditions: TargetConditions = { serviceId, category, siteType, reported }
    if (days === undefined && targetSeconds === 0) {
      throw invalid(
        'agreement.target-zero',
        { metric: target.metric.replace('-', '_'), priority: target.priority.toUpperCase() },
        at(`targets.${position}.targetSeconds`),
      )
    }
    const seconds =
      days === undefined ? targetSeconds! : days.count * (days.reading === 'service-time' ? DAY_MS / 1000 : usualDay)
    rows.push({
      ...target,
      ...conditions,
      id: newId(now.getTime()),
      agreementVersionId: versionId,
      customerId,
      position,
      targetSeconds: seconds,
      expectedBp: expectedBp ?? null,
      minimumBp: minimumBp ?? null,
      days: days?.count ?? null,
      dayReading: days?.reading ?? null,
    })
  }
  const second = repeatedTarget(rows)
  const twice = rows[second]
  if (twice !== undefined) {
    throw refused(
      'agreement.target-twice',
      { metric: twice.metric.replace('-', '_'), priority: twice.priority.toUpperCase() },
      at(`targets.${second}.metric`),
    )
  }
  const unordered = rows.find(
    ({ attainmentBp, expectedBp, minimumBp }) =>
      (expectedBp !== null && expectedBp < attainmentBp) || (minimumBp !== null && minimumBp > attainmentBp),
  )
  if (unordered !== undefined) {
    const { priority, position } = unordered
    throw refused(
      'agreement.levels-unordered',
      { priority: priority.toUpperCase() },
      at(`targets.${position}.attainmentBp`),
    )
  }
  await db.insertInto('target').values(rows).execute()
}

function at(path: string) {
  return { errors: [{ path, message: '' }] }
}

/** What a working day of a calendar's newest hours lasts on average, in seconds; a whole one where nothing opens. */
export async function usualDaySeconds(db: Db, calendarId: string): Promise<number> {
  const { rules } = await db
    .selectFrom('calendarVersion')
    .select('rules')
    .where('calendarId', '=', calendarId)
    .orderBy('validFrom', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  const days = (rules as unknown as CalendarRules).week.filter((windows) => windows.length > 0)
  const minutes = days.flat().reduce((sum, { opens, closes }) => sum + closes - opens, 0)
  return days.length === 0 ? DAY_MS / 1000 : Math.round((minutes * 60) / days.length)
}
