import type { ReviewCase, ReviewFacts, TargetFacts, TrendPoint } from './facts.ts'
import { trendMonths } from './period.ts'
import { judge } from './verdict.ts'

/** Facts of an October for tests of what is told and drawn; whatever is given replaces what stands here. */
export function factsWith(given: Partial<ReviewFacts> = {}): ReviewFacts {
  return {
    form: 1,
    edition: 'customer',
    version: 3,
    lockedAt: '2026-11-05T09:41:00.000Z',
    provider: 'Weserblick IT',
    customer: { name: 'Nordhafen Logistik', timeZone: 'Europe/Berlin', language: 'de' },
    month: '2026-10',
    from: '2026-09-30T22:00:00.000Z',
    to: '2026-10-31T23:00:00.000Z',
    basis: 'RESOLVED_IN_PERIOD',
    agreements: [
      { name: 'NHL-2026', version: 3, validFrom: '2026-01-01T00:00:00.000Z', validTo: null, calendar: 'Bürozeiten' },
    ],
    notes: [],
    excluded: 0,
    targets: [],
    misses: { items: [], more: 0 },
    nearMisses: { items: [], more: 0 },
    volumes: {
      opened: 0,
      resolved: 0,
      backlog: 0,
      withdrawn: 0,
      backlogBefore: 0,
      trend: trendMonths('2026-10').map((month) => ({ month, opened: 0, resolved: 0, backlog: 0 })),
      byPriority: [],
      byService: [],
      bySite: [],
    },
    backlogAge: { bands: [0, 0, 0, 0, 0], oldestDays: null },
    reported: null,
    incidents: { count: 0, sha256: '0'.repeat(64) },
    teams: null,
    ...given,
  }
}

/** A target with its verdict; the months before are `before` each, unless a trend is given. */
export function targetWith(
  { met, failed }: { readonly met: number; readonly failed: number },
  given: Partial<TargetFacts> & { readonly before?: { readonly met: number; readonly failed: number } } = {},
): TargetFacts {
  const { before, ...rest } = given
  const attainmentBp = given.attainmentBp ?? 9500
  const trend: TrendPoint[] = trendMonths('2026-10').map((month, index, all) => {
    if (index === all.length - 1) return { month, met, failed }
    // A little up and down, so that there is a usual range.
    return before === undefined
      ? { month, met: 0, failed: 0 }
      : { month, met: before.met - (index % 2), failed: before.failed + (index % 2) }
  })
  return {
    agreement: 'NHL-2026',
    metric: 'resolution',
    priority: 'p2',
    targetMs: 16 * 3_600_000,
    attainmentBp,
    met,
    failed,
    excluded: 0,
    nearMisses: 0,
    openBreached: 0,
    trend,
    ...judge({ met, failed, excluded: 0 }, attainmentBp),
    ...rest,
  }
}

/** A miss of a P2's resolution, so many minutes late. */
export function missWith(number: string, minutesLate: number, given: Partial<ReviewCase> = {}): ReviewCase {
  const targetMs = 16 * 3_600_000
  return {
    number,
    reference: null,
    title: 'Scanner bucht keine Palette',
    metric: 'resolution',
    priority: 'p2',
    service: 'Scanner-WLAN',
    site: 'Hamburg Altenwerder',
    startedAt: '2026-10-12T06:00:00.000Z',
    dueAt: '2026-10-12T22:00:00.000Z',
    stoppedAt: new Date(Date.parse('2026-10-12T22:00:00Z') + minutesLate * 60_000).toISOString(),
    targetMs,
    elapsedMs: targetMs + minutesLate * 60_000,
    pausedMs: 0,
    ...given,
  }
}

