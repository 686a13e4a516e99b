import { expect, test } from 'vitest'
import type { AttainmentGroup } from '#api/service-levels'
import { inOrder, isMeasured, narrowedTo } from './attainment-groups.ts'

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

test('the site with the lowest share comes first, what has no site last', () => {
  const groups = [group('', 1, 9), group('bremen', 9, 1), group('hamburg', 5, 5), group('gdansk', 0, 0)]
  expect(inOrder(groups, 'site').map(({ key }) => key)).toEqual(['hamburg', 'bremen', 'gdansk', ''])
})

test('months are in their own order, the latest first, whatever their share', () => {
  const groups = [group('2026-09', 10, 0), group('2026-10', 1, 9), group('2026-08', 5, 5)]
  expect(inOrder(groups, 'month').map(({ key }) => key)).toEqual(['2026-10', '2026-09', '2026-08'])
})

test('a group of which only something was reported is shown, an empty one is not', () => {
  expect(isMeasured(group('hamburg', 0, 0))).toBe(false)
  expect(isMeasured({ ...group('hamburg', 0, 0), reported: { met: 3, failed: 1 } })).toBe(true)
})

const filter = { customer: 'c', from: '2026-09-15', to: '2026-11-01' }

test('under the figure of a site lie the cases of that site in the same period', () => {
  expect(narrowedTo('hamburg', { filter, by: 'site', priority: 'p2' })).toEqual({
    ...filter,
    priority: 'p2',
    site: 'hamburg',
  })
})

test('under the figure of a month lie the days of it that belong to the period', () => {
  expect(narrowedTo('2026-09', { filter, by: 'month' })).toMatchObject({ from: '2026-09-15', to: '2026-10-01' })
  expect(narrowedTo('2026-10', { filter, by: 'month' })).toMatchObject({ from: '2026-10-01', to: '2026-11-01' })
})

test('cases without a site cannot be asked for by their site', () => {
  expect(narrowedTo('', { filter, by: 'site' })).toBeNull()
})
