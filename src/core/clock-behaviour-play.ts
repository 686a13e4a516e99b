import { compileCalendar, type OpenTime } from '#core/calendar.ts'
import { runClock, type ClockResult } from '#core/clock.ts'
import type { ClockEvent, ClockEventKind, ClockMetric, ClockTerms, PriorityChangeMode } from '#core/clock-terms.ts'

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE

/** Monday 2 June 2025, 10:00. */
export const START = Date.UTC(2025, 5, 2, 10)

const week = (opens: number, closes: number, days: number) =>
  compileCalendar({
    timeZone: 'UTC',
    week: Array.from({ length: 7 }, (_, day) => (day < days ? [{ opens: opens * 60, closes: closes * 60 }] : [])),
    exceptions: [],
  })
export const always = week(0, 24, 7)
export const officeHours = week(9, 17, 5)

interface Options {
  readonly targetMs?: number
  readonly open?: OpenTime
  readonly now?: number
  readonly reopen?: ClockTerms['reopen']
  /** The target of priority `p2`; null when it has none. */
  readonly changedTo?: number | null
  readonly mode?: PriorityChangeMode
}

/** The clock of a target of an hour (or another) two days later, or at the moment of the last event if so wished. */
export function play(metric: ClockMetric, events: readonly ClockEvent[], options: Options = {}): ClockResult {
  const { targetMs = HOUR, open = always, now = events.at(-1)!.at, changedTo, mode = 'retroactive' } = options
  const terms: ClockTerms = {
    metric,
    targetMs,
    pausedBy: metric === 'response' ? [] : ['awaiting-requester'],
    reopen: options.reopen ?? 'continue',
    boundary: 'closing',
    onPriorityChange: { correction: mode, worsened: mode, eased: mode },
    ...(changedTo === undefined
      ? {}
      : { byPriority: { p2: changedTo === null ? null : { targetMs: changedTo, open } } }),
  }
  return runClock(terms, open, events, now)
}

export function dueOf(events: readonly ClockEvent[], targetMs: number, open: OpenTime = always): number | null {
  return play('resolution', events, { targetMs, open }).dueAt
}

/** The due moment of what still runs. */
export function outstanding({ state, dueAt }: ClockResult): number | null {
  return state === 'running' || state === 'paused' || state === 'breached-running' ? dueAt : null
}

export function clocksOf(clock: ClockResult): ClockResult[] {
  return [...clock.earlier, clock]
}

export function opened(): ClockEvent {
  return { at: START, kind: 'opened', priority: 'p3' }
}

export function event(minutes: number, kind: ClockEventKind): ClockEvent {
  return { at: START + minutes * MINUTE, kind }
}

export function asked(minutes: number): ClockEvent {
  return event(minutes, 'asked')
}

export function paused(minutes: number): ClockEvent {
  return { ...event(minutes, 'paused'), reason: 'awaiting-requester' }
}

/** `customer 04:00, agent 04:15 … + close 05:05` as events of one day; the first mail opens the ticket. */
export function correspondence(title: string): ClockEvent[] {
  const day = Date.UTC(2025, 5, 2)
  const mails = [...title.matchAll(/(customer|agent|close) (\d\d):(\d\d)/g)].map(
    ([, who, hours, minutes]): ClockEvent => ({
      at: day + Number(hours) * HOUR + Number(minutes) * MINUTE,
      kind: who === 'customer' ? 'asked' : who === 'agent' ? 'responded' : 'closed',
    }),
  )
  return [{ at: mails[0]?.at ?? day, kind: 'opened' }, ...mails]
}

export function seconds(value: unknown): number {
  return Number(value) * 1000
}
