import type { Request } from '#api/requests'

export type RequestKind = 'draft' | 'asked' | 'working' | 'confirm' | 'confirmed' | 'over' | 'rejected' | 'cancelled'

export interface RequestStanding {
  readonly kind: RequestKind
  /** Until when it is promised, while it is. */
  readonly promised: Date | null
  readonly late: boolean
  /** It waits for whoever ordered it. */
  readonly theirTurn: boolean
}

const kinds: Readonly<Record<Request['state'], RequestKind>> = {
  draft: 'draft',
  submitted: 'working',
  'awaiting-approval': 'asked',
  approved: 'working',
  fulfilling: 'working',
  delivered: 'confirm',
  confirmed: 'confirmed',
  closed: 'over',
  rejected: 'rejected',
  cancelled: 'cancelled',
}

/** In plain words what there is to say of a request at `now`. */
export function standingOfRequest(
  { state, promisedAt }: Pick<Request, 'state' | 'promisedAt'>,
  now: Date,
): RequestStanding {
  const kind = kinds[state]
  const promised = kind === 'working' || kind === 'asked' ? promisedAt : null
  return {
    kind,
    promised,
    late: promised !== null && promised < now,
    theirTurn: kind === 'confirm' || kind === 'draft',
  }
}
