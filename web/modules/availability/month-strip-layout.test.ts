import { expect, test } from 'vitest'
import { stripDays, stripRows } from './month-strip-layout.ts'

const nothing = { open: [], ahead: [], maintenance: [], down: [], excluded: [], gap: [] }
const at = (text: string) => new Date(text)

test('a month is drawn as weeks from Monday, the first and the last as far as they belong to it', () => {
  const rows = stripRows('2026-10', 'Europe/Berlin', nothing, at('2026-10-14T10:00:00Z'))
  expect(rows.map(({ days }) => days.length)).toEqual([4, 7, 7, 7, 6])
  expect(rows[0]!.days[0]).toMatchObject({ date: '2026-10-01', at: 3 / 7 })
  expect(rows.map(({ now }) => now !== null)).toEqual([false, false, true, false, false])
})

test('what goes over the end of a week goes on in the next one, and what lies outside of the month is not drawn', () => {
  const down = [
    { from: at('2026-10-04T22:00:00+02:00'), to: at('2026-10-05T02:00:00+02:00') },
    { from: at('2026-09-29T22:00:00+02:00'), to: at('2026-10-01T06:00:00+02:00') },
  ]
  const [first, second] = stripRows('2026-10', 'Europe/Berlin', { ...nothing, down }, at('2027-01-01T00:00:00Z'))
  const hour = 1 / (7 * 24)
  expect(first!.bars.map(({ width }) => Math.round(width / hour))).toEqual([2, 6])
  expect(second!.bars).toHaveLength(1)
  expect(second!.bars[0]!.width).toBeCloseTo(2 * hour, 9)
})

test('the day on which clocks go back is as wide as it is long, and counts 25 hours', () => {
  const open = [{ from: at('2026-10-01T00:00:00+02:00'), to: at('2026-11-01T00:00:00+01:00') }]
  const rows = stripRows('2026-10', 'Europe/Berlin', { ...nothing, open }, at('2027-01-01T00:00:00Z'))
  const sunday = rows[3]!.days.at(-1)!
  expect(sunday.date).toBe('2026-10-25')
  expect(sunday.width).toBeCloseTo(25 / 169, 9)
  expect(
    stripDays('2026-10', 'Europe/Berlin', { ...nothing, open }).find(({ date }) => date === sunday.date)?.open,
  ).toBe(25 * 3_600_000)
})
