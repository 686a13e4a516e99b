import type { MajorIncident, MajorIncidentState } from '#api/major-incidents'
import type { Standing } from '#web/ui/state.tsx'

/** How a state stands: somebody's work stands still, it runs again and is watched, or it is over. */
export const standingOf: Readonly<Record<MajorIncidentState, Standing>> = {
  candidate: 'soon',
  declared: 'miss',
  investigating: 'miss',
  mitigated: 'soon',
  restored: 'soon',
  monitoring: 'runs',
  'stood-down': 'met',
  'review-open': 'paused',
  'review-done': 'met',
  dismissed: 'none',
}

const SOON_MS = 10 * 60_000

export interface NextUpdate {
  readonly due: Date
  readonly leftMs: number
  readonly is: 'miss' | 'soon' | 'runs'
}

/** How the promise of the next update stands; null while none is owed. */
export function nextUpdateOf({ nextUpdateDue }: Pick<MajorIncident, 'nextUpdateDue'>, now: Date): NextUpdate | null {
  if (nextUpdateDue === null) return null
  const leftMs = nextUpdateDue.getTime() - now.getTime()
  return { due: nextUpdateDue, leftMs, is: leftMs < 0 ? 'miss' : leftMs < SOON_MS ? 'soon' : 'runs' }
}

/** Since when work stands still, as far as it is known. */
export function sinceOf({ incident }: Pick<MajorIncident, 'incident'>): Date {
  return incident.occurredAt < incident.openedAt ? incident.occurredAt : incident.openedAt
}

/** In which places' time all is told. */
export function zoneOf({ customer }: Pick<MajorIncident, 'customer'>): string {
  return customer.timeZone
}
