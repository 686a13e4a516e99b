/**
 * A UUID of version 7 (RFC 9562): its first 48 bits are `at`, so that new rows lie together in an index. The rest is
 * random: nobody guesses another's.
 */
export function newId(at: number = Date.now()): string {
  const bytes = randomBytes()
  for (let index = 5, rest = at; index >= 0; index--) {
    bytes[index] = rest % 256
    rest = Math.floor(rest / 256)
  }
  bytes[6] = (bytes[6]! & 0x0f) | 0x70
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  let hex = ''
  for (const byte of bytes) hex += HEX[byte]
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
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
