import { invalid } from '#core/failure.ts'
import { looksLikeId } from '#platform/text-search.ts'

export type KeyPart = 'string' | 'number' | 'moment' | 'id'

const isPart: Readonly<Record<KeyPart, (part: unknown) => boolean>> = {
  string: (part) => typeof part === 'string' && !part.includes('\0'),
  number: (part) => typeof part === 'number' && Number.isSafeInteger(part),
  moment: (part) =>
    typeof part === 'string' &&
    /^\d{4,6}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?[+-][\d:]+$/.test(part) &&
    !Number.isNaN(Date.parse(part.slice(0, 10))),
  id: (part) => typeof part === 'string' && looksLikeId(part),
}

/** Turns the sort key of the last row shown into the opaque address of the page after it. */
export function cursorOf(key: readonly (string | number | null)[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url')
}

/**
 * The sort key in a cursor that the caller sent back. It goes into comparisons only, so that a made-up one finds a made-up
 * place in what the caller may see and nothing else.
 *
 * @param shape What each part is, to refuse what we did not make. A moment is PostgreSQL's text of one, to the last digit.
 */
export function keyOf(cursor: string | undefined, shape: readonly KeyPart[]): readonly (string | number)[] | undefined {
  if (cursor === undefined) return undefined
  let key: unknown
  try {
    key = JSON.parse(Buffer.from(cursor, 'base64url').toString())
  } catch {
    throw invalid('request.bad-cursor')
  }
  const fits =
    Array.isArray(key) && key.length === shape.length && key.every((part, index) => isPart[shape[index]!](part))
  if (!fits) throw invalid('request.bad-cursor')
  return key as (string | number)[]
}

/** The rows of one page out of `limit + 1` that were read, and the cursor of the next, if there is one. */
export function pageFrom<Row>(
  rows: readonly Row[],
  limit: number,
  key: (row: Row) => readonly (string | number | null)[],
): { items: Row[]; nextCursor: string | null } {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, nextCursor: rows.length > limit && last !== undefined ? cursorOf(key(last)) : null }
}
