import fc from 'fast-check'
import { compileCalendar, type CalendarRules, type OpenTime, type OpenWindow } from '#core/calendar.ts'
import type { ClockEvent, ClockEventKind, ClockTerms } from '#core/clock-terms.ts'

/** How often each law is tried. */
export const RUNS = 10_000
/** Making a calendar takes longer than asking it: each of so many is asked several times. */
const CALENDARS = 1000

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** A local time as an instant: `2025-03-28 16:30` in the zone, read by Temporal and not by what is tested. */
export function local(text: string, zone = 'Europe/Berlin'): number {
  return Temporal.PlainDateTime.from(text).toZonedDateTime(zone).epochMilliseconds
}

/** What the clocks of the zone show: `2025-03-31 10:30`. */
export function shownIn(zone: string, instant: number | null): string | null {
  if (instant === null) return null
  const shown = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).toPlainDateTime().toString()
  return shown.replace('T', ' ').slice(0, 16)
}

export function berlin(instant: number | null): string | null {
  return shownIn('Europe/Berlin', instant)
}

/** Monday 2 June 2025, midnight in Berlin. */
export const MONDAY = local('2025-06-02 00:00')

/** Rules with the same windows from Monday to the day given (`5` is Friday). */
export function hours(
  opens: string,
  closes: string,
  days = 5,
  zone = 'Europe/Berlin',
  holidays: readonly string[] = [],
): CalendarRules {
  const window = { opens: minutesOf(opens), closes: minutesOf(closes) }
  return {
    timeZone: zone,
    week: Array.from({ length: 7 }, (_, day) => (day < days ? [window] : [])),
    exceptions: holidays.map((date) => ({ date, windows: [] })),
  }
}

function minutesOf(text: string): number {
  const [hour, minute] = text.split(':').map(Number)
  return hour! * 60 + minute!
}

/** Mon–Fri 08:00–18:00 Europe/Berlin: the calendar of the worked examples. */
export const BER = compileCalendar(hours('08:00', '18:00'))
export const ALWAYS = compileCalendar(hours('00:00', '24:00', 7))

export function termsOf(targetMs: number, terms: Partial<ClockTerms> = {}): ClockTerms {
  return {
    metric: 'resolution',
    targetMs,
    pausedBy: ['awaiting-requester', 'appointment'],
    reopen: 'continue',
    boundary: 'closing',
    onPriorityChange: { correction: 'retroactive', worsened: 'restart', eased: 'retroactive' },
    ...terms,
  }
}

/** A history, each line as `2025-06-02 09:00 opened` in Berlin's time, with what else the event says. */
export function history(...lines: readonly (readonly [text: string, more?: Partial<ClockEvent>])[]): ClockEvent[] {
  return lines.map(([text, more]) => {
    const [date, time, kind] = text.split(' ')
    return { at: local(`${date} ${time}`), kind: kind as ClockEventKind, ...more }
  })
}

const zones = [
  'Europe/Berlin',
  'Europe/Warsaw',
  'America/New_York',
  'America/Sao_Paulo',
  'America/St_Johns',
  'America/Havana',
  'Asia/Kolkata',
  'Asia/Tehran',
  'Asia/Gaza',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Chatham',
  'Africa/Casablanca',
  'Antarctica/Troll',
  'UTC',
]

/** Up to three windows of a day on a grid of a quarter of an hour; the last may run past midnight. */
const dayOfWindows: fc.Arbitrary<readonly OpenWindow[]> = fc
  .uniqueArray(fc.integer({ min: 0, max: 119 }), { maxLength: 6 })
  .map((quarters) => quarters.toSorted((one, other) => one - other))
  .map((edges) =>
    edges.flatMap((opens, index) =>
      index % 2 === 0 && edges[index + 1] !== undefined && opens < 96
        ? [{ opens: opens * 15, closes: Math.min(edges[index + 1]!, opens + 96) * 15 }]
        : [],
    ),
  )

/** A day within the years 2000 to 2040, as an instant of UTC midnight. */
export const someDay = fc
  .integer({ min: Date.UTC(2000, 0, 2) / DAY, max: Date.UTC(2040, 11, 30) / DAY })
  .map((day) => day * DAY)

/** Calendars of any shape, mostly open sometime, with exceptions around `day`. */
export function someRules(day: number): fc.Arbitrary<CalendarRules> {
  return fc.record({
    timeZone: fc.constantFrom(...zones),
    week: fc.oneof(
      fc.array(dayOfWindows, { minLength: 7, maxLength: 7 }),
      dayOfWindows.map((windows) => [windows, windows, windows, windows, windows, [], []]),
      fc.constant(hours('00:00', '24:00', 7).week),
    ),
    exceptions: fc.array(
      fc.record({
        date: fc.integer({ min: -2, max: 14 }).map((days) => new Date(day + days * DAY).toISOString().slice(0, 10)),
        windows: fc.oneof(fc.constant([]), dayOfWindows),
      }),
      { maxLength: 4 },
    ),
  })
}

