/**
 * Sorted open intervals with the open time before each, over the stretch asked about so far. Grows by itself; `calendar.ts`
 * is what asks and is asked.
 */
export interface OpenTable {
  /** The open intervals of a finite stretch `[from, to)`: opening, closing, opening …, sorted, apart from each other. */
  readonly intervalsIn: (from: number, to: number) => readonly number[]
  /** Outside of these instants nothing is ever open. */
  readonly firstMs: number
  readonly lastMs: number
  /** The intervals are complete from here to there. */
  from: number
  to: number
  count: number
  opens: Float64Array
  closes: Float64Array
  /** Open time before each interval, from an arbitrary zero: it may be negative. Growing changes none of it. */
  before: Float64Array
  /** The last interval that has opened (or -1) at the beginning of each stretch of `bucketMs` since `bucketsFrom`. */
  buckets: Int32Array
  bucketsFrom: number
  bucketMs: number
}

/** A table begins with this much, and doubles. */
const YEAR_MS = 366 * 86_400_000

/** About nine hours: one or two intervals of a working calendar. */
const BUCKET_MS = 2 ** 25

/** What is always open is one interval, as long as the difference of its ends is still an exact number. */
const ALWAYS_MS = 4e15

/** A table of what `intervalsIn` says, which is asked for no more than `[firstMs, lastMs)`. */
export function openTable(intervalsIn: OpenTable['intervalsIn'], firstMs: number, lastMs: number): OpenTable {
  return {
    intervalsIn,
    firstMs,
    lastMs,
    from: Infinity,
    to: -Infinity,
    count: 0,
    opens: new Float64Array(),
    closes: new Float64Array(),
    before: new Float64Array(),
    buckets: new Int32Array(),
    bucketsFrom: Infinity,
    bucketMs: BUCKET_MS,
  }
}

/** Open at any time: one interval, which never grows. */
export function alwaysOpenTable(): OpenTable {
  return {
    ...openTable(() => [], -Infinity, Infinity),
    from: -Infinity,
    to: Infinity,
    count: 1,
    opens: Float64Array.of(-ALWAYS_MS),
    closes: Float64Array.of(ALWAYS_MS),
    before: Float64Array.of(0),
    buckets: Int32Array.of(0),
    bucketsFrom: -ALWAYS_MS,
    bucketMs: 2 * ALWAYS_MS,
  }
}

/** The last interval that has opened by the instant, or -1. Makes the table reach the instant first. */
export function intervalAt(table: OpenTable, instant: number): number {
  if (!(instant >= table.from && instant < table.to)) reach(table, instant)
  if (!(instant >= table.bucketsFrom)) return -1
  const { opens, buckets } = table
  // Not negative, and far below 2^31: there are not that many stretches of nine hours.
  const bucket = ((instant - table.bucketsFrom) / table.bucketMs) | 0
  let index = buckets[bucket < buckets.length ? bucket : buckets.length - 1]!
  const last = table.count - 1
  while (index < last && opens[index + 1]! <= instant) index++
  return index
}

/** The last interval before which less open time lies than `value`. The table must have one. */
export function intervalReaching(table: OpenTable, value: number): number {
  const { before } = table
  let low = 0
  let high = table.count - 1
  while (low < high) {
    const middle = (low + high + 1) >>> 1
    if (before[middle]! < value) low = middle
    else high = middle - 1
  }
  return low
}

/** Open time up to the end of the table. */
export function openInAll(table: OpenTable): number {
  const last = table.count - 1
  return last < 0 ? 0 : table.before[last]! + (table.closes[last]! - table.opens[last]!)
}

/** Reaches further into the future, twice as far as before; false when there is nothing left to reach. */
export function growRight(table: OpenTable): boolean {
  if (table.to >= table.lastMs) return false
  const to = Math.min(table.to + Math.max(table.to - table.from, YEAR_MS), table.lastMs)
  const added = table.intervalsIn(table.to, to)
  table.to = to
  join(table, [], added)
  return true
}

/** Reaches further into the past; false when there is nothing left to reach. */
export function growLeft(table: OpenTable): boolean {
  if (table.from <= table.firstMs) return false
  const from = Math.max(table.from - Math.max(table.to - table.from, YEAR_MS), table.firstMs)
  const added = table.intervalsIn(from, table.from)
  table.from = from
  join(table, added, [])
  return true
}

function reach(table: OpenTable, instant: number): void {
  if (table.from > table.to) {
    const start = Math.max(table.firstMs, Math.min(instant, table.lastMs))
    if (!Number.isFinite(start)) return
    table.from = start
    table.to = start
    growRight(table)
    growLeft(table)
  }
  while (instant >= table.to && growRight(table)) continue
  while (instant < table.from && growLeft(table)) continue
}

/** Puts intervals before and after those there are. Two that touch become one. */
function join(table: OpenTable, left: readonly number[], right: readonly number[]): void {
  const opens: number[] = []
  const closes: number[] = []
  const put = (opened: number, closed: number) => {
    if (opened === closes.at(-1)) closes[closes.length - 1] = closed
    else {
      opens.push(opened)
      closes.push(closed)
    }
  }
  for (let index = 0; index < left.length; index += 2) put(left[index]!, left[index + 1]!)
  for (let index = 0; index < table.count; index++) put(table.opens[index]!, table.closes[index]!)
  for (let index = 0; index < right.length; index += 2) put(right[index]!, right[index + 1]!)

  let total = table.count === 0 ? 0 : table.before[0]!
  for (let index = 0; index < left.length; index += 2) total -= left[index + 1]! - left[index]!
  const before = new Float64Array(opens.length)
  for (let index = 0; index < opens.length; index++) {
    before[index] = total
    total += closes[index]! - opens[index]!
  }
  table.count = opens.length
  table.opens = Float64Array.from(opens)
  table.closes = Float64Array.from(closes)
  table.before = before
  fillBuckets(table)
}

function fillBuckets(table: OpenTable): void {
  const { from, to, opens, count } = table
  const buckets = new Int32Array(Math.max(1, Math.ceil((to - from) / BUCKET_MS)))
  let opened = 0
  for (let bucket = 0; bucket < buckets.length; bucket++) {
    while (opened < count && opens[opened]! <= from + bucket * BUCKET_MS) opened++
    buckets[bucket] = opened - 1
  }
  table.buckets = buckets
  table.bucketsFrom = from
}
