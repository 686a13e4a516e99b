import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compileCalendar, dueAfter, openMsBetween } from '#core/calendar.ts'
import { checkChain, heldClock } from '#core/chain.ts'
import { runClock } from '#core/clock.ts'
import { ALWAYS, BER, berlin, history, HOUR, hours, local, MINUTE, someQuestion, termsOf } from '#core/clock-testing.ts'

const nineToFive = compileCalendar(hours('09:00', '17:00'))
const year = { from: local('2025-01-01 00:00'), to: local('2026-01-01 00:00') }
const supplier = { id: 'supplier', step: 1, target: { targetMs: 4 * HOUR, open: nineToFive } }

test('SLA-11: four hours of office time cannot underpin eight hours around the clock: 69 at worst in 2025', () => {
  const { links, holds, totalMs } = checkChain({ targetMs: 8 * HOUR, open: ALWAYS }, [supplier], year)
  expect(holds).toBe(false)
  expect(totalMs).toBe(69 * HOUR)
  expect(links[0]?.inPromise?.ms).toBe(69 * HOUR)
  const { start, due } = links[0]!.wall!
  expect(start).toBeGreaterThanOrEqual(local('2025-10-24 13:00'))
  expect(due).toBeLessThanOrEqual(local('2025-10-27 13:00'))
})

test.each([
  ['the same hours take no longer than was promised', [supplier], 0, 4 * HOUR, true],
  ['steps follow one upon the other', [supplier, { ...supplier, id: 'team', step: 2 }], 0, 8 * HOUR, true],
  ['of branches the longest counts', [supplier, { ...supplier, id: 'team' }], 0, 4 * HOUR, true],
  ['a reserve is kept free', [supplier, { ...supplier, id: 'team', step: 2 }], MINUTE, 8 * HOUR + MINUTE, false],
  ['nothing behind it is nothing that could fail', [], 0, 0, true],
])('%s', (_, links, reserveMs, totalMs, holds) => {
  const checked = checkChain({ targetMs: 8 * HOUR, open: nineToFive }, links, { ...year, reserveMs })
  expect({ totalMs: checked.totalMs, holds: checked.holds }).toEqual({ totalMs, holds })
})

test('what may never be due holds nothing up', () => {
  const never = { ...supplier, target: { targetMs: HOUR, open: compileCalendar(hours('09:00', '17:00', 0)) } }
  expect(checkChain({ targetMs: HOUR, open: BER }, [never], year)).toMatchObject({ totalMs: null, holds: false })
})

test('the worst start may be the last of the time that is looked at', () => {
  const from = local('2025-06-02 09:00')
  const afternoons = compileCalendar(hours('13:00', '17:00'))
  const promise = { targetMs: HOUR, open: afternoons }
  const { links } = checkChain(promise, [supplier], { from, to: from + 3 * HOUR })
  // What starts at nine is due at one, before the promise's time begins; each minute later is a minute of it more.
  expect(links[0]?.inPromise?.ms).toBe(3 * HOUR - 1)
})

test('no start takes longer than the worst that is told', () => {
  fc.assert(
    fc.property(
      someQuestion,
      someQuestion,
      fc.integer({ min: 1, max: 40 }),
      fc.nat(7 * 1440),
      (one, other, time, at) => {
        const [link, promise] = [compileCalendar(one.rules), compileCalendar(other.rules)]
        const from = one.a
        const target = { targetMs: time * 15 * MINUTE, open: link }
        const { links } = checkChain({ targetMs: HOUR, open: promise }, [{ id: 'x', step: 1, target }], {
          from,
          to: from + 7 * 24 * HOUR,
        })
        const start = from + at * MINUTE
        const due = start < from + 7 * 24 * HOUR ? dueAfter(link, start, target.targetMs) : null
        const worst = links[0]!
        if (due === null || worst.wall === null || worst.inPromise === null) return
        expect(due - start).toBeLessThanOrEqual(worst.wall.ms)
        expect(openMsBetween(promise, start, due)).toBeLessThanOrEqual(worst.inPromise.ms)
      },
    ),
    { numRuns: 1000 },
  )
})

test('the clock of a team runs while the team holds the ticket', () => {
  const events = history(
    ['2025-06-02 09:00 opened', { team: 'desk' }],
    ['2025-06-02 10:00 team', { team: 'network' }],
    ['2025-06-02 11:00 team', { team: 'desk' }],
    ['2025-06-02 13:00 team', { team: 'network' }],
    ['2025-06-02 13:30 paused', { reason: 'appointment' }],
    ['2025-06-02 14:30 resumed', { reason: 'appointment' }],
  )
  const result = (until: string) => runClock(termsOf(8 * HOUR), BER, events, local(until))
  const of = (team: string, until: string) =>
    heldClock(
      result(until),
      {
        target: { targetMs: 2 * HOUR, open: BER },
        boundary: 'closing',
        isHeld: (segment) => segment.team === team && segment.kind === 'run',
      },
      local(until),
    )

  const network = of('network', '2025-06-02 14:45')
  expect(network).toMatchObject({ state: 'running', elapsedMs: 1.75 * HOUR })
  expect([berlin(network.startAt), berlin(network.dueAt)]).toEqual(['2025-06-02 10:00', '2025-06-02 15:00'])
  expect(of('desk', '2025-06-02 14:45')).toMatchObject({ state: 'breached-running', elapsedMs: 3 * HOUR })
  expect(of('field', '2025-06-02 14:45')).toMatchObject({ state: 'not-started', elapsedMs: 0 })
})
