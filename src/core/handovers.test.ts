import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type HoldingEvent, holdingOf, isPingPong } from './handovers.ts'

const h = (hour: number) => hour * 3_600_000

/** `A`, `-`: a team or nobody; `working`, `queue`, `user`: how it stands. */
function told(...steps: readonly (readonly [number, string])[]): HoldingEvent[] {
  return steps.map(([hour, what]) => {
    const at = h(hour)
    if (what === 'working') return { at, state: 'in-progress' }
    if (what === 'queue') return { at, state: 'assigned' }
    if (what === 'user') return { at, state: 'on-hold', reason: 'awaiting-requester' }
    if (what === 'done') return { at, state: 'resolved' }
    return { at, team: what === '-' ? null : what }
  })
}

describe('handovers', () => {
  test.each<[string, readonly (readonly [number, string])[], number, boolean]>([
    ['a first team is no handover', [[0, 'A']], 0, false],
    [
      'from team to team',
      [
        [0, 'A'],
        [1, 'B'],
      ],
      1,
      false,
    ],
    [
      'with nobody in between',
      [
        [0, 'A'],
        [1, '-'],
        [2, 'B'],
      ],
      1,
      false,
    ],
    [
      'given back to nobody and taken again',
      [
        [0, 'A'],
        [1, '-'],
        [2, 'A'],
      ],
      0,
      false,
    ],
    [
      'there and back',
      [
        [0, 'A'],
        [1, 'B'],
        [2, 'A'],
      ],
      2,
      true,
    ],
    [
      'in a circle',
      [
        [0, 'A'],
        [1, 'B'],
        [2, 'C'],
        [3, 'A'],
      ],
      3,
      true,
    ],
    [
      'the same team said twice',
      [
        [0, 'A'],
        [1, 'A'],
      ],
      0,
      false,
    ],
  ])('%s', (_, steps, count, back) => {
    const holding = holdingOf(told(...steps), h(9))
    expect(holding.handovers).toHaveLength(count)
    expect(isPingPong(holding)).toBe(back)
  })

  test('time lies with who had it, and waits for what it waited for', () => {
    const events = told([0, 'A'], [2, 'working'], [3, 'user'], [5, 'B'], [6, 'working'], [10, 'done'])
    const { stays, ...sums } = holdingOf(events, h(12))
    expect(stays.map(({ from, to, team, kind, waitsFor }) => [from / h(1), to / h(1), team, kind, waitsFor])).toEqual([
      [0, 2, 'A', 'waiting', 'queue'],
      [2, 3, 'A', 'working', null],
      [3, 5, 'A', 'waiting', 'awaiting-requester'],
      [5, 6, 'B', 'waiting', 'awaiting-requester'],
      [6, 10, 'B', 'working', null],
      [10, 12, 'B', 'over', null],
    ])
    expect(sums).toMatchObject({ elapsedMs: h(12), workingMs: h(5), waitingMs: h(5), overMs: h(2) })
  })

  test('without events there is nothing', () => {
    expect(holdingOf([], h(1))).toEqual({
      stays: [],
      handovers: [],
      elapsedMs: 0,
      workingMs: 0,
      waitingMs: 0,
      overMs: 0,
    })
  })

  test('whatever happens, the parts add up to the whole', () => {
    const step = fc.record({
      gap: fc.nat(100),
      team: fc.option(fc.constantFrom('A', 'B', 'C', null), { nil: undefined }),
      state: fc.option(fc.constantFrom('new', 'in-progress', 'on-hold', 'resolved', 'closed'), { nil: undefined }),
    })
    fc.assert(
      fc.property(fc.array(step, { minLength: 1 }), fc.nat(100), (steps, rest) => {
        let at = 0
        const events = steps.map(({ gap, team, state }): HoldingEvent => {
          at += gap
          return { at, ...(team !== undefined && { team }), ...(state !== undefined && { state }) }
        })
        const { stays, handovers, elapsedMs } = holdingOf(events, at + rest)
        expect(elapsedMs).toBe(at + rest - events[0]!.at)
        for (const [index, { from }] of stays.entries()) expect(from).toBe(stays[index - 1]?.to ?? events[0]!.at)
        for (const { from, to } of handovers) expect(from).not.toBe(to)
      }),
      { numRuns: 10_000 },
    )
  })
})
