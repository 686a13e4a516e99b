/**
 * Packages for business time beside our own functions: how many of the same questions each answers rightly, and how often
 * in a second. They know one zone, that of the process, and no pauses: so the zone is UTC here, and pauses are put
 * together from several of their answers. What is right, our own functions say, which the worked examples and a second
 * implementation check.
 */
import { createRequire } from 'node:module'
import { Script } from 'node:vm'
import { type CalendarRules, compileCalendar, dueAfter, openMsBetween, type OpenTime } from '#core/calendar.ts'
import { countedBetween, dueWithPauses, type Pauses, pausesOf } from '#core/pauses.ts'
import { print, rounded } from './measure.ts'

// The packages read it when they are loaded.
process.env['TZ'] = 'UTC'
const require = createRequire(import.meta.url)

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const FROM = Date.UTC(2023, 0, 2)

/** A package made to answer: open minutes between two moments, and the moment after so many. */
interface Answers {
  readonly between: (from: number, to: number) => number
  readonly after: (from: number, minutes: number) => number
}

interface Hours {
  /** Opening and closing, opening and closing: of each day from Monday to Friday. */
  readonly day: readonly string[]
  readonly holidays: readonly string[]
}

interface Package {
  readonly name: string
  readonly open: (hours: Hours) => Answers
}

/** What is used of moments of either library. */
interface Moment {
  readonly valueOf: () => number
  readonly businessMinutesDiff: (other: Moment) => number
  readonly addBusinessMinutes: (minutes: number) => Moment
  readonly workingDiff: (other: Moment, unit: string, exact: boolean) => number
  readonly addWorkingTime: (minutes: number, unit: string) => Moment
}
interface MomentLibrary {
  (at: number): Moment
  readonly updateLocale: (name: string, settings: object) => void
}
interface DayLibrary {
  (at: number): Moment
  readonly extend: (plugin: unknown) => void
  readonly setHolidays: (holidays: readonly string[]) => void
  readonly setBusinessTime: (week: object) => void
}
interface SeriousLibrary {
  readonly createInstance: (
    moment: MomentLibrary,
    hours: object,
    holidays: readonly string[],
  ) => {
    readonly workingDiff: (from: Moment, to: Moment, unit: string, exact: boolean) => number
    readonly addWorkingTime: (from: Moment, minutes: number, unit: string) => Moment
  }
}

function packages(): readonly Package[] {
  const dayjs = require('dayjs') as DayLibrary
  dayjs.extend(require('dayjs-business-time'))
  const moment = require('moment') as MomentLibrary
  require('moment-business-time')
  const serious = require('serious-business-time') as SeriousLibrary
  const week = (day: unknown) => ({ 0: null, 1: day, 2: day, 3: day, 4: day, 5: day, 6: null })
  return [
    {
      name: 'dayjs-business-time',
      open: ({ day, holidays }) => {
        const segments: { start: string; end: string }[] = []
        for (let index = 0; index < day.length; index += 2) segments.push({ start: day[index]!, end: day[index + 1]! })
        const names = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday']
        dayjs.setHolidays(holidays)
        dayjs.setBusinessTime({
          ...Object.fromEntries(names.map((name) => [name, segments])),
          saturday: null,
          sunday: null,
        })
        return {
          between: (from, to) => dayjs(from).businessMinutesDiff(dayjs(to)),
          after: (from, minutes) => dayjs(from).addBusinessMinutes(minutes).valueOf(),
        }
      },
    },
    {
      name: 'moment-business-time',
      open: ({ day, holidays }) => {
        moment.updateLocale('en', { workinghours: week(day), holidays })
        return {
          between: (from, to) => moment(to).workingDiff(moment(from), 'minutes', true),
          after: (from, minutes) => moment(from).addWorkingTime(minutes, 'minutes').valueOf(),
        }
      },
    },
    {
      name: 'serious-business-time',
      open: ({ day, holidays }) => {
        const instance = serious.createInstance(moment, week(day), holidays)
        return {
          between: (from, to) => Math.abs(instance.workingDiff(moment(from), moment(to), 'minutes', true)),
          after: (from, minutes) => instance.addWorkingTime(moment(from), minutes, 'minutes').valueOf(),
        }
      },
    },
  ]
}

const holidays = [2023, 2024, 2025, 2026].flatMap((year) =>
  ['01-01', '01-06', '05-01', '05-29', '10-03', '11-01', '12-25', '12-26'].map((day) => `${year}-${day}`),
)
const straight = ['09:00:00', '17:00:00']
const withBreak = ['08:00:00', '12:00:00', '13:00:00', '18:00:00']
const calendars: Readonly<Record<string, Hours>> = {
  plain: { day: straight, holidays: [] },
  holidays: { day: straight, holidays },
  breaks: { day: withBreak, holidays: [] },
  'breaks and holidays': { day: withBreak, holidays },
}

function openOf({ day, holidays: closed }: Hours): OpenTime {
  const minutes = day.map((time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5)))
  const windows = []
  for (let index = 0; index < minutes.length; index += 2) {
    windows.push({ opens: minutes[index]!, closes: minutes[index + 1]! })
  }
  const rules: CalendarRules = {
    timeZone: 'UTC',
    week: [windows, windows, windows, windows, windows, [], []],
    exceptions: closed.map((date) => ({ date, windows: [] })),
  }
  return compileCalendar(rules)
}

let seed = 815
function random(below: number): number {
  seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff
  return Math.floor((seed / 0x80000000) * below)
}
const wholeMinute = (at: number) => Math.floor(at / MINUTE) * MINUTE

