import { z } from 'zod'
import { holdsBehaviour } from '#core/clock-behaviours.ts'
import { type Answer, differences } from '#core/clock-case-answer.ts'
import { caseOf, fileOf, headOf, unreadOf, type Case, type CaseInput } from '#core/clock-case-form.ts'
import { calendarOf, dateIn, inputProblems, momentOf, type CaseCalendar } from '#core/clock-case-input.ts'
import {
  dueAfter,
  isOpen,
  nextOpening,
  openIntervals,
  openMsBetween,
  previousClosing,
  type Boundary,
  type OpenTime,
} from '#core/calendar.ts'
import { countedBetween, dueWithPauses, pausesOf } from '#core/pauses.ts'
import { addWorkingDays, isWorkingDay, type DayCounting } from '#core/working-days.ts'

/** What became of a file of cases. */
export interface CasesReport {
  /** A line for each case that failed, and for each that says in words what no rule of ours reads. */
  readonly lines: readonly string[]
  readonly passed: number
  readonly failed: number
  /** Of the failed, those that any correct engine must get right. */
  readonly coreFailed: number
  /** Described in words that are not understood: neither passed nor failed. */
  readonly unchecked: number
}

/**
 * Runs cases in the form of `service_level_cases.json` against the engine. A case of tier `convention` is run under the
 * option it names; of one of tier `vendor_quirk` the reference value is what must come out. One that is not of the form
 * fails by itself, with a sentence. Throws a `RangeError` when the file is of another form.
 */
export function checkCases(file: unknown): CasesReport {
  const { calendars, cases } = fileOf(file)
  const lines: string[] = []
  const count = { passed: 0, failed: 0, coreFailed: 0, unchecked: 0 }
  const fail = (tier: string, line: string) => {
    count.failed++
    if (tier === 'core') count.coreFailed++
    lines.push(line)
  }
  const compiled = new Map<string, CaseCalendar>()
  const calendarNamed = (name: Case['calendar']): CaseCalendar => {
    const key = typeof name === 'string' ? name : JSON.stringify(name)
    if (name === null) throw new RangeError('the case names no calendar')
    const written = typeof name === 'string' ? calendars[name] : name
    if (written === undefined || written === null) throw new RangeError(`There is no calendar ${key}.`)
    const known = compiled.get(key) ?? calendarOf(written)
    compiled.set(key, known)
    return known
  }
  for (const [index, written] of cases.entries()) {
    const { id, tier } = headOf(written, index + 1)
    const one = caseOf(written)
    if (typeof one === 'string') {
      fail(tier, `failed  ${id}: ${one}`)
      continue
    }
    const complaint = complaintOf(one, calendarNamed)
    if (complaint === null) count.passed++
    else if (complaint === undefined) {
      count.unchecked++
      lines.push(`not understood  ${id}: ${one.title || one.kind}`)
    } else {
      const unread = unreadOf(one.input)
      const ignored = unread.length === 0 ? '' : ` (not read: ${unread.join(', ')})`
      const line = `failed (${tier})  ${one.kind} ${id}: ${complaint.replace(/\.$/, '')}${ignored}. ${one.title}`
      fail(tier, line.trimEnd())
    }
  }
  return { lines, ...count }
}

