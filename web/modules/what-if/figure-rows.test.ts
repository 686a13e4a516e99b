import { expect, test } from 'vitest'
import type { WhatIfFigure } from '#api/what-if'
import { figureRows } from './figure-rows.ts'

const figure = (
  month: string,
  priority: 'p1' | 'p2',
  metric: 'response' | 'resolution',
  met: number,
): WhatIfFigure => ({
  month,
  priority,
  metric,
  before: { met, failed: 1, excluded: 0 },
  after: { met: met - 1, failed: 2, excluded: 0 },
})

const figures = [
  figure('2026-02', 'p1', 'response', 10),
  figure('2026-01', 'p1', 'resolution', 20),
  figure('2026-01', 'p2', 'resolution', 30),
]

test.each([
  [
    'month',
    [
      ['2026-01', null, 'resolution', 50],
      ['2026-02', null, 'response', 10],
    ],
  ],
  [
    'priority',
    [
      [null, 'p1', 'resolution', 20],
      [null, 'p1', 'response', 10],
      [null, 'p2', 'resolution', 30],
    ],
  ],
  [
    'both',
    [
      ['2026-01', 'p1', 'resolution', 20],
      ['2026-01', 'p2', 'resolution', 30],
      ['2026-02', 'p1', 'response', 10],
    ],
  ],
] as const)('figures by %s stand below those of the whole period', (by, parts) => {
  const rows = figureRows(figures, by).map(({ month, priority, metric, before }) => [
    month,
    priority,
    metric,
    before.met,
  ])
  expect(rows).toEqual([[null, null, 'resolution', 50], [null, null, 'response', 10], ...parts])
})

test('nothing is lost between before and after', () => {
  const [whole] = figureRows(figures, 'month')
  expect(whole).toMatchObject({ before: { met: 50, failed: 2 }, after: { met: 48, failed: 4 } })
})
