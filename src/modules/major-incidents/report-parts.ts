/** The sections of the full report, in their order (DOMAIN §4.3). */
export const reportSections = [
  'summary',
  'impact',
  'timeline',
  'response',
  'cause',
  'conditions',
  'luck',
  'recovery',
  'communication',
  'supplier',
  'regulatory',
  'actions',
  'residual',
  'distribution',
] as const
export type ReportSection = (typeof reportSections)[number]

/** What a customer is given: nothing that is only the provider's affair. */
export const customerSections: readonly ReportSection[] = [
  'summary',
  'impact',
  'timeline',
  'response',
  'cause',
  'recovery',
  'communication',
  'regulatory',
  'actions',
  'residual',
]

export const noteKinds = ['flash', 'update', 'restored', 'summary'] as const
export type NoteKind = (typeof noteKinds)[number]

export const editions = ['internal', 'customer'] as const
export type Edition = (typeof editions)[number]
