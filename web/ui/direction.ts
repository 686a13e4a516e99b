import type { TextValues } from '#core/text.ts'

/** Letters that are written from right to left, and marks that turn the direction of what follows. */
const TURNS = /[\u0590-\u08ff\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc]/

/** What somebody typed, so that it turns the direction of no words around it; as it is where it would not. */
export function isolate(text: string): string {
  return TURNS.test(text) ? `\u2068${text}\u2069` : text
}

/** The same of all values of a text. */
export function isolateAll(values: TextValues): TextValues {
  const isolated = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === 'string' ? isolate(value) : value,
  ])
  return Object.fromEntries(isolated) as TextValues
}
