import { expect, test } from 'vitest'
import type { ReviewFacts } from './facts.ts'
import { factDifferences } from './facts-difference.ts'

function target(met: number, failed: number): ReviewFacts['targets'][number] {
  return {
    agreement: 'NHL-2026',
    metric: 'resolution',
    priority: 'p2',
    targetMs: 57_600_000,
    attainmentBp: 9500,
    met,
    failed,
    excluded: 0,
    allowedFailures: 2,
    byAllowance: false,
    verdict: 'missed',
    nearMisses: 0,
    openBreached: 0,
    trend: [],
  }
}

const flow = { opened: 50, resolved: 46, backlog: 9 }
const facts: ReviewFacts = {
  form: 1,
  edition: 'customer',
  version: 1,
  lockedAt: '2026-11-05T08:00:00Z',
  provider: 'Weserblick IT',
  customer: { name: 'Nordhafen Logistik', timeZone: 'Europe/Berlin', language: 'de' },
  month: '2026-10',
  from: '2026-09-30T22:00:00Z',
  to: '2026-10-31T23:00:00Z',
  basis: 'RESOLVED_IN_PERIOD',
  agreements: [],
  notes: [],
  excluded: 0,
  targets: [target(41, 5)],
  misses: { items: [], more: 0 },
  nearMisses: { items: [], more: 0 },
  volumes: { ...flow, withdrawn: 0, backlogBefore: 5, trend: [], byPriority: [], byService: [], bySite: [] },
  backlogAge: { bands: [], oldestDays: null },
  reported: null,
  incidents: { count: 55, sha256: 'a' },
  teams: null,
}

test('made again from the same data a version tells nothing else', () => {
  expect(factDifferences(facts, { ...facts, version: 2, lockedAt: '2026-11-06T08:00:00Z' })).toEqual([])
})

test('a corrected result is told with its promise, and what was excluded for it', () => {
  const corrected = { ...facts, excluded: 1, targets: [target(41, 4)] }
  expect(factDifferences(facts, corrected)).toMatchObject([
    { kind: 'target', priority: 'p2', before: { met: 41, failed: 5 }, after: { met: 41, failed: 4 } },
    { kind: 'excluded', before: 0, after: 1 },
  ])
})

test('a promise that only one version knows is a difference too', () => {
  expect(factDifferences({ ...facts, targets: [] }, facts)).toMatchObject([{ kind: 'target', before: null }])
})

test('as many incidents with other contents are told as another list', () => {
  expect(factDifferences(facts, { ...facts, incidents: { count: 55, sha256: 'b' } })).toEqual([{ kind: 'list' }])
})

test('a service that was down longer is told, also beside a version from before availability was told', () => {
  const line = {
    service: 'Scanner-WLAN',
    calendar: 'Lager',
    from: facts.from,
    to: facts.to,
    targetPpm: 999_000,
    basis: 'service' as const,
    agreedMs: 1_425_600_000,
    downMs: 3_600_000,
    maintenanceMs: 0,
    excludedMs: 0,
    unwatchedMs: 0,
    verdict: 'missed' as const,
  }
  const told = { ...facts, availability: [line] }
  const change = { kind: 'availability', service: 'Scanner-WLAN' }
  expect(factDifferences(facts, told)).toEqual([{ ...change, before: null, after: 3_600_000 }])
  expect(factDifferences(told, { ...told, availability: [{ ...line, downMs: 0 }] })).toEqual([
    { ...change, before: 3_600_000, after: 0 },
  ])
})
