import { expect, test } from 'vitest'
import { namedPoints, placed, stripScale } from '#web/app/day-strip-layout.ts'

const at = (time: string) => new Date(`2026-11-10T${time}:00Z`)

test('the line has its full hours, also where the clock is half an hour off', () => {
  const scale = stripScale(at('07:42'), at('12:42'), 516)
  expect(scale.hours).toEqual(['08:00', '09:00', '10:00', '11:00', '12:00'].map(at))
  expect(scale.x(at('07:42'))).toBe(8)
  expect(scale.x(at('12:42'))).toBe(508)
  expect(stripScale(at('07:42'), at('09:42'), 500, 330).hours).toEqual(['08:30', '09:30'].map(at))
})

test('words on the line do not touch, and the one that matters more has the place', () => {
  const words = [
    { key: 'a', text: 'INC-1, 38 min', x: 100, anchor: 'start' as const },
    { key: 'b', text: 'INC-2, 40 min', x: 120, anchor: 'start' as const },
    { key: 'c', text: 'INC-3', x: 90, anchor: 'end' as const },
    { key: 'd', text: 'turned at the edge', x: 390, anchor: 'start' as const },
    { key: 'e', text: 'cut off', x: 20, anchor: 'end' as const },
  ]
  expect(placed(words, 0, 400).map(({ key, anchor }) => `${key} ${anchor}`)).toEqual(['a start', 'c end', 'd end'])
})

test('named are the last that became late and the next at risk; the rest is counted', () => {
  const point = (number: string, is: 'late' | 'soon' | 'runs') => ({
    id: number,
    number,
    dueAt: at('10:00'),
    leftSeconds: 0,
    is,
  })
  const { late, soon, rest } = namedPoints([
    point('1', 'late'),
    point('2', 'late'),
    point('3', 'soon'),
    point('4', 'runs'),
    point('5', 'runs'),
  ])
  expect(late.map(({ number }) => number)).toEqual(['2', '1'])
  expect(soon.map(({ number }) => number)).toEqual(['3'])
  expect(rest).toBe(2)
})
