import { expect, test } from 'vitest'
import { firstOf } from './series.ts'

test.each([
  ['nothing', [], undefined],
  ['one month', ['2026-01'], '2026-01'],
  ['months with a gap', ['2024-01', '2026-01', '2026-02'], '2024-01'],
  ['after two years of nothing', ['2016-05', '2024-01', '2026-02', '2026-03'], '2026-02'],
] as const)('a course begins with %s', (_, months, first) => {
  expect(firstOf(months)).toBe(first)
})
