import type { CalendarRules } from '#core/calendar-rules.ts'
import { openIntervals, openMsBetween, rulesAt, type OpenTime } from '#core/calendar.ts'
import type { ClockMetric, ClockResult, ClockSegment } from '#core/clock-terms.ts'
import {
  type ClockWords,
  durationText,
  hoursText,
  inSentences,
  momentText,
  sayClock,
  waitText,
  wholeSeconds,
} from '#core/clock-text.ts'
import { closedSentence, whyClosed, type ClosedReason } from '#core/explanation-closed.ts'
import type { Language } from '#core/text.ts'
import { localAt } from '#core/zone.ts'

/** A stretch `[from, to)` of a clock's life and what it did to the clock. */
export interface ExplainedStep {
  readonly from: number
  readonly to: number
  readonly kind: 'run' | 'pause' | 'closed'
  /** A pause's or wait's reason, `resolved`, `carried`, or why it was closed; null for a plain run. */
  readonly reason: ClockSegment['reason'] | ClosedReason | 'carried'
  /** What of it counts. Over all steps the sum is `wholeSeconds` of the clock's elapsed time, whatever the milliseconds. */
  readonly countedSeconds: number
  /** The sum so far. */
  readonly elapsedSeconds: number
  readonly sentence: string
}

export interface ExplanationOptions {
  readonly language: Language
  /** In which moments are told; the calendar's own when absent. */
  readonly zone?: string | undefined
  /** Names by team; without it no team is named. */
  readonly teams?: ReadonlyMap<string, string> | undefined
  /** Days of which each is like the other become one step where there would be more than `FOLD_FROM` steps. */
  readonly fold?: boolean | undefined
  /** What states and reasons for waiting are called instead of by our words; by the names that programs use. */
  readonly words?: ClockWords | undefined
}

/** More steps than this are no explanation any more. */
export const FOLD_FROM = 24

/** A step before it is put into words. */
interface Piece {
  readonly from: number
  readonly to: number
  readonly kind: 'run' | 'pause' | 'closed'
  readonly countedMs: number
  readonly segment: ClockSegment | null
  /** Of a folded piece: the local days on which it ran, and the holidays in between. */
  readonly days?: number
  readonly holidays?: readonly string[]
}

/**
 * How a clock's elapsed time comes about, in order and without gaps: runs are split where the calendar closes, closed time
 * in a row is one step, a pause stays whole. `open` are the hours the result was counted in (`result.open`).
 */
export function explainClock(result: ClockResult, open: OpenTime, options: ExplanationOptions): ExplainedStep[] {
  let pieces = piecesOf(result, open)
  if (options.fold === true && pieces.length > FOLD_FROM) pieces = folded(pieces, open, options.language)
  const steps: ExplainedStep[] = []
  const tellsHours = firstOfEachHours(pieces, open)
  let elapsedMs = 0
  let elapsedSeconds = 0
  pieces.forEach((piece, index) => {
    elapsedMs += piece.countedMs
    const countedSeconds = wholeSeconds(elapsedMs) - elapsedSeconds
    elapsedSeconds += countedSeconds
    const { from, to, kind } = piece
    const words = wordsOf({ result, open, options, pieces, piece, index, tellsHours: tellsHours.has(index) })
    steps.push({ from, to, kind, countedSeconds, elapsedSeconds, ...words })
  })
  return steps
}

function piecesOf({ segments, carriedMs, startAt }: ClockResult, open: OpenTime): Piece[] {
  const pieces: Piece[] = []
  if (carriedMs > 0) {
    const at = segments[0]?.from ?? startAt ?? 0
    pieces.push({ from: at, to: at, kind: 'run', countedMs: carriedMs, segment: null })
  }
  const close = (from: number, to: number) => {
    const last = pieces.at(-1)
    if (from >= to) return
    if (last?.kind === 'closed') pieces[pieces.length - 1] = { ...last, to }
    else pieces.push({ from, to, kind: 'closed', countedMs: 0, segment: null })
  }
  for (const segment of segments) {
    const { from, to, kind } = segment
    if (kind === 'pause') {
      pieces.push({ from, to, kind, countedMs: 0, segment })
      continue
    }
    let closedFrom = from
    for (const { opens, closes } of openIntervals(open, from, to)) {
      close(closedFrom, opens)
      pieces.push({ from: opens, to: closes, kind, countedMs: closes - opens, segment })
      closedFrom = closes
    }
    close(closedFrom, to)
  }
  return pieces
}

