import type { CalendarRules } from '#core/calendar-rules.ts'
import { type CalendarVersion, compileCalendar, type OpenTime, isOpen } from '#core/calendar.ts'
import type { ClockTarget, ClockTerms, WorkingDays } from '#core/clock-terms.ts'
import { instantAt } from '#core/zone.ts'
import type { PromisedMetric, Priority, Terms } from './agreement.ts'
import { type Circumstances, holdsFor, inOrderOfChoice, type TargetConditions } from './target-choice.ts'

/** A target as clocks are counted by it. */
export interface CountedTarget extends TargetConditions {
  readonly id: string
  readonly metric: PromisedMetric
  readonly priority: Priority
  readonly targetMs: number
  readonly days?: WorkingDays | undefined
}

/** What is promised for incidents of like circumstances. */
export interface Promised {
  readonly open: OpenTime
  /** The target of a metric and priority: the first that holds. */
  readonly targets: ReadonlyMap<`${PromisedMetric} ${Priority}`, CountedTarget>
  /** Null when nothing is promised for this metric, whatever the priority. */
  readonly termsOf: (metric: PromisedMetric, priority: Priority) => ClockTerms | null
}

/** A stretch of the calendar with the id of its version. */
export type CalendarSpan = CalendarVersion & { readonly id: string }

/** What of an incident decides about its targets. */
export interface PromiseSubject {
  readonly serviceId: string | null
  readonly category: string | null
}

export interface PromiseMaker {
  /** What is promised for an incident that was opened at a moment. */
  readonly promised: (subject: PromiseSubject, openedAt: number) => Promised
  /** The hours in which a clock runs that began under a version of the calendar. */
  readonly openOf: (calendarVersionId: string) => OpenTime
}

/**
 * Chooses among an agreement's targets, once for each set of them that can hold together: incidents of like
 * circumstances share terms and hours.
 */
export function promiseMaker(
  terms: Terms,
  { spans, open, siteType }: { spans: readonly CalendarSpan[]; open: OpenTime; siteType: string | null },
  targets: readonly CountedTarget[],
): PromiseMaker {
  const ordered = inOrderOfChoice(targets)
  const conditional = ordered.some(hasConditions)
  const atStart = terms.onCalendarChange === 'at-start' && spans.length > 1
  const openAtStart = new Map<string, OpenTime>()
  const openOf = (calendarVersionId: string): OpenTime => {
    const span = atStart ? spans.find(({ id }) => id === calendarVersionId) : undefined
    if (span === undefined) return open
    const known = openAtStart.get(span.id) ?? compileCalendar(rulesFrom(span, spans))
    openAtStart.set(span.id, known)
    return known
  }
  const made = new Map<string, Promised>()
  return {
    openOf,
    promised: (subject, openedAt) => {
      const span = atStart ? spanAt(spans, openedAt).id : ''
      const hours = atStart ? openOf(span) : open
      let holding: readonly CountedTarget[] = ordered
      let key = span
      if (conditional) {
        const reported = isOpen(hours, openedAt) ? 'within-hours' : 'outside-hours'
        const circumstances: Circumstances = { ...subject, siteType, reported }
        holding = ordered.filter((target) => holdsFor(target, circumstances))
        key = `${span} ${holding.map((target) => ordered.indexOf(target)).join()}`
      }
      const known = made.get(key) ?? promisedBy(terms, hours, holding)
      made.set(key, known)
      return known
    },
  }
}

function hasConditions({ serviceId, category, siteType, reported }: TargetConditions): boolean {
  return serviceId !== null || category !== null || siteType !== null || reported !== null
}

/** The stretch that holds at a moment; the first also before it. */
export function spanAt<Span extends { readonly from: number }>(spans: readonly Span[], at: number): Span {
  return spans.findLast(({ from }) => from <= at) ?? spans[0]!
}

/** The weekly hours of one version for all time, with the days that differ as each day's own version says. */
function rulesFrom(span: CalendarSpan, spans: readonly CalendarSpan[]): CalendarRules {
  const exceptions = spans.flatMap(({ rules, from, to }) =>
    rules.exceptions.filter(({ date }) => {
      const midnight = instantAt(rules.timeZone, Date.parse(date))
      return from <= midnight && midnight < to
    }),
  )
  return { ...span.rules, exceptions }
}

function promisedBy(terms: Terms, open: OpenTime, holding: readonly CountedTarget[]): Promised {
  const targets = new Map<`${PromisedMetric} ${Priority}`, CountedTarget>()
  const byMetric = new Map<PromisedMetric, Record<string, ClockTarget | null>>()
  for (const target of holding) {
    const { metric, priority, targetMs, days } = target
    if (targets.has(`${metric} ${priority}`)) continue
    targets.set(`${metric} ${priority}`, target)
    const byPriority = byMetric.get(metric) ?? { p1: null, p2: null, p3: null, p4: null, p5: null }
    byPriority[priority] = { targetMs, open, days }
    byMetric.set(metric, byPriority)
  }
  const made = new Map<string, ClockTerms | null>()
  return {
    open,
    targets,
    termsOf: (metric, priority) => {
      const key = `${metric} ${priority}`
      let known = made.get(key)
      if (known === undefined) {
        known = clockTermsOf(metric, terms, byMetric.get(metric), priority)
        made.set(key, known)
      }
      return known
    },
  }
}

function clockTermsOf(
  metric: PromisedMetric,
  terms: Terms,
  byPriority: Record<string, ClockTarget | null> | undefined,
  priority: Priority,
): ClockTerms | null {
  if (byPriority === undefined) return null
  const promised = byPriority[priority] ?? Object.values(byPriority).find((each) => each !== null)!
  return {
    metric,
    targetMs: promised.targetMs,
    days: promised.days,
    pausedBy: metric === 'resolution' ? terms.pausedBy : [],
    reopen: terms.reopen,
    boundary: terms.boundary,
    onPriorityChange: terms.onPriorityChange,
    children: terms.children,
    byPriority,
  }
}
