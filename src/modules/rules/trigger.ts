import { dueAfter, type OpenTime } from '#core/calendar.ts'
import type { RuleTrigger } from './shape.ts'

const HOUR_MS = 3_600_000
/** So often a rule that repeats itself speaks about one stretch of time. */
const TIMES_AT_MOST = 50

/** A fact of the history. */
export interface HappenedFact {
  readonly kind: string
  readonly facts: Readonly<Record<string, unknown>>
  readonly visibility: string
}

/** Whether a fact of a kind that a rule waits for is one that it waits for. */
export function isTrigger(when: RuleTrigger, { kind, facts, visibility }: HappenedFact): boolean {
  if (when.on === 'state') return when.to.length === 0 || when.to.some((state) => state === facts['to'])
  if (when.on === 'note') return when.visibility === 'any' || when.visibility === visibility
  if (when.on !== 'clock') return when.on !== 'time'
  if (when.metric !== null && facts['metric'] !== when.metric) return false
  return kind === 'clock.breached' ? when.percent === 100 : facts['percent'] === when.percent
}

/** What was said, where that is what happened. */
export function saidIn({ kind, facts }: HappenedFact): string {
  const text = kind === 'incident.state' ? facts['note'] : facts['text']
  return typeof text === 'string' ? text : ''
}

/**
 * The moments at which so many hours had gone by since `anchor`, in milliseconds, of those in `[from, until]`: the first, or
 * every one for a rule that repeats itself.
 *
 * @param open Undefined: the clock round.
 */
export function momentsAfter(
  { hours, repeat }: Extract<RuleTrigger, { on: 'time' }>,
  {
    anchor,
    from,
    until,
    open,
  }: {
    readonly anchor: number
    readonly from: number
    readonly until: number
    readonly open: OpenTime | undefined
  },
): readonly number[] {
  const moments: number[] = []
  for (let times = 1; times <= (repeat ? TIMES_AT_MOST : 1); times++) {
    const ms = Math.round(times * hours * HOUR_MS)
    const at = open === undefined ? anchor + ms : dueAfter(open, anchor, ms)
    if (at === null || at > until) break
    if (at >= from) moments.push(at)
  }
  return moments
}
