import type { Terms } from '#api/service-levels'
import { readShare, writeShare } from './agreements-draft.ts'

/** Shares of all resolutions together, as they are typed; empty where none was agreed. */
export interface TypedLevels {
  readonly target: string
  readonly expected: string
  readonly minimum: string
}

export function typedLevels({ levels }: Pick<Terms, 'levels'>): TypedLevels {
  const typed = (points: number | undefined) => (points === undefined ? '' : writeShare(points))
  return { target: typed(levels?.targetBp), expected: typed(levels?.expectedBp), minimum: typed(levels?.minimumBp) }
}

/** Null where none is agreed; undefined while it cannot be read or is out of order. */
export function readLevels({ target, expected, minimum }: TypedLevels): Terms['levels'] | undefined {
  const empty = (text: string) => text.trim() === ''
  if (empty(target)) return empty(expected) && empty(minimum) ? null : undefined
  const targetBp = readShare(target)
  const expectedBp = readShare(expected)
  const minimumBp = readShare(minimum)
  if (targetBp === null) return undefined
  if (!empty(expected) && (expectedBp === null || expectedBp < targetBp)) return undefined
  if (!empty(minimum) && (minimumBp === null || minimumBp > targetBp)) return undefined
  return { targetBp, ...(expectedBp !== null && { expectedBp }), ...(minimumBp !== null && { minimumBp }) }
}

/** Shares of a target in percent, as they are typed: `50, 75, 90`; null while they cannot be read. */
export function readAtRisk(text: string): readonly number[] | null {
  const shares = text
    .split(/[\s,;%]+/)
    .filter((part) => part !== '')
    .map(Number)
  const fit = shares.length <= 10 && shares.every((share) => Number.isInteger(share) && share >= 1 && share <= 99)
  return fit ? [...new Set(shares)].toSorted((one, other) => one - other) : null
}
