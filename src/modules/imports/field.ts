/** What a column can mean. */
export const fields = [
  'number',
  'updatedAt',
  'sequence',
  'event',
  'activity',
  'state',
  'pauseReason',
  'openedAt',
  'respondedAt',
  'resolvedAt',
  'closedAt',
  'title',
  'description',
  'resolution',
  'resolutionCode',
  'priority',
  'impact',
  'urgency',
  'category',
  'subcategory',
  'symptom',
  'channel',
  'team',
  'assignee',
  'requester',
  'site',
  'service',
  'reportedMet',
  'reopenCount',
  'hopCount',
] as const
export type Field = (typeof fields)[number]

/** Fields that hold a moment. */
export const momentFields = ['updatedAt', 'openedAt', 'respondedAt', 'resolvedAt', 'closedAt'] as const
export type MomentField = (typeof momentFields)[number]

export function isMomentField(field: Field): field is MomentField {
  return (momentFields as readonly Field[]).includes(field)
}

/**
 * Names under which each field is found in exports of ServiceNow (names of the table and labels of its forms), Jira, Zendesk,
 * Freshservice, OTRS and what people make by hand; the best first. Written as {@link plainName} writes them.
 */
const names: Readonly<Record<Field, readonly string[]>> = {
  number: [
    'number',
    'ticket number',
    'ticket id',
    'incident number',
    'incident id',
    'issue key',
    'case number',
    'case id',
    'case enquiry id',
    'ticket',
    'incident',
    'ticketnummer',
    'störungsnummer',
    'vorgangsnummer',
    'nummer',
    'key',
    'id',
  ],
  updatedAt: [
    'sys updated at',
    'sys updated on',
    'updated',
    'updated at',
    'updated on',
    'last updated',
    'last modified',
    'modified',
    'changed at',
    'geändert',
    'geändert am',
    'aktualisiert',
    'aktualisiert am',
    'letzte änderung',
    'timestamp',
    'time timestamp',
  ],
  sequence: ['sys mod count', 'updates', 'mod count'],
  // Only of sources that know such columns by their own names.
  event: [],
  activity: [],
  state: ['incident state', 'state', 'ticket status', 'status', 'case status', 'zustand', 'ticketstatus'],
  pauseReason: ['hold reason', 'on hold reason', 'pending reason', 'wartegrund'],
  openedAt: [
    'opened at',
    'opened',
    'reported at',
    'reported on',
    'created',
    'created at',
    'created on',
    'created date',
    'open dt',
    'sys created on',
    'sys created at',
    'date created',
    'eröffnet',
    'eröffnet am',
    'gemeldet am',
    'erstellt',
    'erstellt am',
    'angelegt am',
  ],
  respondedAt: [
    'responded at',
    'first response at',
    'first response time',
    'first responded at',
    'acknowledged at',
    'acknowledged',
    'u responded at',
    'erste reaktion',
    'erste antwort',
    'reagiert am',
  ],
  resolvedAt: [
    'resolved at',
    'resolved',
    'resolved on',
    'resolution date',
    'solved at',
    'solved',
    'resolution time',
    'time to resolution',
    'gelöst',
    'gelöst am',
    'lösungszeitpunkt',
  ],
  closedAt: ['closed at', 'closed', 'closed on', 'closed dt', 'geschlossen', 'geschlossen am'],
  title: [
    'short description',
    'title',
    'subject',
    'summary',
    'ticket subject',
    'case title',
    'kurzbeschreibung',
    'titel',
    'betreff',
    'zusammenfassung',
  ],
  description: ['description', 'ticket description', 'body', 'details', 'document', 'beschreibung', 'text'],
  resolution: ['close notes', 'resolution notes', 'resolution', 'closure reason', 'answer', 'lösung', 'lösungstext'],
  resolutionCode: ['close code', 'closed code', 'resolution code', 'closure code', 'lösungscode', 'abschlusscode'],
  priority: ['priority', 'ticket priority', 'priorität'],
  impact: ['impact', 'auswirkung'],
  urgency: ['urgency', 'dringlichkeit'],
  category: ['category', 'ticket type', 'topic group', 'kategorie', 'type'],
  subcategory: ['subcategory', 'sub category', 'unterkategorie'],
  symptom: ['u symptom', 'symptom'],
  channel: ['contact type', 'channel', 'ticket channel', 'meldeweg', 'kanal', 'source'],
  team: [
    'assignment group',
    'support group',
    'team',
    'group',
    'queue',
    'zuweisungsgruppe',
    'bearbeitergruppe',
    'gruppe',
  ],
  assignee: ['assigned to', 'assignee', 'resolver', 'owner', 'zugewiesen an', 'bearbeiter'],
  requester: [
    'caller id',
    'caller',
    'requester',
    'requested by',
    'requested for',
    'reporter',
    'reported by',
    'customer email',
    'customer name',
    'melder',
    'gemeldet von',
    'anrufer',
  ],
  site: ['location', 'site', 'standort', 'ort'],
  service: ['business service', 'service', 'cmdb ci', 'configuration item', 'product', 'dienst'],
  reportedMet: ['made sla', 'sla met', 'within sla', 'ontime', 'on time', 'sla eingehalten'],
  reopenCount: ['reopen count', 'reopens', 'reopened'],
  hopCount: ['reassignment count', 'reassignments'],
}

/** The names of a field's columns, the best first. */
export function columnNamesOf(field: Field): readonly string[] {
  return names[field]
}

/** `Sys_Updated-On ` and `sys updated on` are the same name. */
export function plainName(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[\s_.\-:]+/g, ' ')
    .trim()
}
