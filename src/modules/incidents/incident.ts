import type { Lifecycle } from '#core/lifecycle.ts'

export const incidentStates = [
  'new',
  'assigned',
  'in-progress',
  'on-hold',
  'restored',
  'resolved',
  'closed',
  'cancelled',
] as const
export type IncidentState = (typeof incidentStates)[number]

/** DOMAIN §2.3.2. Each step is named by the state it leads to. */
export const incidentLifecycle: Lifecycle<IncidentState, string> = {
  new: { assign: 'assigned', begin: 'in-progress', resolve: 'resolved', cancel: 'cancelled' },
  assigned: { begin: 'in-progress', resolve: 'resolved', cancel: 'cancelled' },
  'in-progress': { hold: 'on-hold', restore: 'restored', resolve: 'resolved', cancel: 'cancelled' },
  'on-hold': { resume: 'in-progress', resolve: 'resolved', cancel: 'cancelled' },
  restored: { resume: 'in-progress', resolve: 'resolved' },
  resolved: { close: 'closed', reopen: 'in-progress' },
  closed: { reopen: 'in-progress' },
  cancelled: {},
}

/** States in which somebody still owes something. */
export const openStates: readonly IncidentState[] = ['new', 'assigned', 'in-progress', 'on-hold', 'restored']

export const sortings = ['-updatedAt', 'dueAt', '-openedAt', 'updatedAt', 'openedAt', 'priority'] as const
export type Sorting = (typeof sortings)[number]