/** Spans of an hour to a month, anywhere in three years. */
const spans = Array.from({ length: 40 }, (_, index) => {
  const from = wholeMinute(FROM + random(1000 * DAY))
  return {
    from,
    to: from + wholeMinute(HOUR + random([DAY, 5 * DAY, 30 * DAY][index % 3]!)),
    minutes: 1 + random(6000),
  }
})

/** Three years with five pauses. */
const long = Array.from({ length: 8 }, () => {
  const from = wholeMinute(FROM + random(20 * DAY))
  const to = wholeMinute(FROM + 3 * 365 * DAY - random(20 * DAY))
  const pauses = pausesOf(
    Array.from({ length: 5 }, () => {
      const begins = wholeMinute(from + random(to - from))
      return [begins, begins + wholeMinute(random(20 * DAY))] as const
    }),
  )
  return { from, to, pauses, minutes: 60 * (2000 + random(1500)) }
})

function elapsedBy({ between }: Answers, from: number, to: number, pauses: Pauses): number {
  let minutes = between(from, to)
  for (let index = 0; index < pauses.length; index += 2) {
    const [begins, ends] = [Math.max(pauses[index]!, from), Math.min(pauses[index + 1]!, to)]
    if (ends > begins) minutes -= between(begins, ends)
  }
  return minutes
}

function dueBy({ between, after }: Answers, from: number, minutes: number, pauses: Pauses): number {
  let [start, left] = [from, minutes]
  for (let index = 0; index < pauses.length; index += 2) {
    const [begins, ends] = [pauses[index]!, pauses[index + 1]!]
    if (ends <= start) continue
    if (begins > start) {
      const ran = between(start, begins)
      if (ran >= left) break
      left -= ran
    }
    start = ends
  }
  return after(start, left)
}

const asking: { ask: () => unknown } = { ask: () => null }
Object.assign(globalThis, { plumblineBenchAsking: asking })
const script = new Script('plumblineBenchAsking.ask()')

/** What comes out within so many milliseconds; null for what does not, since some of them loop for ever. */
function within<Value>(timeout: number, ask: () => Value): Value | null {
  asking.ask = ask
  try {
    return script.runInThisContext({ timeout }) as Value
  } catch {
    return null
  }
}

/** Whether the package says the same to the second; one that throws or comes to no end does not. */
function isRight(answer: () => number, truth: number | null, scale: number, timeout = 100): boolean {
  const said = within(timeout, answer)
  return said !== null && truth !== null && Math.abs(said * scale - truth) < 1000
}

/** How often it answers in a second of this thread's processor time; a question that takes longer than five counts as that. */
function rate(asked: number, once: (index: number) => unknown): number {
  const used = () => process.threadCpuUsage().user / 1e6
  const began = used()
  let count = 0
  while (used() - began < 1) {
    within(5000, () => once(count % asked))
    count += 1
  }
  return count / (used() - began)
}

/** @param ours How often our own functions answer in a second. */
export function measurePackages(ours: { readonly due: number; readonly elapsed: number }): void {
  const results = packages().map(({ name, open }) => {
    const right: Record<string, string> = {}
    for (const [calendar, hours] of Object.entries(calendars)) {
      const answers = open(hours)
      const own = openOf(hours)
      let [elapsed, due] = [0, 0]
      for (const { from, to, minutes } of spans) {
        if (isRight(() => answers.between(from, to), openMsBetween(own, from, to), MINUTE)) elapsed += 1
        if (isRight(() => answers.after(from, minutes), dueAfter(own, from, minutes * MINUTE), 1)) due += 1
      }
      right[calendar] = `elapsed ${elapsed}, due ${due} of ${spans.length}`
    }
    const hours = calendars['breaks and holidays']!
    const [answers, own] = [open(hours), openOf(hours)]
    let [elapsed, due] = [0, 0]
    for (const { from, to, pauses, minutes } of long) {
      const [ran, end] = [countedBetween(own, from, to, pauses), dueWithPauses(own, from, minutes * MINUTE, pauses)]
      if (isRight(() => elapsedBy(answers, from, to, pauses), ran, MINUTE, 3000)) elapsed += 1
      if (isRight(() => dueBy(answers, from, minutes, pauses), end, 1, 3000)) due += 1
    }
    const perSecond = {
      elapsed: rate(long.length, (index) => {
        const { from, to, pauses } = long[index]!
        return elapsedBy(answers, from, to, pauses)
      }),
      due: rate(long.length, (index) => {
        const { from, minutes, pauses } = long[index]!
        return dueBy(answers, from, minutes, pauses)
      }),
    }
    right['five pauses over three years, breaks and holidays'] = `elapsed ${elapsed}, due ${due} of ${long.length}`
    return { name, right, perSecond, all: { elapsed: elapsed === long.length, due: due === long.length } }
  })
  for (const question of ['due', 'elapsed'] as const) {
    for (const { name, perSecond, right } of results) {
      print({
        name: `clock.${question}.${name}`,
        value: rounded(perSecond[question], 1),
        unit: '1/s',
        samples: long.length,
        detail: { right },
      })
    }
    const judged = results.filter(({ all }) => all[question])
    const fastest = (judged.length > 0 ? judged : results).toSorted(
      (one, other) => other.perSecond[question] - one.perSecond[question],
    )[0]!
    print({
      name: `clock.${question}.times-the-fastest`,
      value: Math.round(ours[question] / fastest.perSecond[question]),
      unit: 'x',
      samples: 1,
      detail: { fastest: fastest.name, rightOnAll: judged.length > 0, target: 100 },
    })
  }
}
