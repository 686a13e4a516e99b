import fc from 'fast-check'
import { execFileSync } from 'node:child_process'
import { expect, test, vi } from 'vitest'
import {
  checkRules,
  compileCalendar,
  dueAfter,
  isOpen,
  type OpenInterval,
  openIntervals,
  openMsBetween,
} from '#core/calendar.ts'
import { DAY, HOUR, hours, local, MINUTE, openMinutes, openOf, RUNS, someQuestion } from '#core/clock-testing.ts'

// Laws are tried many times; on a busy machine that takes its time.
vi.setConfig({ testTimeout: 60_000 })

test('law: open time is what a count of single minutes finds', () => {
  fc.assert(
    fc.property(someQuestion, ({ rules, a, b }) => {
      let minutes = 0
      for (const minute of openMinutes(rules, a, b)) minutes += minute
      expect(openMsBetween(openOf(rules), a, b)).toBe(minutes * MINUTE)
    }),
    { numRuns: RUNS },
  )
})

test('law: the time before and after any moment adds up to the whole, and is never more than the clock on the wall', () => {
  fc.assert(
    fc.property(someQuestion, fc.integer({ min: 0, max: MINUTE }), ({ rules, a, b, c }, shift) => {
      const open = openOf(rules)
      const middle = Math.min(b + shift, c)
      const whole = openMsBetween(open, a, c)
      expect(openMsBetween(open, a, middle) + openMsBetween(open, middle, c)).toBe(whole)
      expect(whole).toBeGreaterThanOrEqual(0)
      expect(whole).toBeLessThanOrEqual(c - a)
    }),
    { numRuns: RUNS },
  )
})

test('law: until the due moment as much open time passes as was asked for, and not before it', () => {
  fc.assert(
    fc.property(someQuestion, fc.integer({ min: 1, max: 40 * HOUR }), ({ rules, a }, ms) => {
      const open = openOf(rules)
      const due = dueAfter(open, a, ms)
      fc.pre(due !== null)
      expect(openMsBetween(open, a, due)).toBe(ms)
      expect(openMsBetween(open, a, due - 1)).toBe(ms - 1)
      const rolled = dueAfter(open, a, ms, 'next-opening')!
      expect(openMsBetween(open, due, rolled)).toBe(0)
      expect(rolled === due || isOpen(open, rolled)).toBe(true)
      const back = dueAfter(open, due, -ms)!
      expect(openMsBetween(open, back, due)).toBe(ms)
      expect(openMsBetween(open, back + 1, due)).toBe(ms - 1)
    }),
    { numRuns: RUNS },
  )
})

test('law: closing a day never makes anything due earlier', () => {
  fc.assert(
    fc.property(someQuestion, fc.integer({ min: 1, max: 40 * HOUR }), fc.nat(10), ({ rules, a }, ms, days) => {
      const date = new Date(a + days * DAY).toISOString().slice(0, 10)
      const closed = { ...rules, exceptions: [...rules.exceptions, { date, windows: [] }] }
      const before = dueAfter(openOf(rules), a, ms)
      const after = dueAfter(compileCalendar(closed), a, ms)
      expect(after ?? Infinity).toBeGreaterThanOrEqual(before ?? Infinity)
    }),
    { numRuns: RUNS },
  )
})

test('law: open intervals are sorted, apart, and what is open', () => {
  fc.assert(
    fc.property(someQuestion, ({ rules, a, c }) => {
      const open = openOf(rules)
      const intervals = openIntervals(open, a, c)
      const total = intervals.reduce((sum, { opens, closes }) => sum + closes - opens, 0)
      expect(total).toBe(openMsBetween(open, a, c))
      // All at once: to expect something takes longer than to ask the calendar.
      const isWrong = ({ opens, closes }: OpenInterval, index: number) =>
        opens <= (intervals[index - 1]?.closes ?? -Infinity) || closes <= opens || !isOpen(open, opens)
      expect(intervals.filter(isWrong)).toEqual([])
    }),
    { numRuns: RUNS },
  )
})

test('law: where the server stands makes no difference', () => {
  const calendar = new URL('./calendar.ts', import.meta.url).href
  const program = `
    const { compileCalendar, dueAfter, openMsBetween } = await import('${calendar}')
    const open = compileCalendar(${JSON.stringify(hours('08:00', '18:00', 5, 'Europe/Berlin', ['2025-10-03']))})
    const from = ${local('2025-03-28 16:30')}
    const answers = [dueAfter(open, from, 400 * 3600000), openMsBetween(open, from, from + 400 * 86400000)]
    console.log(JSON.stringify({ offset: new Date(from).getTimezoneOffset(), answers }))`
  const ran = ['UTC', 'Pacific/Kiritimati', 'America/St_Johns'].map((zone) => {
    const options = { env: { ...process.env, TZ: zone }, encoding: 'utf8' } as const
    return JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', program], options)) as {
      readonly offset: number
      readonly answers: readonly number[]
    }
  })

  expect(ran.map(({ offset }) => offset)).toEqual([0, -840, 150])
  expect(ran.map(({ answers }) => answers)).toEqual(Array.from({ length: 3 }, () => ran[0]!.answers))
})

test('law: random calendars of the tests are calendars, so that the laws above mean something', () => {
  const problems = fc.sample(someQuestion, 200).map(({ rules }) =>
    checkRules(rules)
      .map(({ code }) => code)
      .filter((code) => code !== 'date-twice' && code !== 'never-opens' && code !== 'windows-overlap'),
  )
  expect(problems.flat()).toEqual([])
})
