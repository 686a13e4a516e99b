import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { BER, berlin, DAY, history, HOUR, local, MINUTE, MONDAY, RUNS, termsOf } from '#core/clock-testing.ts'
import { runClock } from '#core/clock.ts'
import { countedBetween, dueWithPauses, pausesOf } from '#core/pauses.ts'

// Laws are tried many times; on a busy machine that takes its time.
vi.setConfig({ testTimeout: 60_000 })

test('pauses are united, whatever their order; one that ends before it begins is none', () => {
  expect([
    ...pausesOf([
      [50, 60],
      [10, 20],
      [15, 30],
      [30, 40],
      [70, 65],
    ]),
  ]).toEqual([10, 40, 50, 60])
})

test('a pause that begins when the time is used up does not move the due moment', () => {
  const start = local('2025-06-02 09:00')
  const at = (from: string, to: string) => pausesOf([[local(from), local(to)]])

  expect(berlin(dueWithPauses(BER, start, 2 * HOUR, at('2025-06-02 11:00', '2025-06-02 12:00')))).toBe(
    '2025-06-02 11:00',
  )
  expect(berlin(dueWithPauses(BER, start, 2 * HOUR, at('2025-06-02 10:59', '2025-06-02 12:00')))).toBe(
    '2025-06-02 12:01',
  )
  expect(dueWithPauses(BER, start, 2 * HOUR, Float64Array.of(start + HOUR, Infinity))).toBeNull()
  expect(dueWithPauses(BER, start, 0, at('2025-06-02 08:00', '2025-06-02 12:00'))).toBe(start)
})

test.each([
  ['a pause that has begun by then puts it off', '2025-06-06 19:00', '2025-06-09 11:00', '2025-06-09 11:00'],
  ['one from closing time on, too', '2025-06-06 18:00', '2025-06-09 11:00', '2025-06-09 11:00'],
  ['one that ends at night puts it off to the morning', '2025-06-06 19:00', '2025-06-09 20:00', '2025-06-10 08:00'],
  ['one over the weekend does not', '2025-06-07 10:00', '2025-06-08 12:00', '2025-06-09 08:00'],
  ['nor does one that begins when it is due', '2025-06-09 08:00', '2025-06-09 11:00', '2025-06-09 08:00'],
])('what is used up at closing time on Friday is due at the next opening: %s', (_, from, to, due) => {
  const events = history(
    ['2025-06-06 16:00 opened'],
    [`${from} paused`, { reason: 'appointment' }],
    [`${to} resumed`, { reason: 'appointment' }],
  )
  const clock = runClock(termsOf(2 * HOUR, { boundary: 'next-opening' }), BER, events, local('2025-06-11 08:00'))
  const pauses = pausesOf([[local(from), local(to)]])

  expect(berlin(dueWithPauses(BER, events[0]!.at, 2 * HOUR, pauses, 'next-opening'))).toBe(due)
  expect(berlin(clock.dueAt)).toBe(due)
  expect(clock.breachedAt).toBeGreaterThanOrEqual(clock.dueAt!)
})

test('only what lies between start and end is taken off', () => {
  const pauses = pausesOf([
    [MONDAY, MONDAY + 10 * HOUR],
    [MONDAY + 15 * HOUR, MONDAY + 40 * HOUR],
  ])

  expect(countedBetween(BER, MONDAY + 9 * HOUR, MONDAY + 16 * HOUR, pauses)).toBe(5 * HOUR)
  expect(countedBetween(BER, MONDAY + 16 * HOUR, MONDAY + 9 * HOUR, pauses)).toBe(0)
})

test('law: counting with a list of pauses is counting the history that has them', () => {
  const somePauses = fc.array(fc.tuple(fc.nat(6 * 1440), fc.nat(1440)), { maxLength: 4 })
  fc.assert(
    fc.property(
      somePauses,
      fc.integer({ min: 1, max: 30 * 60 }),
      fc.integer({ min: 1, max: 8 * DAY }),
      (minutes, target, passed) => {
        const stretches = minutes.map(
          ([from, length]) => [MONDAY + from * MINUTE, MONDAY + (from + length) * MINUTE] as const,
        )
        const pauses = pausesOf(stretches)
        const events = [...history(['2025-06-02 00:00 opened'])]
        for (let index = 0; index < pauses.length; index += 2) {
          events.push(
            { at: pauses[index]!, kind: 'paused', reason: 'appointment' },
            { at: pauses[index + 1]!, kind: 'resumed' },
          )
        }
        const end = MONDAY + passed
        const clock = runClock(
          termsOf(target * MINUTE),
          BER,
          [...events.filter(({ at }) => at <= end), { at: end, kind: 'resolved' }],
          end,
        )
        expect(countedBetween(BER, MONDAY, end, pauses)).toBe(clock.elapsedMs)
        expect(clock.breachedAt === null || dueWithPauses(BER, MONDAY, target * MINUTE, pauses) === clock.dueAt).toBe(
          true,
        )
      },
    ),
    { numRuns: RUNS },
  )
})
