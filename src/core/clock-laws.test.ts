import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { compileCalendar, dueAfter } from '#core/calendar.ts'
import { runClock, thresholdAt, timeByHolder, type ClockResult } from '#core/clock.ts'
import {
  ALWAYS,
  BER,
  DAY,
  HOUR,
  local,
  MINUTE,
  MONDAY,
  openMinutes,
  openOf,
  RUNS,
  someHistory,
  someRulesThatWeek,
  termsOf,
} from '#core/clock-testing.ts'
import type { ClockEvent, ClockMetric, ClockTerms, PauseReason } from '#core/clock-terms.ts'

// Laws are tried many times; on a busy machine that takes its time.
vi.setConfig({ testTimeout: 60_000 })

const LATER = local('2030-01-01 00:00')

const modes = ['restart', 'retroactive', 'proportional', 'lock'] as const
const someTerms: fc.Arbitrary<ClockTerms> = fc
  .record({
    metric: fc.constantFrom<ClockMetric>('response', 'restore', 'resolution', 'next-update', 'reply'),
    targetMs: fc.integer({ min: 0, max: 30 * HOUR }),
    reopen: fc.constantFrom('continue' as const, 'new-clock' as const, 'gross' as const),
    boundary: fc.constantFrom('closing' as const, 'next-opening' as const),
    onPriorityChange: fc.record({
      correction: fc.constantFrom(...modes),
      worsened: fc.constantFrom(...modes),
      eased: fc.constantFrom(...modes),
    }),
  })
  .map((terms) =>
    termsOf(terms.targetMs, {
      ...terms,
      byPriority: { p1: { targetMs: 4 * HOUR, open: ALWAYS }, p3: { targetMs: 16 * HOUR, open: BER }, p5: null },
    }),
  )
const someNow = fc.integer({ min: -DAY, max: 12 * DAY }).map((passed) => MONDAY + passed)

const clocksOf = (clock: ClockResult): ClockResult[] => [...clock.earlier, clock]

test('law: no history is too odd, and what comes out holds together', () => {
  fc.assert(
    fc.property(someTerms, someHistory, someNow, (terms, events, now) => {
      for (const clock of clocksOf(runClock(terms, BER, events, now))) {
        const { state, startAt, stoppedAt, elapsedMs, targetMs, segments, breachedAt, carriedMs } = clock
        expect(elapsedMs).toBeGreaterThanOrEqual(0)
        const isMissed = state === 'breached-running' || state === 'breached-stopped'
        const isMeasured = isMissed || state === 'met' || state === 'running' || state === 'paused'
        expect(isMeasured && elapsedMs > targetMs).toBe(isMissed)
        expect(breachedAt !== null).toBe(isMissed)
        expect(isMissed && clock.dueAt === null).toBe(false)
        expect(startAt === null && segments.length > 0).toBe(false)
        expect(stoppedAt ?? Infinity).toBeGreaterThanOrEqual(startAt ?? -Infinity)
        let from = -Infinity
        for (const segment of segments) {
          expect(segment.to).toBeGreaterThan(segment.from)
          expect(segment.from).toBeGreaterThanOrEqual(from)
          from = segment.to
        }
        const held = timeByHolder(clock).reduce((sum, part) => sum + part.elapsedMs, 0)
        expect(held).toBe(elapsedMs)
        expect(carriedMs).toBeGreaterThanOrEqual(0)
      }
    }),
    { numRuns: RUNS },
  )
})

test('law: asking again gives the same, also of a calendar that has grown meanwhile', () => {
  fc.assert(
    fc.property(someTerms, someHistory, someNow, someRulesThatWeek, (terms, events, now, rules) => {
      const open = compileCalendar(rules)
      const first = runClock(terms, open, events, now)
      dueAfter(open, now - 300 * DAY, 1000 * HOUR)
      dueAfter(open, now + 300 * DAY, 1000 * HOUR)
      const again = runClock(terms, open, events, now)
      expect({ ...again, open: null, earlier: [] }).toEqual({ ...first, open: null, earlier: [] })
    }),
    { numRuns: RUNS },
  )
})

test('law: history that arrives in another order, sorted by when it was true, gives the same', () => {
  fc.assert(
    fc.property(someTerms, someHistory, someNow, fc.infiniteStream(fc.nat()), (terms, events, now, numbers) => {
      const arrived = events
        .map((event, sequence) => ({ event, sequence, arrival: numbers.next().value as number }))
        .toSorted((one, other) => one.arrival - other.arrival)
      const replayed = arrived
        .toSorted((one, other) => one.event.at - other.event.at || one.sequence - other.sequence)
        .map(({ event }) => event)
      expect(runClock(terms, BER, replayed, now)).toEqual(runClock(terms, BER, events, now))
    }),
    { numRuns: RUNS },
  )
})

/** Pauses of one reason each, so that they overlap in every way. */
const somePauses = fc.array(
  fc.record({
    from: fc.integer({ min: 0, max: 6 * 1440 }),
    length: fc.integer({ min: 0, max: 2 * 1440 }),
  }),
  { minLength: 1, maxLength: 4 },
)
const reasons: readonly PauseReason[] = ['awaiting-requester', 'awaiting-customer', 'appointment', 'customer-delay']

