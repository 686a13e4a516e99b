import { invalid } from '#core/failure.ts'

/** What may stand in braces: of the incident, and of who writes. */
export const textFields = [
  'number',
  'title',
  'customer',
  'requester',
  'site',
  'service',
  'team',
  'category',
  'me',
] as const
export type TextValues = Readonly<Record<(typeof textFields)[number], string>>

const FIELD = /\{([^{}]*)\}/g

const isField = (name: string): name is keyof TextValues => (textFields as readonly string[]).includes(name)

/** Throws when a text names a field that there is not: found out when it is saved, not in front of a customer. */
export function requireKnownFields(text: string): void {
  const unknown = [...text.matchAll(FIELD)].find(([, name]) => !isField(name!))
  if (unknown === undefined) return
  const values = { field: unknown[0], fields: textFields.map((field) => `{${field}}`).join(', ') }
  throw invalid('macro.field', values, { errors: [{ path: 'text', message: '' }] })
}

/** The text with its fields filled in. What was filled in is not looked at again; what is not known is left out. */
export function filledText(text: string, values: TextValues): string {
  return text.replace(FIELD, (whole, name: string) => (isField(name) ? values[name] : whole)).trim()
}
