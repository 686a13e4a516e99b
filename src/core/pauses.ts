import { dueAfter, nextOpening, openUntil, type Boundary, type OpenTime } from '#core/calendar.ts'

/** Stretches that do not count, as from, to, from, to …: sorted and apart, as `pausesOf` makes them. */
export type Pauses = ArrayLike<number>

/** The union of stretches `[from, to)` in any order. One that ends before it begins is none. */
export function pausesOf(stretches: readonly (readonly [from: number, to: number])[]): Float64Array {
  const sorted = stretches.filter(([from, to]) => to > from).toSorted(([one], [other]) => one - other)
  const edges: number[] = []
  for (const [from, to] of sorted) {
    const last = edges.at(-1)
    if (last === undefined || from > last) edges.push(from, to)
    else if (to > last) edges[edges.length - 1] = to
  }
  return Float64Array.from(edges)
}

/** Open milliseconds in `[from, to)` outside of the pauses; zero when `to` is not after `from`. */
export function countedBetween(open: OpenTime, from: number, to: number, pauses: Pauses): number {
  if (!(to > from)) return 0
  let counted = openUntil(open, to) - openUntil(open, from)
  for (let index = 0; index < pauses.length; index += 2) {
    const begins = Math.max(pauses[index]!, from)
    const ends = Math.min(pauses[index + 1]!, to)
    if (ends > begins) counted -= openUntil(open, ends) - openUntil(open, begins)
  }
  return counted
}

/**
 * The first moment by which `ms` of open time outside of the pauses have passed since `from`. A pause that
 * begins at that moment or later does not move it, nor does any when `ms` is zero or negative. With `next-opening` the
 * moment is the one at the next opening, which a pause that has begun by then puts off. Null as in `dueAfter`, and when a
 * pause never ends.
 */
export function dueWithPauses(
  open: OpenTime,
  from: number,
  ms: number,
  pauses: Pauses,
  boundary: Boundary = 'closing',
): number | null {
  if (ms <= 0) return dueAfter(open, from, ms, boundary)
  let start = from
  let left = ms
  for (let index = 0; index < pauses.length; index += 2) {
    const begins = pauses[index]!
    const ends = pauses[index + 1]!
    if (ends <= start) continue
    if (begins > start) {
      const ran = openUntil(open, begins) - openUntil(open, start)
      if (ran >= left) break
      left -= ran
    }
    start = ends
  }
  if (start === Infinity) return null
  const due = dueAfter(open, start, left)
  return due === null || boundary === 'closing' ? due : openingAfter(open, due, pauses)
}

/**
 * Where a due moment is shown that fell on closing time: at the next opening outside of the pauses that have begun by
 * then. One within open time stays, and so does one at the last closing that there is. Null when a pause never ends.
 */
export function openingAfter(open: OpenTime, due: number, pauses: Pauses): number | null {
  let opening = nextOpening(open, due)
  if (opening === null || opening === due) return due
  for (let index = 0; index < pauses.length; index += 2) {
    const ends = pauses[index + 1]!
    if (pauses[index]! >= opening || ends <= opening) continue
    if (ends === Infinity) return null
    opening = nextOpening(open, ends) ?? due
  }
  return opening
}