/** Runs of the same team and wait that only closed time parts, as one run. Two days are still told one by one. */
function folded(pieces: readonly Piece[], open: OpenTime, language: Language): Piece[] {
  const made: Piece[] = []
  for (let index = 0; index < pieces.length;) {
    const first = pieces[index]!
    let last = index
    for (let next = index; next < pieces.length && isLike(first, pieces[next]!); next++) {
      if (pieces[next]!.kind === 'run') last = next
    }
    const group = pieces.slice(index, last + 1)
    const runs = group.filter(({ kind }) => kind === 'run')
    if (first.segment === null || first.kind !== 'run' || runs.length < 3) {
      made.push(first)
      index++
      continue
    }
    const { timeZone } = rulesAt(open, first.from)
    const dates = new Set(runs.map(({ from }) => Math.floor(localAt(timeZone, from) / 86_400_000)))
    const closures = group.filter(({ kind }) => kind === 'closed')
    made.push({
      ...first,
      to: group.at(-1)!.to,
      countedMs: runs.reduce((sum, { countedMs }) => sum + countedMs, 0),
      days: dates.size,
      holidays: closures.flatMap(({ from, to }) => whyClosed(language, open, from, to).holidays),
    })
    index = last + 1
  }
  return made
}

function isLike({ segment }: Piece, other: Piece): boolean {
  if (other.kind === 'closed') return true
  return other.kind === 'run' && other.segment?.team === segment?.team && other.segment?.reason === segment?.reason
}

interface Telling {
  readonly result: ClockResult
  readonly open: OpenTime
  readonly options: ExplanationOptions
  readonly pieces: readonly Piece[]
  readonly piece: Piece
  readonly index: number
  /** It is closed here for the first time in these hours. */
  readonly tellsHours: boolean
}

/** Where hours are told that have not been told before: those of the first closed or folded piece under each version. */
function firstOfEachHours(pieces: readonly Piece[], open: OpenTime): ReadonlySet<number> {
  const told = new Set<CalendarRules>()
  const found = new Set<number>()
  pieces.forEach(({ kind, days, from }, index) => {
    const rules = rulesAt(open, from)
    if ((kind !== 'closed' && days === undefined) || told.has(rules)) return
    told.add(rules)
    found.add(index)
  })
  return found
}

function wordsOf(telling: Telling): Pick<ExplainedStep, 'reason' | 'sentence'> {
  const { piece, open, options, tellsHours } = telling
  const { language } = options
  if (piece.kind === 'pause') return { reason: piece.segment?.reason ?? null, sentence: pauseSentence(telling) }
  if (piece.kind === 'closed') {
    const why = whyClosed(language, open, piece.from, piece.to)
    return { reason: why.reason, sentence: closedSentence(language, rulesAt(open, piece.from), why, tellsHours) }
  }
  if (piece.segment === null) {
    const duration = durationText(language, piece.countedMs)
    return { reason: 'carried', sentence: inSentences(sayClock(language, 'run.carried', { duration })) }
  }
  return { reason: piece.segment.reason, sentence: runSentence(telling, piece.segment) }
}

function runSentence(telling: Telling, { reason, team }: ClockSegment): string {
  const { result, open, options, pieces, piece, index } = telling
  const { language, teams } = options
  const name = team === null ? undefined : teams?.get(team)
  const isLast = index === pieces.length - 1
  const values = { team: name ?? '', named: name === undefined ? 'no' : 'yes' }
  let ran: string
  if (piece.days === undefined) {
    const tense = isLast && (result.state === 'running' || result.state === 'breached-running') ? 'now' : 'then'
    ran = sayClock(language, 'run', { ...values, tense, begin: beginOf(telling), end: endOf(telling) })
  } else {
    const rules = rulesAt(open, piece.from)
    const labels = [...new Set(piece.holidays)].join(', ')
    ran = inSentences(
      sayClock(language, 'fold', {
        ...values,
        days: piece.days,
        hours: hoursText(language, rules),
        zone: rules.timeZone,
      }),
      labels === '' ? '' : sayClock(language, 'fold.labels', { labels }),
    )
  }
  return inSentences(ran, waitSentence(options, reason), missedSentence(telling))
}

