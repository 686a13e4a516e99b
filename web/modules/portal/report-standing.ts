import type { Incident } from '#api/incidents'

/** How a report stands for whoever made it. */
export type ReportKind = 'received' | 'working' | 'answer' | 'waiting' | 'restored' | 'confirm' | 'closed' | 'cancelled'

export interface ReportStanding {
  readonly kind: ReportKind
  /** Until when it is promised to be solved; null while nothing is promised, or the promise waits. */
  readonly promised: Date | null
  /** The promised moment has passed. */
  readonly late: boolean
  /** It waits for whoever reported it. */
  readonly theirTurn: boolean
}

/** Reasons to wait that are the requester's to end. */
const THEIRS: ReadonlySet<string | null> = new Set(['awaiting-requester', 'awaiting-customer', 'customer-delay'])

/** In plain words what there is to say of a report at `now`. */
export function standingOf(report: Pick<Incident, 'state' | 'pauseReason' | 'clocks'>, now: Date): ReportStanding {
  const kind = kindOf(report)
  const clock = report.clocks.find(({ metric }) => metric === 'resolution')
  const running = clock?.state === 'running' || clock?.state === 'breached-running'
  const promised = running && (kind === 'received' || kind === 'working' || kind === 'waiting') ? clock.dueAt : null
  const missed = clock?.state === 'breached-running' || (promised !== null && promised < now)
  return { kind, promised, late: promised !== null && missed, theirTurn: kind === 'answer' || kind === 'confirm' }
}

function kindOf({ state, pauseReason }: Pick<Incident, 'state' | 'pauseReason'>): ReportKind {
  if (state === 'on-hold') return THEIRS.has(pauseReason) ? 'answer' : 'waiting'
  return kinds[state]
}

const kinds: Readonly<Record<Exclude<Incident['state'], 'on-hold'>, ReportKind>> = {
  new: 'received',
  assigned: 'received',
  'in-progress': 'working',
  restored: 'restored',
  resolved: 'confirm',
  closed: 'closed',
  cancelled: 'cancelled',
}

/** What waits for the person who reported it first, then as it came. */
export function theirsFirst<Report extends Pick<Incident, 'state' | 'pauseReason' | 'clocks'>>(
  reports: readonly Report[],
  now: Date,
): readonly Report[] {
  const turn = (report: Report) => (standingOf(report, now).theirTurn ? 0 : 1)
  return reports.toSorted((one, other) => turn(one) - turn(other))
}
