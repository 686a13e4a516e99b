import type { BulkFact, BulkIncident } from '#modules/incidents'
import type { Field } from './field.ts'
import type { StoredFact } from './history.ts'
import type { TicketRow } from './row.ts'
import type { KnownTicket, Ticket, TicketOptions } from './ticket.ts'

export const at = (time: string) => Date.parse(`2026-03-${time}:00Z`)
const names = (prefix: string) => new Map(['A', 'B', 'C'].map((name) => [name, `${prefix}-${name}`]))

export const options: TicketOptions = {
  form: 'changes',
  mapped: new Set<Field>([
    'number',
    'updatedAt',
    'state',
    'openedAt',
    'resolvedAt',
    'closedAt',
    'priority',
    'impact',
    'urgency',
    'team',
    'assignee',
    'category',
    'reportedMet',
  ]),
  ids: {
    team: names('team'),
    assignee: names('person'),
    requester: names('caller'),
    site: names('site'),
    service: names('service'),
  },
  now: at('31T12:00'),
  customerId: 'customer',
  source: 'servicenow',
}

/** A row of the log at a moment; what is not said is missing. */
export function row(time: string, sequence: number, values: Partial<TicketRow> = {}): TicketRow {
  return {
    key: 'INC1',
    at: at(time),
    sequence,
    line: 2,
    stamp: `~${at(time).toString(36)}`,
    activity: null,
    own: null,
    state: null,
    priority: null,
    impact: null,
    urgency: null,
    title: 'Mail',
    description: null,
    resolution: null,
    resolutionCode: null,
    category: null,
    channel: null,
    team: null,
    assignee: null,
    requester: null,
    site: null,
    service: null,
    reportedMet: null,
    reopenCount: null,
    hopCount: null,
    openedAt: at('01T09:00'),
    respondedAt: null,
    resolvedAt: null,
    closedAt: null,
    ...values,
  }
}

export const ticket = (...rows: TicketRow[]): Ticket => ({
  key: 'INC1',
  rows,
  fingerprint: JSON.stringify(rows.map((each) => ({ ...each, line: 0 }))),
})

/** Facts as `time kind …`, without the mark of the import. */
export function told(history: readonly BulkFact[]): string[] {
  return history.flatMap(({ kind, at: moment, facts }) => {
    if (kind === 'incident.imported') return []
    return [
      `${new Date(moment).toISOString().slice(8, 16)} ${kind.slice(9)} ${JSON.stringify(facts).replaceAll('"', '')}`,
    ]
  })
}

export const moderate = { priority: 'p3', impact: 'medium', urgency: 'medium' }

/** The ticket as it lies in the database after an import. */
export function stored(incident: BulkIncident, extra: readonly StoredFact[] = []): KnownTicket {
  const history = incident.history.map((fact): StoredFact => ({ ...fact, sequence: fact.sequence ?? 99, known: true }))
  return { ...incident, id: 'id', number: 'N-1', version: 1, history: [...history, ...extra] }
}
