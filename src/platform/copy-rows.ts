/** What a column holds; `text` also of an enumeration's words, `jsonb` is given as its text. */
export type CopyType = 'uuid' | 'text' | 'jsonb' | 'timestamptz' | 'date' | 'integer' | 'bigint' | 'boolean'

/** What goes into a column: a moment as a date or in epoch milliseconds, a day as `YYYY-MM-DD`, null or what the type says. */
export type CopyValue = string | number | boolean | Date | null | undefined

/** Rows are handed out in pieces of about this many bytes. */
const PIECE = 256 * 1024
const SIGNATURE = Buffer.from('PGCOPY\n\xFF\r\n\0\0\0\0\0\0\0\0\0', 'latin1')

/** The database counts moments from 2000-01-01. */
const EPOCH_MS = Date.UTC(2000, 0, 1)
const DAY_MS = 86_400_000
const TWO_32 = 2 ** 32

/** A shorter text costs less character by character than by a call into the encoder. */
const SHORT = 64

/**
 * Rows in PostgreSQL's binary format of `COPY` (its documentation, “COPY, Binary Format”): neither side writes and reads
 * digits, and nothing has to be escaped. Bytes are written where they are sent from.
 */
export class CopyRows {
  readonly #types: readonly CopyType[]
  #bytes = Buffer.allocUnsafe(PIECE * 2)
  #used = SIGNATURE.copy(this.#bytes)

  constructor(types: readonly CopyType[]) {
    this.#types = types
  }

  /** Adds a row: a value for each type, in their order. Throws a `RangeError` for a value that is none of its type. */
  add(values: readonly CopyValue[]): void {
    const types = this.#types
    const begun = this.#used
    try {
      this.#room(2)
      this.#used = this.#bytes.writeInt16BE(types.length, this.#used)
      for (let index = 0; index < types.length; index++) this.#field(types[index]!, values[index])
    } catch (error) {
      this.#used = begun
      throw error
    }
  }

  /** What is to be sent now; null while it is too little to be worth it. */
  fullPiece(): Buffer | null {
    return this.#used < PIECE ? null : this.#take()
  }

  /** What is left, and that nothing follows. */
  lastPiece(): Buffer {
    this.#room(2)
    this.#used = this.#bytes.writeInt16BE(-1, this.#used)
    return this.#take()
  }

  #take(): Buffer {
    const piece = this.#bytes.subarray(0, this.#used)
    this.#bytes = Buffer.allocUnsafe(PIECE * 2)
    this.#used = 0
    return piece
  }

  #field(type: CopyType, value: CopyValue): void {
    if (value === null || value === undefined) {
      this.#room(4)
      this.#int(-1)
      return
    }
    switch (type) {
      case 'text':
      case 'jsonb':
        if (typeof value !== 'string') throw wrong(type, value)
        return this.#text(value, type === 'jsonb')
      case 'uuid':
        if (typeof value !== 'string') throw wrong(type, value)
        return this.#uuid(value)
      case 'timestamptz': {
        const at = value instanceof Date ? value.getTime() : value
        if (typeof at !== 'number' || !Number.isInteger(at)) throw wrong(type, value)
        this.#room(12)
        this.#int(8)
        return this.#thousandfold(at - EPOCH_MS)
      }
      case 'date': {
        const days = typeof value === 'string' ? (Date.parse(value) - EPOCH_MS) / DAY_MS : Number.NaN
        if (!Number.isInteger(days)) throw wrong(type, value)
        this.#room(8)
        this.#int(4)
        return this.#int(days)
      }
      case 'integer':
        if (typeof value !== 'number' || value !== Math.trunc(value) || Math.abs(value) >= TWO_32 / 2)
          throw wrong(type, value)
        this.#room(8)
        this.#int(4)
        return this.#int(value)
      case 'bigint':
        if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw wrong(type, value)
        this.#room(12)
        this.#int(8)
        return this.#long(Math.floor(value / TWO_32), value)
      case 'boolean':
        if (typeof value !== 'boolean') throw wrong(type, value)
        this.#room(5)
        this.#int(1)
        this.#bytes[this.#used++] = value ? 1 : 0
    }
  }

  /** A character of no text there, NUL, becomes a replacement character. */
  #text(text: string, isJson: boolean): void {
    // No character takes more than three bytes.
    this.#room(5 + text.length * 3)
    const bytes = this.#bytes
    const begun = this.#used
    let at = begun + 4
    if (isJson) bytes[at++] = 1
    const short = text.length < SHORT ? text.length : 0
    let index = 0
    for (; index < short; index++) {
      const code = text.charCodeAt(index)
      if (code === 0 || code > 127) break
      bytes[at++] = code
    }
    if (index < text.length) {
      const rest = index === 0 ? text : text.slice(index)
      at += bytes.write(rest.includes('\0') ? rest.replaceAll('\0', '\uFFFD') : rest, at)
    }
    this.#int(at - begun - 4)
    this.#used = at
  }

  #uuid(text: string): void {
    if (text.length !== 36) throw wrong('uuid', text)
    this.#room(20)
    this.#int(16)
    const bytes = this.#bytes
    let at = this.#used
    for (const pair of PAIRS) {
      const byte = (DIGITS[text.charCodeAt(pair)]! << 4) | DIGITS[text.charCodeAt(pair + 1)]!
      if (byte < 0) throw wrong('uuid', text)
      bytes[at++] = byte
    }
    this.#used = at
  }

  /** A whole number a thousand times as large: the product may be more than a number can say exactly. */
  #thousandfold(value: number): void {
    const high = Math.floor(value / TWO_32)
    const low = (value - high * TWO_32) * 1000
    this.#long(high * 1000 + Math.floor(low / TWO_32), low)
  }

  /** Eight bytes: the upper four, and what is left of the lower number by 2³². */
  #long(high: number, low: number): void {
    this.#int(high)
    this.#int(low)
  }

  /** The lower four bytes of a whole number. */
  #int(value: number): void {
    const bytes = this.#bytes
    const at = this.#used
    // A number beyond 2³² is cut to its lower half by the operators.
    bytes[at] = value >> 24
    bytes[at + 1] = value >> 16
    bytes[at + 2] = value >> 8
    bytes[at + 3] = value
    this.#used = at + 4
  }

  /** Sees that so many bytes fit. */
  #room(bytes: number): void {
    if (this.#used + bytes <= this.#bytes.length) return
    const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#used + bytes))
    this.#bytes.copy(larger, 0, 0, this.#used)
    this.#bytes = larger
  }
}

/** Where the bytes of a UUID stand in its text. */
const PAIRS = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34] as const
/** What a character says as a hexadecimal digit, -1 for none. */
const DIGITS = new Int8Array(2 ** 16).fill(-1)
for (let digit = 0; digit < 16; digit++) {
  DIGITS[digit.toString(16).charCodeAt(0)] = digit
  DIGITS[digit.toString(16).toUpperCase().charCodeAt(0)] = digit
}

function wrong(type: CopyType, value: CopyValue): RangeError {
  return new RangeError(`No ${type}: ${typeof value === 'string' ? value.slice(0, 100) : String(value)}`)
}
