import type { OpenTime } from '#core/calendar.ts'
import type { CancelReason, ClockResult } from '#core/clock-terms.ts'
import { durationText, inSentences, sayClock, wholeSeconds } from '#core/clock-text.ts'
import { momentOf, type ExplanationOptions } from '#core/explanation.ts'

/** What is left of a running clock until it is due; null when it does not run or is due already. */
export function explainLeft(
  result: ClockResult,
  open: OpenTime,
  options: ExplanationOptions,
): { readonly to: number; readonly countedSeconds: number; readonly sentence: string } | null {
  const { state, dueAt, targetMs, elapsedMs } = result
  if (state !== 'running' || dueAt === null) return null
  const { language } = options
  const due = momentOf(result, open, options, dueAt)
  return {
    to: dueAt,
    countedSeconds: wholeSeconds(targetMs) - wholeSeconds(elapsedMs),
    sentence: inSentences(sayClock(language, 'left', { due, duration: durationText(language, targetMs - elapsedMs) })),
  }
}

/** Why it was cancelled, as the sentence chooses by it. */
const cancelWords: Readonly<Record<CancelReason, string>> = {
  'priority-changed': 'priority',
  'no-target': 'target',
  cancelled: 'ticket',
  duplicate: 'duplicate',
  mistake: 'mistake',
  reclassified: 'reclassified',
  part: 'part',
}

/** Where the clock stands, in a sentence or two. */
export function clockSummary(result: ClockResult, open: OpenTime, options: ExplanationOptions): string {
  const { state, dueAt, targetMs, elapsedMs, cancelReason } = result
  const { language } = options
  const withoutDue = dueAt === null && (state === 'running' || state === 'met')
  return inSentences(
    sayClock(language, withoutDue ? `summary.${state}-without-due` : `summary.${state}`, {
      elapsed: durationText(language, elapsedMs),
      target: durationText(language, targetMs),
      left: durationText(language, targetMs - elapsedMs),
      over: durationText(language, elapsedMs - targetMs),
      due: dueAt === null ? '' : momentOf(result, open, options, dueAt),
      why: cancelWords[cancelReason ?? 'cancelled'],
    }),
  )
}
