import { z } from 'zod'

/**
 * Filters live in the address. There everything is text, a list is the same name again and again, and nothing that
 * somebody typed by hand breaks a page: what does not fit is as if it were not there.
 */

/** A value that may be missing. */
export function optional<Schema extends z.ZodType>(schema: Schema) {
  return schema.optional().catch(undefined)
}

/** One of several, by default the first one named. */
export function oneOf<const Values extends readonly [string, ...string[]]>(
  values: Values,
  usual: Values[number] = values[0],
) {
  return z
    .enum(values)
    .catch(usual as never)
    .default(usual as never)
}

/** Several of several; none when nothing fits. */
export function manyOf<const Values extends readonly [string, ...string[]]>(values: Values) {
  const known = new Set<string>(values)
  return z
    .union([z.string(), z.array(z.string())])
    .optional()
    .transform((given) => [given ?? []].flat().filter((each): each is Values[number] => known.has(each)))
}

/** Reads an address: `?state=new&state=held&q=a%20b` as `{ state: ['new', 'held'], q: 'a b' }`. */
export function parseSearch(search: string): Record<string, string | string[]> {
  const read: Record<string, string | string[]> = {}
  for (const [name, value] of new URLSearchParams(search)) {
    const before = read[name]
    read[name] = before === undefined ? value : [before, value].flat()
  }
  return read
}

/** Writes an address; what is not given, and an empty list, leaves no trace. */
export function writeSearch(search: Readonly<Record<string, unknown>>): string {
  const written = new URLSearchParams()
  for (const [name, value] of Object.entries(search)) {
    for (const each of Array.isArray(value) ? value : [value]) {
      if (each !== undefined && each !== null && each !== '') written.append(name, String(each))
    }
  }
  return written.size > 0 ? `?${written}` : ''
}