/** What is wrong with the engine's answer; null when nothing is, undefined when the case cannot be read. */
function complaintOf(one: Case, calendarNamed: (name: Case['calendar']) => CaseCalendar): string | null | undefined {
  try {
    if (one.kind === 'behaviour') {
      const holds = holdsBehaviour(one.title, one.expect)
      return holds === undefined ? undefined : holds ? null : `the engine does not keep ${JSON.stringify(one.expect)}`
    }
    const answer = answerTo(one, calendarNamed)
    return answer === undefined ? undefined : differences(one, answer)
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

function answerTo(one: Case, calendarNamed: (name: Case['calendar']) => CaseCalendar): Answer | undefined {
  const { input: asked } = one
  switch (one.kind) {
    case 'invalid_input':
      return { error: inputProblems(asked, one.title, one.calendar, calendarNamed).length > 0 }
    case 'policy_match':
      // A file names no agreements, so none matches.
      return { sla: null }
    case 'due':
      return dueAnswer(one, calendarNamed(one.calendar))
    case 'elapsed':
      return elapsedAnswer(one, calendarNamed(one.calendar).open)
    case 'is_open':
      return { open: isOpen(calendarNamed(one.calendar).open, momentOf(asked.at)) }
    case 'is_working_day':
      return { working: isWorkingDay(calendarNamed(one.calendar).rules, dateIn(asked.date)) }
    case 'next_open':
      return { at: nextOpening(calendarNamed(one.calendar).open, momentOf(asked.at)) }
    case 'prev_close':
      return { at: previousClosing(calendarNamed(one.calendar).open, momentOf(asked.at)) }
    case 'windows':
      return { windows: windowsAnswer(one, calendarNamed(one.calendar).open) }
    default:
      return undefined
  }
}

function dueAnswer({ input: asked, boundary: named, expect }: Case, calendar: CaseCalendar): Answer {
  const { open } = calendar
  const boundary =
    optionOf<Boundary>('boundary', named, { closing: 'closing', next_opening: 'next-opening' }) ?? 'closing'
  if (asked.duration_s === undefined && asked.working_days === undefined) throw new RangeError('no duration is said')
  const start = momentOf(asked.start)
  const durationMs = Math.round((asked.duration_s ?? 0) * 1000)
  const pauses = pausesIn(asked)
  const due =
    asked.working_days === undefined
      ? dueWithPauses(open, start, durationMs, pauses, boundary)
      : dueInDays(asked, calendar, asked.working_days, durationMs, boundary)
  const answer: Record<string, unknown> = { due }
  if (expect['paused_s'] !== undefined) answer['paused_s'] = pausedBefore(open, start, due, pauses) / 1000
  const escalation = escalationShape.safeParse(expect['escalation'])
  if (escalation.success && due !== null) {
    const { offset_s: seconds, offset_working_days: days } = escalation.data
    const at =
      days === undefined
        ? dueAfter(open, due, (seconds ?? 0) * 1000)
        : addWorkingDays(open, due, days, { ...dayCounting(asked), clockTime: 'kept' })
    answer['escalation'] = { at }
  }
  return answer
}

const escalationShape = z.looseObject({
  offset_s: z.number().optional(),
  offset_working_days: z.number().optional(),
})

function dayCounting(asked: CaseInput): DayCounting {
  return {
    clockTime: asked.keep_clock_time === true ? 'kept' : 'within-hours',
    endOfDay: asked.end_of_day === true,
    overflow:
      optionOf<NonNullable<DayCounting['overflow']>>('day_overflow', asked.day_overflow, {
        closing: 'closing',
        kept: 'kept',
      }) ?? 'kept',
  }
}

/** What an option means; undefined when it is not said. Throws a `RangeError` when it is none of those there are. */
function optionOf<Meaning>(
  name: string,
  said: string | undefined,
  meanings: Readonly<Record<string, Meaning>>,
): Meaning | undefined {
  if (said === undefined) return undefined
  const meaning = meanings[said.replaceAll('-', '_')]
  if (meaning === undefined) throw new RangeError(`${name} is ${Object.keys(meanings).join(' or ')}, not ${said}`)
  return meaning
}

/** Days first, then the hours; then what was paused before that, as long as pauses begin before what it leads to. */
function dueInDays(
  asked: CaseInput,
  { open }: CaseCalendar,
  days: number,
  durationMs: number,
  boundary: Boundary,
): number | null {
  const start = momentOf(asked.start)
  const day = addWorkingDays(open, start, days, dayCounting(asked))
  let due = day === null ? null : dueAfter(open, day, durationMs, durationMs === 0 ? 'closing' : boundary)
  const pauses = pausesIn(asked)
  for (let index = 0; index < pauses.length && due !== null; index += 2) {
    const begins = Math.max(pauses[index]!, start)
    if (begins < due) due = dueAfter(open, due, openMsBetween(open, begins, pauses[index + 1]!), boundary)
  }
  return due
}

function pausedBefore(open: OpenTime, start: number, due: number | null, pauses: Float64Array): number {
  let paused = 0
  for (let index = 0; index < pauses.length; index += 2) {
    const begins = Math.max(pauses[index]!, start)
    if (begins < (due ?? Infinity)) paused += openMsBetween(open, begins, pauses[index + 1]!)
  }
  return paused
}

function elapsedAnswer({ input: asked, expect }: Case, open: OpenTime): Answer {
  const start = momentOf(asked.start)
  const end = momentOf(asked.end)
  const pauses = pausesOf([...stretchesIn(asked), ...stoppedStretches(asked)])
  const elapsed = countedBetween(open, start, end, pauses) / 1000
  const target = expect['target_s']
  if (typeof target !== 'number') return { elapsed_s: elapsed }
  return { elapsed_s: elapsed, target_s: target, breached: elapsed > target }
}

/** Where the status at the time is not one in which the clock runs. */
function stoppedStretches({ events, running_statuses: running }: CaseInput): [number, number][] {
  if (events === undefined || running === undefined) return []
  const sorted = events
    .map(({ at, status }) => ({ at: momentOf(at), runs: running.includes(status) }))
    .toSorted((one, other) => one.at - other.at)
  return sorted
    .flatMap(({ at, runs }, index) => (runs ? [] : [[at, sorted[index + 1]?.at ?? Infinity] as const]))
    .map(([from, to]): [number, number] => [from, to])
}

function windowsAnswer({ input: asked, expect }: Case, open: OpenTime): [number, number][] {
  const from = momentOf(asked.from)
  const expected = expect['windows']
  const found = openIntervals(open, from, asked.to === undefined ? from + LONG_MS : momentOf(asked.to))
  const windows = found.map(({ opens, closes }): [number, number] => [opens, closes])
  // Only as many as are named are asked for.
  return Array.isArray(expected) ? windows.slice(0, expected.length) : windows
}

/** Ten years: further than anybody lists windows. */
const LONG_MS = 10 * 366 * 86_400_000

function pausesIn(asked: CaseInput): Float64Array {
  return pausesOf(stretchesIn(asked))
}

function stretchesIn(asked: CaseInput): [number, number][] {
  return (asked.pauses ?? []).map(([from, to]) => [momentOf(from), to === null ? Infinity : momentOf(to)])
}
