import type { Clock, ClockExplanation, HistoryEntry } from '#api/incidents'

/** What of a history is shown: all of it, what clocks did, what was written, or what was done. */
export const historyParts = ['clocks', 'messages', 'work'] as const
export type HistoryPart = (typeof historyParts)[number]

/** A line of the history: a fact that was recorded, or what followed from the facts for a clock. */
export type HistoryLine =
  | { readonly id: string; readonly at: Date; readonly part: HistoryPart; readonly fact: HistoryEntry }
  | { readonly id: string; readonly at: Date; readonly part: 'clocks'; readonly clock: ClockLine }

export interface ClockLine {
  readonly metric: Clock['metric']
  readonly what: 'missed' | 'met' | 'missed-stopped' | 'paused'
  /** Beyond the target when it stopped, in seconds. */
  readonly overSeconds: number
  /** What the explanation says of a pause. */
  readonly sentence: string
}

/** Facts and what they meant for the clocks, the latest first; of the same moment what came later stands above. */
export function historyLines(
  history: readonly HistoryEntry[],
  told: readonly ClockExplanation[],
): readonly HistoryLine[] {
  const facts = history.map((fact): HistoryLine => ({
    id: fact.id,
    at: fact.occurredAt,
    part: partOf(fact.kind),
    fact,
  }))
  // A miss that was told when it happened is in the history itself.
  const missed = new Set(history.filter(({ kind }) => kind === 'clock.breached').map((fact) => fact.facts['metric']))
  const lines = told
    .flatMap(clockLines)
    .filter((line) => !('clock' in line) || line.clock.what !== 'missed' || !missed.has(line.clock.metric))
  // A sort that keeps what is equal: facts come in their order, clocks follow from them.
  return [...facts, ...lines].toSorted((one, other) => one.at.getTime() - other.at.getTime()).toReversed()
}

const MESSAGES = new Set([
  'incident.note',
  'incident.answer',
  'incident.mail',
  'incident.contact',
  'incident.responded',
])

function partOf(kind: string): HistoryPart {
  if (kind.startsWith('clock.')) return 'clocks'
  return MESSAGES.has(kind) ? 'messages' : 'work'
}

function clockLines({ clock, steps }: ClockExplanation): HistoryLine[] {
  const { id, metric, state, breachedAt, stoppedAt, elapsedSeconds, targetSeconds } = clock
  const line = (at: Date, what: ClockLine['what'], sentence = ''): HistoryLine => ({
    id: `${id} ${what} ${at.getTime()}`,
    at,
    part: 'clocks',
    clock: { metric, what, overSeconds: elapsedSeconds - targetSeconds, sentence },
  })
  const pauses = steps
    .filter(({ kind }) => kind === 'pause')
    .map(({ from, sentence }) => line(from, 'paused', sentence))
  const missed = breachedAt === null ? [] : [line(breachedAt, 'missed')]
  const stopped =
    stoppedAt === null || state === 'cancelled' ? [] : [line(stoppedAt, state === 'met' ? 'met' : 'missed-stopped')]
  return [...pauses, ...missed, ...stopped]
}

/** `{ from, to }` of a changed field; null where a fact has none. */
export function changeOf(value: unknown): { readonly from: unknown; readonly to: unknown } | null {
  if (typeof value !== 'object' || value === null || !('to' in value)) return null
  return { from: 'from' in value ? value.from : null, to: value.to }
}

/** Text of a fact, or nothing. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
