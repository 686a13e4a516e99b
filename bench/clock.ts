/**
 * How fast service time is counted on one core; prints one JSON object per measurement. A second is one of this thread's
 * processor time, so that what else runs on the machine does not enter.
 */
import { compileCalendar, dueAfter, openMsBetween, type CalendarRules } from '#core/calendar.ts'
import { explainClock } from '#core/explanation.ts'
import { runClock } from '#core/clock.ts'
import type { ClockEvent, ClockTerms } from '#core/clock-terms.ts'
import { countedBetween, dueWithPauses, pausesOf } from '#core/pauses.ts'
import { instantAt } from '#core/zone.ts'
import { measurePackages } from './clock-packages.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const ROUNDS = 7

/** Three years, in which the questions lie. */
const FROM = Date.UTC(2023, 0, 1)
const SPAN = 3 * 365 * DAY

/** Mon–Fri with a lunch break, a short Friday, ten holidays a year: what a site has. */
const rules: CalendarRules = {
  timeZone: 'Europe/Berlin',
  week: [1, 2, 3, 4, 5, 6, 7].map((day) => {
    const morning = { opens: 8 * 60, closes: 12 * 60 }
    const afternoon = { opens: 13 * 60, closes: 18 * 60 }
    return day < 5 ? [morning, afternoon] : day === 5 ? [morning] : []
  }),
  exceptions: [2022, 2023, 2024, 2025, 2026].flatMap((year) =>
    ['01-01', '01-06', '05-01', '05-29', '06-09', '06-19', '10-03', '11-01', '12-25', '12-26'].map((day) => ({
      date: `${year}-${day}`,
      windows: [],
    })),
  ),
}

/** The same numbers in every run (mulberry32). */
let seed = 4711
function random(): number {
  seed = (seed + 0x6d2b79f5) | 0
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
}

const open = compileCalendar(rules)
const questions = Array.from({ length: 20_000 }, () => {
  const start = FROM + Math.floor(random() * 30 * DAY)
  const end = FROM + SPAN - Math.floor(random() * 30 * DAY)
  const pauses = pausesOf(
    Array.from({ length: 5 }, () => {
      const from = start + Math.floor(random() * (end - start))
      return [from, from + Math.floor(random() * 20 * DAY)] as const
    }),
  )
  return { start, end, pauses, targetMs: Math.floor(random() * 3500) * HOUR, at: FROM + Math.floor(random() * SPAN) }
})

const terms: ClockTerms = {
  metric: 'resolution',
  targetMs: 16 * HOUR,
  pausedBy: ['awaiting-requester', 'appointment'],
  reopen: 'continue',
  boundary: 'closing',
  onPriorityChange: { correction: 'retroactive', worsened: 'restart', eased: 'retroactive' },
}
const NOW = FROM + 2 * SPAN

/** Histories of five events, as an import brings them. */
const histories = questions.map(({ at }): ClockEvent[] => [
  { at, kind: 'opened', team: 'desk', priority: 'p3' },
  { at: at + HOUR, kind: 'responded' },
  { at: at + 3 * HOUR, kind: 'team', team: 'network' },
  { at: at + 20 * HOUR, kind: 'resolved' },
  { at: at + 90 * HOUR, kind: 'closed' },
])

function busySeconds(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1e6
}

/** Runs `once` for every question, round after round, and prints the median of how often it ran in a second. */
function measure(
  name: string,
  detail: string,
  once: (index: number) => number | null,
  asked = questions.length,
): number {
  const samples: number[] = []
  let sum = 0
  for (let round = 0; round <= ROUNDS; round++) {
    const started = busySeconds()
    let count = 0
    while (busySeconds() - started < 0.15) {
      for (let index = 0; index < asked; index++) sum += once(index) ?? 0
      count += asked
    }
    // The first round warms up.
    if (round > 0) samples.push(Math.round(count / (busySeconds() - started)))
  }
  const value = samples.toSorted((one, other) => one - other)[Math.floor(ROUNDS / 2)]!
  // Nothing was optimized away if there is a sum.
  const isDone = Number.isFinite(sum)
  process.stdout.write(`${JSON.stringify({ name, value: isDone ? value : 0, unit: '1/s', samples, detail })}\n`)
  return value
}

const due = measure('clock.due', 'due moment with five pauses over three years, breaks and holidays', (index) => {
  const { start, targetMs, pauses } = questions[index]!
  return dueWithPauses(open, start, targetMs, pauses)
})
const elapsed = measure(
  'clock.elapsed',
  'elapsed time with five pauses over three years, breaks and holidays',
  (index) => {
    const { start, end, pauses } = questions[index]!
    return countedBetween(open, start, end, pauses)
  },
)
measure('clock.due-plain', 'due moment without pauses', (index) => {
  const { at, targetMs } = questions[index]!
  return dueAfter(open, at, targetMs / 100)
})
measure('clock.between-plain', 'open time between two moments', (index) => {
  const { start, end } = questions[index]!
  return openMsBetween(open, start, end)
})
measure(
  'clock.run',
  'whole clocks with segments from histories of five events',
  (index) => runClock(terms, open, histories[index]!, NOW).elapsedMs,
)
measure('clock.zone', 'local times to instants', (index) => instantAt('Europe/Berlin', questions[index]!.at))
const explained = (index: number) =>
  explainClock(runClock(terms, open, histories[index]!, NOW), open, { language: 'de' }).length
measure('clock.explain', 'such clocks counted and explained in German', explained, 200)

measurePackages({ due, elapsed })