/** A month with everything that makes layouts burst: endless words, signs of many scripts, hundreds of everything. */
export function nastyFacts(): ReviewFacts {
  const endless = 'Wareneingangsbestätigungsrückmeldung'.repeat(12).slice(0, 400)
  const scripts =
    '👩🏽‍🚒🔥 שלום עולם · مرحبا بالعالم · 日本語の障害 · Ελληνικά · Привет · Łódź \u202eevil\u202c \u0007=cmd|calc'
  const title = (index: number) =>
    [endless, scripts, '=HYPERLINK("https://evil.example";"x")', '<b>&amp;"\'</b> #let x = 1 $a_b$'][index % 4]!
  const flow = (index: number) => ({ opened: 900 - index, resolved: 880 - index, backlog: index })
  const misses = Array.from({ length: 200 }, (_, index) =>
    missWith(`NHL-${1000 + index}`, 100_000 - index, {
      title: title(index),
      service: title(index + 1).slice(0, 200),
      site: title(index).slice(0, 200),
      pausedMs: index * 60_000,
      why: { waitedFor: 'awaiting-problem', waitedMs: index * 7_200_000, handovers: index },
    }),
  )
  const priorities = ['p1', 'p2', 'p3', 'p4', 'p5'] as const
  const targets = Array.from({ length: 40 }, (_, index) =>
    targetWith(index % 5 === 4 ? { met: 0, failed: 0 } : { met: 99_000 - index * 2000, failed: (index % 3) * 9000 }, {
      agreement: `${endless.slice(0, 180)} ${index}`,
      priority: priorities[index % 5]!,
      metric: index % 2 === 0 ? 'resolution' : 'response',
      before: { met: 95_000, failed: 2000 },
      nearMisses: 12_345,
      openBreached: 6789,
      excluded: 1234,
    }),
  )
  return factsWith({
    customer: { name: scripts, timeZone: 'America/Argentina/ComodRivadavia', language: 'de' },
    provider: endless.slice(0, 200),
    agreements: Array.from({ length: 20 }, (_, index) => ({
      name: `${endless.slice(0, 180)} ${index}`,
      version: index,
      validFrom: '2026-01-01T00:00:00.000Z',
      validTo: null,
      calendar: scripts,
    })),
    notes: [
      { kind: 'month-unfinished' },
      ...Array.from({ length: 12 }, (_, index) => ({
        kind: 'agreement-changed' as const,
        agreement: `${endless.slice(0, 180)} ${index}`,
      })),
      { kind: 'without-promise', incidents: 1_234_567 },
      { kind: 'closed-without-resolution', incidents: 1 },
      { kind: 'verdicts-differ', incidents: 1_234_567, compared: 9_876_543 },
    ],
    excluded: 49_360,
    targets,
    misses: { items: misses, more: 123_456 },
    nearMisses: { items: misses.map((each) => ({ ...each, elapsedMs: each.targetMs - 60_000 })), more: 9 },
    volumes: {
      opened: 1_234_567,
      resolved: 1_200_000,
      backlog: 987_654,
      withdrawn: 12_345,
      backlogBefore: 965_432,
      trend: trendMonths('2026-10').map((month, index) => ({
        month,
        opened: 1_100_000 + index * 10_000,
        resolved: 1_000_000,
        backlog: 100_000 * index,
      })),
      byPriority: priorities.map((priority, index) => ({ priority, ...flow(index) })),
      byService: Array.from({ length: 300 }, (_, index) => ({ name: title(index).slice(0, 200), ...flow(index) })),
      bySite: Array.from({ length: 120 }, (_, index) => ({
        name: index === 3 ? null : title(index + 1).slice(0, 200),
        ...flow(index),
      })),
    },
    backlogAge: { bands: [1, 22, 333, 4444, 55_555], oldestDays: 4321 },
    reported: {
      met: 1_000_000,
      failed: 234_567,
      compared: 1_200_000,
      bothMet: 900_000,
      onlyOurs: 100_000,
      onlyTheirs: 50_000,
    },
    availability: Array.from({ length: 30 }, (_, index) => ({
      service: title(index).slice(0, 200),
      calendar: title(index + 1).slice(0, 200),
      from: '2026-09-30T22:00:00.000Z',
      to: '2026-10-31T23:00:00.000Z',
      targetPpm: 999_950,
      basis: index % 2 === 0 ? 'users' : 'service',
      agreedMs: 2_682_000_000,
      downMs: index * 100_000_000,
      maintenanceMs: 3_600_000 * index,
      excludedMs: 59_000,
      unwatchedMs: 0,
      verdict: index === 0 ? 'met' : 'missed',
    })),
    incidents: { count: 1_234_567, sha256: 'f'.repeat(64) },
  })
}
