/**
 * A UUID of version 7 (RFC 9562): its first 48 bits are `at`, so that new rows lie together in an index. Of one
 * millisecond the next 26 count (§6.2, method 1), so that what was written down later sorts later, however much it is. The
 * other 48 are random: nobody guesses another's.
 */
export function newId(at: number = Date.now()): string {
  const bytes = randomBytes()
  // Half of the range is left to count in.
  const counted = countedIn(at, ((bytes[6]! & 0x07) << 22) | (bytes[7]! << 14) | ((bytes[8]! & 0x3f) << 8) | bytes[9]!)
  for (let index = 5, rest = at; index >= 0; index--) {
    bytes[index] = rest % 256
    rest = Math.floor(rest / 256)
  }
  bytes[6] = (counted >> 22) | 0x70
  bytes[7] = (counted >> 14) & 0xff
  bytes[8] = ((counted >> 8) & 0x3f) | 0x80
  bytes[9] = counted & 0xff
  const hex = (index: number) => HEX[bytes[index]!]!
  return (
    `${hex(0)}${hex(1)}${hex(2)}${hex(3)}-${hex(4)}${hex(5)}-${hex(6)}${hex(7)}-${hex(8)}${hex(9)}-` +
    `${hex(10)}${hex(11)}${hex(12)}${hex(13)}${hex(14)}${hex(15)}`
  )
}

/** The moment that a UUID of version 7 was made for, in milliseconds since 1970; null for any other. */
export function momentOf(id: string): number | null {
  return id[14] === '7' ? Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16) : null
}

/**
 * Of the moments that were asked for last how far they have counted: what is under way at once goes by moments of its own.
 * Moments are known by what a small integer holds of them, which is much quicker looked up; those that share one, twelve
 * days from each other, count on together.
 */
let counts = new Map<number, number>()
/** Those of before: moments that are not asked for any more are forgotten many at a time. */
let countsBefore = new Map<number, number>()
const KEPT = 4096

function countedIn(at: number, first: number): number {
  const key = at % 2 ** 30
  const last = counts.get(key) ?? countsBefore.get(key)
  const count = last === undefined ? first : (last + 1) % 2 ** 26
  counts.set(key, count)
  if (counts.size >= KEPT) {
    countsBefore = counts
    counts = new Map()
  }
  return count
}

/** Asked for many at a time: one at a time costs more than all the rest. */
const POOL = new Uint8Array(16 * 256)
let used = POOL.length

/** Sixteen random bytes that are given out once; to be written over. */
function randomBytes(): Uint8Array {
  if (used === POOL.length) {
    crypto.getRandomValues(POOL)
    used = 0
  }
  used += 16
  return POOL.subarray(used - 16, used)
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))