/** A calendar, a moment on a full minute, and two more at most twelve days later each. */
export const someQuestion = fc
  .record({
    calendar: fc.constantFrom(
      ...fc.sample(
        someDay.chain((day) => someRules(day).map((rules) => ({ day, rules }))),
        CALENDARS,
      ),
    ),
    minutes: fc.tuple(
      fc.integer({ min: 0, max: 1439 }),
      fc.integer({ min: 0, max: 12 * 1440 }),
      fc.integer({ min: 0, max: 12 * 1440 }),
    ),
  })
  .map(({ calendar: { day, rules }, minutes: [first, second, third] }) => {
    const a = day + first * MINUTE
    const b = a + second * MINUTE
    return { rules, a, b, c: b + third * MINUTE }
  })

/** Calendars with exceptions around {@link MONDAY}. */
export const someRulesThatWeek = fc.constantFrom(...fc.sample(someRules(MONDAY), CALENDARS))

const compiled = new WeakMap<CalendarRules, OpenTime>()

/** Compiled once, as the program does it. */
export function openOf(rules: CalendarRules): OpenTime {
  const open = compiled.get(rules) ?? compileCalendar(rules)
  compiled.set(rules, open)
  return open
}

/**
 * The second, simple implementation: which of the minutes from `from` on are open. Each window's edges are told by
 * Temporal, and each of its minutes is marked by itself.
 */
export function openMinutes(rules: CalendarRules, from: number, to: number): Uint8Array {
  // Of a calendar that is asked again all its days around are marked at once.
  const known = marked.get(rules)
  if (known !== undefined && known.from <= from && to <= known.to) {
    return known.minutes.subarray((from - known.from) / MINUTE, (to - known.from) / MINUTE)
  }
  const begin = Math.floor(from / DAY) * DAY
  const around = { from: begin, to: Math.max(begin + 26 * DAY, to) }
  marked.set(rules, { ...around, minutes: markMinutes(rules, around) })
  return openMinutes(rules, from, to)
}

const marked = new WeakMap<CalendarRules, { from: number; to: number; minutes: Uint8Array }>()

function markMinutes(rules: CalendarRules, { from, to }: { readonly from: number; readonly to: number }): Uint8Array {
  const minutes = new Uint8Array((to - from) / MINUTE)
  const day = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(rules.timeZone).toPlainDate()
  for (let passed = -3; passed < minutes.length / 1440 + 2; passed++) {
    const date = day.add({ days: passed })
    const exception = rules.exceptions.findLast((each) => each.date === date.toString())
    const midnight = date.toPlainDateTime()
    // The date may be one that the zone left out.
    if (!midnight.toZonedDateTime(rules.timeZone).toPlainDate().equals(date)) continue
    for (const { opens, closes } of exception?.windows ?? rules.week[date.dayOfWeek - 1]!) {
      const opening = midnight.add({ minutes: opens }).toZonedDateTime(rules.timeZone).epochMilliseconds
      const closing = midnight.add({ minutes: closes }).toZonedDateTime(rules.timeZone).epochMilliseconds
      for (let instant = opening; instant < closing; instant += MINUTE) {
        const minute = (instant - from) / MINUTE
        if (minute >= 0 && minute < minutes.length) minutes[minute] = 1
      }
    }
  }
  return minutes
}

/** Sorted histories of any sense: what happens, when and in which order is left to chance. */
export const someHistory: fc.Arbitrary<ClockEvent[]> = fc
  .array(
    fc.record(
      {
        minute: fc.integer({ min: 0, max: 9 * 1440 }),
        kind: fc.constantFrom<ClockEventKind>(
          'opened',
          'responded',
          'asked',
          'updated',
          'paused',
          'resumed',
          'restored',
          'resolved',
          'reopened',
          'closed',
          'cancelled',
          'priority',
          'team',
        ),
        reason: fc.constantFrom('awaiting-requester' as const, 'appointment' as const, 'awaiting-supplier' as const),
        team: fc.constantFrom('desk', 'network', 'supplier'),
        priority: fc.constantFrom('p1', 'p3', 'p5'),
        priorityReason: fc.constantFrom('correction' as const, 'worsened' as const, 'eased' as const),
      },
      { requiredKeys: ['minute', 'kind'] },
    ),
    { maxLength: 14 },
  )
  .map((events) =>
    events
      .map(({ minute, ...event }): ClockEvent => ({ at: MONDAY + minute * MINUTE, ...event }))
      .toSorted((one, other) => one.at - other.at),
  )
