import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Result, settle, type Settlement, shiftBetween, verdictOf } from './settlement.ts'

const months = ['2026-03', '2026-04', '2026-05'] as const

const result: fc.Arbitrary<Result> = fc
  .record({
    state: fc.constantFrom('running', 'met', 'breached-stopped', 'cancelled'),
    month: fc.constantFrom(...months),
    elapsedMs: fc.constantFrom(1000, 2000),
    excluded: fc.boolean(),
  })
  .map(({ state, month, elapsedMs, excluded }) => ({
    state,
    startedAt: '2026-01-01T00:00:00.000Z',
    dueAt: null,
    stoppedAt: state === 'running' ? null : `${month}-10T00:00:00.000Z`,
    targetMs: 1500,
    elapsedMs,
    excluded,
  }))

const locking = fc.subarray([...months])
const lockedIn = (locked: readonly string[]) => (moment: string) =>
  locked.includes(moment.slice(0, 7)) ? moment.slice(0, 7) : null

/** What is stored after a settlement, and what the last adjustment says. */
function after(
  was: Result | null,
  is: Result | null,
  known: Result | null | undefined,
  { stored, adjustment }: Settlement,
) {
  return { now: stored ? is : was, known: adjustment === null ? known : adjustment.to }
}

test('counting again what was counted changes nothing more', () => {
  fc.assert(
    fc.property(fc.option(result), fc.option(result), locking, (was, is, locked) => {
      const first = settle(was, is, undefined, lockedIn(locked))
      const { now, known } = after(was, is, undefined, first)
      const second = settle(now, is, first.adjustment === null ? undefined : known, lockedIn(locked))
      expect(second.adjustment).toBeNull()
      expect(after(now, is, known, second).now).toEqual(now)
    }),
    { numRuns: 10_000 },
  )
})

test('what was told in a locked month is told by what is stored and what was adjusted, whatever comes out', () => {
  fc.assert(
    fc.property(result, fc.array(fc.option(result), { maxLength: 5 }), (told, counted) => {
      fc.pre(verdictOf(told) !== null)
      const always = lockedIn(months)
      let [now, known]: [Result | null, Result | null | undefined] = [told, undefined]
      let sum = shiftBetween(null, told)
      for (const is of counted) {
        const settlement = settle(now, is, known, always)
        // What was told stays, unless it runs again; what runs is stored as what it has become.
        expect(settlement.stored).toBe(verdictOf(now) === null || (is !== null && is.stoppedAt === null))
        // The locked figures move by nothing; the adjustments tell the rest.
        const by = settlement.adjustment?.by ?? { met: 0, failed: 0, excluded: 0 }
        sum = { met: sum.met + by.met, failed: sum.failed + by.failed, excluded: sum.excluded + by.excluded }
        const { now: stored, known: last } = after(now, is, known, settlement)
        // What runs again is a result of its own from here on.
        known = verdictOf(stored) === null ? undefined : last
        now = stored
        expect(sum).toEqual(shiftBetween(null, is))
      }
    }),
    { numRuns: 10_000 },
  )
})

test('where nothing is locked, whatever was counted is stored and nothing is adjusted', () => {
  fc.assert(
    fc.property(fc.option(result), fc.option(result), (was, is) => {
      expect(settle(was, is, undefined, () => null)).toEqual({ stored: true, lockedMonth: null, adjustment: null })
    }),
    { numRuns: 1000 },
  )
})
