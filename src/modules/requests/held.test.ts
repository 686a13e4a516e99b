import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cutBy, heldBy } from './held.ts'

const task = (...stretches: readonly [number, number, string | null][]) => ({
  stretches: stretches.map(([from, to, team]) => ({ from, to, team })),
})

test('approvals come before tasks; teams whose tasks are open at once have it together; between them nobody', () => {
  const held = heldBy(
    [{ from: 0, to: 10 }],
    [task([10, 20, 'b'], [20, 40, 'c']), task([15, 30, 'a']), task([50, Infinity, null])],
  )
  expect(held.map(({ from, holding }) => [from, holding && `${holding.kind} ${holding.teams.join('+')}`])).toEqual([
    [0, 'approver '],
    [10, 'tasks b'],
    [15, 'tasks a+b'],
    [20, 'tasks a+c'],
    [30, 'tasks c'],
    [40, null],
    [50, 'tasks '],
  ])
})

test('stretches are cut without a gap and without an overlap, each where its holder is one', () => {
  const moment = fc.integer({ min: 0, max: 60 })
  const stretch = fc
    .tuple(moment, moment)
    .map(([one, other]) => ({ from: Math.min(one, other), to: Math.max(one, other) + 1 }))
  const tasks = fc.array(
    fc.record({
      stretches: fc.array(
        stretch.map((each) => ({ ...each, team: 'a' })),
        { maxLength: 2 },
      ),
    }),
  )
  fc.assert(
    fc.property(fc.array(stretch), tasks, (approvals, those) => {
      const held = heldBy(approvals, those)
      const cut = cutBy([{ from: 5, to: 50 }], held)
      expect([cut[0]!.from, cut.at(-1)!.to]).toEqual([5, 50])
      for (const [index, { from, to }] of cut.entries()) {
        expect(from).toBeLessThan(to)
        expect(from).toBe(index === 0 ? 5 : cut[index - 1]!.to)
        expect(held.some((each) => from < each.from && each.from < to)).toBe(false)
      }
    }),
  )
})
