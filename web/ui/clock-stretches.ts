/** One stretch of a clock's explanation, as the server tells it. Times of service in seconds. */
export interface ClockStep {
  readonly from: Date
  readonly to: Date
  readonly kind: 'run' | 'pause' | 'closed'
  readonly countedSeconds: number
  /** Counted up to its end. */
  readonly elapsedSeconds: number
  readonly sentence: string
}

/** What the picture shows: counted, closed, paused, over the target, left until it, or left unused when it stopped. */
export type StretchKind = 'run' | 'closed' | 'pause' | 'over' | 'left' | 'unused'

export interface Stretch {
  readonly kind: StretchKind
  readonly from: Date
  readonly to: Date
  readonly countedSeconds: number
  /** The line of the ledger it belongs to; closed ones have none. */
  readonly number: number | null
}

/** A line of the ledger. `sentence` is null for what is left: nobody said that yet. */
export interface LedgerLine {
  readonly kind: StretchKind
  readonly number: number | null
  readonly from: Date
  readonly to: Date
  readonly countedSeconds: number
  readonly sumSeconds: number
  readonly sentence: string | null
}

export interface ClockFacts {
  readonly steps: readonly ClockStep[]
  readonly targetSeconds: number
  /** Null where nothing is due: paused, or never to open again. */
  readonly dueAt: Date | null
  /** Null while it runs or is paused. */
  readonly stoppedAt: Date | null
}

export interface ClockPicture {
  readonly stretches: readonly Stretch[]
  readonly lines: readonly LedgerLine[]
}

/**
 * A clock's steps as stretches to draw and lines to read. A run that crosses the target is one line and two stretches, the
 * second one over. What is left is added at the end, up to the moment it is due: as one stretch, though nights may lie in it.
 */
export function clockPicture({ steps, targetSeconds, dueAt, stoppedAt }: ClockFacts): ClockPicture {
  const stretches: Stretch[] = []
  const lines: LedgerLine[] = []
  let number = 0
  for (const step of steps) {
    const { from, to, kind, countedSeconds, elapsedSeconds, sentence } = step
    const own = kind === 'closed' ? null : ++number
    const over = kind === 'run' ? Math.min(countedSeconds, Math.max(0, elapsedSeconds - targetSeconds)) : 0
    const whole = over > 0 && over === countedSeconds
    if (over > 0 && !whole) {
      const crossed = new Date(to.getTime() - over * 1000)
      stretches.push({ kind: 'run', from, to: crossed, countedSeconds: countedSeconds - over, number: own })
      stretches.push({ kind: 'over', from: crossed, to, countedSeconds: over, number: null })
    } else {
      stretches.push({ kind: whole ? 'over' : kind, from, to, countedSeconds, number: own })
    }
    lines.push({
      kind: whole ? 'over' : kind,
      number: own,
      from,
      to,
      countedSeconds,
      sumSeconds: elapsedSeconds,
      sentence,
    })
  }
  const last = steps.at(-1)
  const leftSeconds = targetSeconds - (last?.elapsedSeconds ?? 0)
  if (last !== undefined && dueAt !== null && leftSeconds > 0 && dueAt > last.to) {
    const kind = stoppedAt === null ? 'left' : 'unused'
    const own = kind === 'left' ? ++number : null
    const rest = { kind, from: last.to, to: dueAt, countedSeconds: leftSeconds, number: own } as const
    stretches.push(rest)
    if (kind === 'left') lines.push({ ...rest, sumSeconds: targetSeconds, sentence: null })
  }
  return { stretches, lines }
}
