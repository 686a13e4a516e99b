// What XML cannot hold, what moves a cursor, and what turns the order of letters around until its end.
// oxlint-disable-next-line no-control-regex
const UNPRINTABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/g

/** A text as one line that any document can hold: no control characters, no halves of characters, no runs of blanks. */
export function printable(text: string): string {
  return text
    .toWellFormed()
    .replace(UNPRINTABLE, '')
    .replace(/[\t\n\r\u2028\u2029 ]+/g, ' ')
    .trim()
}

/** A value of plain data with every text in it made printable. */
export function printableDeep<Value>(value: Value): Value {
  if (typeof value === 'string') return printable(value) as Value
  if (Array.isArray(value)) return value.map(printableDeep) as Value
  if (value === null || typeof value !== 'object' || value instanceof Date) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, printableDeep(item)])) as Value
}

/** A text inside an XML element or attribute. */
export function xml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => XML_ENTITIES[character]!)
}

const XML_ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** A moment as the templates of pages take it: year, month, day, hour, minute and second of UTC. */
export function momentParts(at: Date): readonly number[] {
  return [
    at.getUTCFullYear(),
    at.getUTCMonth() + 1,
    at.getUTCDate(),
    at.getUTCHours(),
    at.getUTCMinutes(),
    at.getUTCSeconds(),
  ]
}
