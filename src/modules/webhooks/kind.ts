/** What a webhook can be told of, by the name it has outside, and the kind of fact that it has in the history. */
export const toldKinds = {
  'incident.opened': 'incident.opened',
  'incident.state_changed': 'incident.state',
  'incident.priority_changed': 'incident.priority',
  'incident.assigned': 'incident.assigned',
  'incident.changed': 'incident.changed',
  'incident.note_added': 'incident.note',
  'incident.answer_received': 'incident.answer',
  'incident.escalated': 'incident.escalated',
  'clock.at_risk': 'clock.at-risk',
  'clock.breached': 'clock.breached',
  'request.ordered': 'request.ordered',
  'request.approval_asked': 'request.approval-asked',
  'request.approval_decided': 'request.approval',
  'request.state_changed': 'request.state',
  'request.comment_added': 'request.comment',
  'request.at_risk': 'request.at-risk',
  'request.breached': 'request.breached',
  'request.corrected': 'request.corrected',
} as const
export type WebhookKind = keyof typeof toldKinds

export const webhookKinds = Object.keys(toldKinds) as readonly WebhookKind[] as readonly [WebhookKind, ...WebhookKind[]]

/** What a kind of fact is called outside; undefined when nobody outside is told of it. */
export function kindOutside(kind: string): WebhookKind | undefined {
  return webhookKinds.find((each) => toldKinds[each] === kind)
}

/** Kinds that concern the provider alone: told to those only who asked for what is internal. */
export const internalKinds: readonly WebhookKind[] = ['incident.assigned', 'clock.at_risk', 'request.at_risk']

/** What facts are about. Clocks are those of incidents. */
export type RecordKind = 'incident' | 'request'

export function recordOf(kind: WebhookKind): RecordKind {
  return kind.startsWith('request.') ? 'request' : 'incident'
}

/** What a fact says, of each kind the fields that are documented (docs/webhooks.md); others stay inside. */
const fields: Readonly<Record<WebhookKind, readonly string[]>> = {
  'incident.opened': [],
  'incident.state_changed': ['from', 'to', 'reason', 'note'],
  'incident.priority_changed': ['from', 'to', 'reason'],
  'incident.assigned': ['team', 'assignee'],
  'incident.changed': ['title', 'category', 'siteId', 'serviceId', 'impact', 'urgency'],
  'incident.note_added': ['text'],
  'incident.answer_received': ['text', 'author'],
  'incident.escalated': ['level', 'reason'],
  'clock.at_risk': ['metric', 'percent', 'due'],
  'clock.breached': ['metric', 'due'],
  'request.ordered': ['forAnother'],
  'request.approval_asked': ['level', 'by', 'side'],
  'request.approval_decided': ['level', 'by', 'decision', 'note'],
  'request.state_changed': ['from', 'to', 'note'],
  'request.comment_added': ['text', 'author'],
  'request.at_risk': ['percent', 'due'],
  'request.breached': ['due'],
  'request.corrected': ['of', 'from', 'at', 'side', 'service', 'formerService'],
}

export function changeTold(kind: WebhookKind, facts: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const told = new Set(fields[kind])
  return Object.fromEntries(Object.entries(facts).filter(([name]) => told.has(name)))
}