function paused(pauses: readonly { from: number; length: number }[], resolvedAfter: number): ClockEvent[] {
  const waits = pauses.flatMap(({ from, length }, index): ClockEvent[] => [
    { at: MONDAY + from * MINUTE, kind: 'paused', reason: reasons[index]! },
    { at: MONDAY + (from + length) * MINUTE, kind: 'resumed', reason: reasons[index]! },
  ])
  const all: ClockEvent[] = [
    { at: MONDAY, kind: 'opened' },
    ...waits,
    { at: MONDAY + resolvedAfter * MINUTE, kind: 'resolved' },
  ]
  return all
    .map((event, sequence) => ({ event, sequence }))
    .toSorted((one, other) => one.event.at - other.event.at || one.sequence - other.sequence)
    .map(({ event }) => event)
}

const pausing = (targetMs: number) => termsOf(targetMs, { pausedBy: reasons })

test('law: elapsed time and due moment are what a count of single minutes finds', () => {
  fc.assert(
    fc.property(
      someRulesThatWeek,
      somePauses,
      fc.integer({ min: 0, max: 8 * 1440 }),
      fc.integer({ min: 1, max: 30 * 60 }),
      (rules, pauses, resolvedAfter, targetMinutes) => {
        const events = paused(pauses, resolvedAfter)
        const clock = runClock(pausing(targetMinutes * MINUTE), openOf(rules), events, LATER)
        const minutes = openMinutes(rules, MONDAY, MONDAY + 12 * DAY)
        const waits = new Uint8Array(minutes.length)
        for (const { from, length } of pauses) if (from < resolvedAfter) waits.fill(1, from, from + length)
        const counts = (minute: number) => minutes[minute] === 1 && waits[minute] === 0
        let elapsed = 0
        let due: number | null = null
        for (let minute = 0; minute < minutes.length; minute++) {
          // Stopping ends the pauses; until it is due the clock would have run on.
          const runs = minute < resolvedAfter ? counts(minute) : minutes[minute] === 1
          if (!runs) continue
          elapsed++
          if (elapsed === targetMinutes) due = MONDAY + (minute + 1) * MINUTE
          if (minute >= resolvedAfter && due !== null) break
        }
        let inTime = 0
        for (let minute = 0; minute < resolvedAfter; minute++) if (counts(minute)) inTime++
        expect(clock.elapsedMs).toBe(inTime * MINUTE)
        expect(clock.state).toBe(inTime <= targetMinutes ? 'met' : 'breached-stopped')
        expect(due === null || clock.dueAt === due).toBe(true)
      },
    ),
    { numRuns: RUNS },
  )
})

test('law: another pause never makes anything due earlier nor the elapsed time longer', () => {
  fc.assert(
    fc.property(
      someRulesThatWeek,
      somePauses,
      fc.integer({ min: 0, max: 8 * 1440 }),
      fc.integer({ min: 1, max: 30 * HOUR }),
      (rules, pauses, resolvedAfter, targetMs) => {
        const open = openOf(rules)
        const fewer = runClock(pausing(targetMs), open, paused(pauses.slice(0, -1), resolvedAfter), LATER)
        const more = runClock(pausing(targetMs), open, paused(pauses, resolvedAfter), LATER)
        expect(more.elapsedMs).toBeLessThanOrEqual(fewer.elapsedMs)
        expect(more.dueAt ?? Infinity).toBeGreaterThanOrEqual(fewer.dueAt ?? Infinity)
      },
    ),
    { numRuns: RUNS },
  )
})

test('law: in which order overlapping pauses are recorded makes no difference', () => {
  fc.assert(
    fc.property(
      someRulesThatWeek,
      somePauses,
      fc.integer({ min: 0, max: 8 * 1440 }),
      (rules, pauses, resolvedAfter) => {
        const open = openOf(rules)
        const forwards = runClock(pausing(8 * HOUR), open, paused(pauses, resolvedAfter), LATER)
        const backwards = runClock(pausing(8 * HOUR), open, paused(pauses.toReversed(), resolvedAfter), LATER)
        expect([backwards.elapsedMs, backwards.dueAt, backwards.state]).toEqual([
          forwards.elapsedMs,
          forwards.dueAt,
          forwards.state,
        ])
      },
    ),
    { numRuns: RUNS },
  )
})

test('law: what is counted now and what is left make up the target', () => {
  fc.assert(
    fc.property(
      someRulesThatWeek,
      fc.integer({ min: 1, max: 60 * HOUR }),
      fc.integer({ min: 0, max: 5 * DAY }),
      (rules, targetMs, passed) => {
        const open = openOf(rules)
        const clock = runClock(termsOf(targetMs), open, [{ at: MONDAY, kind: 'opened' }], MONDAY + passed)
        if (clock.state !== 'running' || clock.dueAt === null) return
        expect(clock.dueAt).toBe(dueAfter(open, MONDAY + passed, targetMs - clock.elapsedMs))
        expect(clock.dueAt).toBe(thresholdAt(clock, 10_000))
      },
    ),
    { numRuns: RUNS },
  )
})