function waitSentence({ language, words }: ExplanationOptions, reason: ClockSegment['reason']): string {
  if (reason === null) return ''
  if (reason === 'resolved') return sayClock(language, 'run.resolved')
  return sayClock(language, 'run.waiting', {
    state: words?.states['on-hold'] ?? sayClock(language, 'on-hold'),
    wait: waitText(language, reason, words),
  })
}

function missedSentence({ result, open, options, piece }: Telling): string {
  const { breachedAt, dueAt, targetMs } = result
  if (breachedAt === null || breachedAt < piece.from || breachedAt >= piece.to) return ''
  const { language } = options
  const moment = momentOf(result, open, options, dueAt ?? breachedAt)
  return sayClock(language, 'run.missed', { target: durationText(language, targetMs), moment })
}

/** What began the clock, said with its first run. */
function beginOf({ result, pieces, index }: Telling): string {
  const before = pieces.slice(0, index).filter(({ kind }) => kind !== 'closed')
  if (before.at(-1)?.segment?.reason === 'resolved') return 'reopened'
  if (before.length > 0) return 'then'
  const replaced = result.earlier.at(-1)
  if (result.metric === 'reply') return 'asked'
  if (replaced === undefined) return result.metric === 'fulfilment' ? 'ordered' : 'opened'
  if (replaced.stoppedAt === result.startAt) return result.metric === 'next-update' ? 'updated' : 'then'
  return replaced.cancelReason === null ? 'reopened' : 'opened'
}

const ends: Readonly<Record<ClockMetric, string>> = {
  response: 'responded',
  restore: 'restored',
  resolution: 'resolved',
  'next-update': 'updated',
  reply: 'replied',
  fulfilment: 'delivered',
}

/** What ended the clock, said with its last run; of the first run also that it ended for the night. */
function endOf({ result, pieces, piece, index }: Telling): string {
  const { state, stoppedAt, metric } = result
  if (stoppedAt === piece.to && (state === 'met' || state === 'breached-stopped')) return ends[metric]
  const isFirst = pieces.findIndex(({ kind, segment }) => kind === 'run' && segment !== null) === index
  return isFirst && pieces[index + 1]?.kind === 'closed' ? 'closing' : 'then'
}

function pauseSentence({ result, open, options, pieces, piece, index }: Telling): string {
  const { language, words } = options
  const { from, to, segment } = piece
  const countedMs = openMsBetween(open, from, to)
  const outsideMs = to - from - countedMs
  const { state, breachedAt } = result
  const isOngoing = index === pieces.length - 1 && (state === 'paused' || state === 'breached-running')
  const kind = wholeSeconds(countedMs) === 0 && outsideMs > 0 ? 'outside' : outsideMs < 60_000 ? 'all' : 'partly'
  return inSentences(
    sayClock(language, `pause.${kind}`, {
      ongoing: isOngoing ? 'yes' : 'no',
      counted: durationText(language, countedMs),
      outside: durationText(language, outsideMs),
      wait: waitText(language, segment?.reason ?? 'other', words),
    }),
    breachedAt !== null && breachedAt <= from ? sayClock(language, 'pause.missed') : '',
  )
}

/** A moment of a clock, with the year where it is not that of the start. */
export function momentOf(
  result: ClockResult,
  open: OpenTime,
  { language, zone }: ExplanationOptions,
  instant: number,
): string {
  const shownIn = zone ?? rulesAt(open, instant).timeZone
  const year = new Date(localAt(shownIn, result.startAt ?? instant)).getUTCFullYear()
  return momentText(language, shownIn, instant, year)
}
