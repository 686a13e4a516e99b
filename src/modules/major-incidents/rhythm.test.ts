import { expect, test } from 'vitest'
import { rhythmOf } from './rhythm.ts'

const at = (time: string) => new Date(`2026-03-02T${time}:00Z`)
const firstDue = at('09:30')

test.each([
  ['nothing is owed before the first is due', [], '09:29', { onTime: 0, due: 0, gaps: [] }],
  ['an update at the promised moment is on time', [['09:30', '10:30']], '10:00', { onTime: 1, due: 1, gaps: [] }],
  [
    'what was promised and did not come is a gap that lasts',
    [['09:20', '10:20']],
    '10:45',
    { onTime: 1, due: 2, gaps: [{ from: at('10:20'), to: null }] },
  ],
  [
    'a late update ends the gap',
    [
      ['09:50', '10:20'],
      ['10:15', '11:15'],
    ],
    '10:45',
    { onTime: 1, due: 2, gaps: [{ from: at('09:30'), to: at('09:50') }] },
  ],
  [
    'one text to two audiences is one update',
    [
      ['09:20', '10:20'],
      ['09:20', '10:20'],
    ],
    '10:00',
    { onTime: 1, due: 1, gaps: [] },
  ],
] as const)('%s', (_, sent, now, expected) => {
  const updates = sent.map(([when, next]) => ({ at: at(when), nextDue: at(next) }))
  expect(rhythmOf(firstDue, updates, { now: at(now), over: null })).toEqual(expected)
})

test('after it was stood down nothing is owed any more, and a gap that lasted until then ends', () => {
  const updates = [{ at: at('09:20'), nextDue: at('10:20') }]
  const over = { now: at('15:00'), over: at('10:10') }
  expect(rhythmOf(firstDue, updates, over)).toEqual({ onTime: 1, due: 1, gaps: [] })
  expect(rhythmOf(firstDue, updates, { now: at('15:00'), over: at('10:40') }).gaps).toEqual([
    { from: at('10:20'), to: at('10:40') },
  ])
})
