import type { Format } from '#web/ui/format.ts'
import type { Standing } from '#web/ui/state.tsx'
import type { Say } from '#web/ui/text.tsx'

const HOUR_MS = 3_600_000

/** A line of the list, in words. */
export interface TodayLine {
  readonly key: string
  readonly is: Standing | 'write'
  readonly title: string
  readonly to: string
  readonly about: readonly string[]
  /** How long, and until or since when. */
  readonly time: string
  readonly timeNote: string
  /** Late, or soon to be. */
  readonly urgent: 'miss' | 'soon' | null
  readonly act: string
}

/** Who says it, to whom and when. */
export interface Saying {
  readonly t: Say
  readonly format: Format
  readonly now: Date
  /** Whoever only reads is told to look, not to act. */
  readonly works: boolean
}

/** Minutes while they matter, then hours. */
export function spanOf(ms: number, format: Format): string {
  const all = Math.abs(ms)
  return format.duration(all < 10 * HOUR_MS ? all : Math.floor(all / HOUR_MS) * HOUR_MS)
}
