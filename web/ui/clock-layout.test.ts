import { expect, test } from 'vitest'
import { layBoxes, placeLabels, xOf } from '#web/ui/clock-layout.ts'
import type { Stretch } from '#web/ui/clock-stretches.ts'

const at = (hour: number) => new Date(Date.UTC(2026, 10, 9, hour))
function stretch(kind: Stretch['kind'], from: number, to: number): Stretch {
  const counts = kind !== 'closed' && kind !== 'pause'
  return { kind, from: at(from), to: at(to), countedSeconds: counts ? (to - from) * 3600 : 0, number: 1 }
}

test('what counted is as long as it was, compared with each other', () => {
  const [first, , second] = layBoxes([stretch('run', 8, 10), stretch('closed', 10, 24), stretch('run', 24, 28)], 900)
  expect((second!.width - 3) / (first!.width - 3)).toBeCloseTo(2)
})

test('a pause of weeks leaves room for what counted', () => {
  const [run, pause] = layBoxes([stretch('run', 8, 12), stretch('pause', 12, 900)], 900)
  expect(pause!.width).toBeLessThan(run!.width)
})

test('forty nights do not push the days out of the picture', () => {
  const days = Array.from({ length: 40 }, (_, day) => [
    stretch('run', day * 24 + 8, day * 24 + 18),
    stretch('closed', day * 24 + 18, day * 24 + 32),
  ])
  const boxes = layBoxes(days.flat(), 800)
  const end = boxes.at(-1)!
  expect(end.x + end.width).toBeLessThanOrEqual(800)
  expect(boxes.every(({ width }) => width >= 3)).toBe(true)
})

test('a moment lies between the edges of its stretch', () => {
  const boxes = layBoxes([stretch('run', 8, 10)], 100)
  expect(xOf(boxes, at(9))).toBeCloseTo(boxes[0]!.width / 2)
  expect(xOf(boxes, at(11))).toBeNull()
})

test('what would stand behind the bob of now is left out, beside it it stands', () => {
  const time = { text: '08:00', what: 'time', importance: 3, places: [{ x: 0, row: 'below', align: 'start' }] } as const
  expect(placeLabels([time], 400, 4)).toEqual([])
  expect(placeLabels([time], 400, 60)).toHaveLength(1)
})

test('of two labels for one place the more important stands, the other goes elsewhere or away', () => {
  const place = { x: 50, row: 'above', align: 'start' } as const
  const labels = placeLabels(
    [
      { text: '08:00', what: 'time', importance: 1, places: [place] },
      { text: 'due 13:40', what: 'due', importance: 9, places: [place] },
      { text: 'now 10:42', what: 'now', importance: 5, places: [place, { ...place, row: 'below' }] },
    ],
    400,
  )
  expect(labels.map(({ what, row }) => [what, row])).toEqual([
    ['due', 'above'],
    ['now', 'below'],
  ])
})
