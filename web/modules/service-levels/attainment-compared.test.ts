import { expect, test } from 'vitest'
import type { AttainmentGroup, AttainmentReport } from '#api/service-levels'
import { comparable } from './attainment-compared.ts'

function group(key: string, met: number, failed: number): AttainmentGroup {
  const attainment = met + failed === 0 ? null : { numerator: met, denominator: met + failed }
  const tally = { met, failed, excluded: 0, attainment }
  return {
    ...tally,
    key,
    label: key,
    byMetric: { resolution: tally, response: { met: 0, failed: 0, excluded: 0, attainment: null } },
    reported: null,
    targets: [],
    openBreached: 0,
    uncertainty: null,
    agreed: null,
    resolutionTime: null,
  }
}

function report(...groups: readonly AttainmentGroup[]): AttainmentReport {
  const sum = (of: (each: AttainmentGroup) => number) => groups.reduce((total, each) => total + of(each), 0)
  return {
    basis: 'resolved-in-period',
    from: null,
    to: null,
    timeZone: 'UTC',
    manyExcluded: false,
    adjustments: {
      entries: 0,
      response: { met: 0, failed: 0, excluded: 0 },
      resolution: { met: 0, failed: 0, excluded: 0 },
    },
    groups: [...groups],
    total: group(
      'total',
      sum(({ met }) => met),
      sum(({ failed }) => failed),
    ),
  }
}

test('shares are compared in points, and all cases together by themselves', () => {
  const lines = comparable(
    report(group('p2', 18, 2), group('p3', 40, 0)),
    report(group('p2', 16, 4), group('p3', 20, 0)),
  )
  expect(lines.map(({ priority, points }) => [priority, points && Math.round(points)])).toEqual([
    ['p2', 10],
    ['p3', 0],
    // 58 of 60 and 36 of 40, not the middle of the two above.
    [null, 7],
  ])
})

test('of few cases no difference is told, and nothing measured is no hundred per cent', () => {
  const lines = comparable(report(group('p1', 2, 0)), report())
  expect(lines[0]).toMatchObject({ priority: 'p1', other: { met: 0, failed: 0 }, points: null })
})
