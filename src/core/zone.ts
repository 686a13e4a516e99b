/** Moments are epoch milliseconds. A local time is written as the milliseconds of the same reading in UTC. */

const DAY_MS = 86_400_000
const YEAR_MS = 366 * DAY_MS

/** How far a table reaches beyond what was asked, so that most are built a single time. */
const CHUNK_MS = 20 * YEAR_MS

/** Beyond these years a zone keeps the offset it had there: nobody knows its rules. */
const FIRST_MS = Date.UTC(1850, 0, 1)
const LAST_MS = Date.UTC(2300, 0, 1)

/** Where offsets come from: `Temporal`, or `Intl` in browsers without it. */
interface ZoneRules {
  readonly offsetAt: (instant: number) => number
  /** The first change after one instant and not after the other; null when there is none. */
  readonly nextChange: (after: number, until: number) => number | null
}

/**
 * Where a zone's offset from UTC changes, over the stretch of time asked about so far. `offsets[i]` holds from
 * `changes[i - 1]` until `changes[i]`.
 */
interface ZoneTable {
  readonly name: string
  readonly rules: ZoneRules
  from: number
  to: number
  changes: Float64Array
  offsets: Float64Array
}

const tables = new Map<string, ZoneTable>()
let lastTable: ZoneTable | undefined

/** Whether the name is an IANA zone that this machine knows. An offset such as `+02:00` is none: it knows no summer time. */
export function isZone(name: string): boolean {
  if (tables.has(name)) return true
  if (!/^[A-Za-z]/.test(name)) return false
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) instanceof Intl.DateTimeFormat
  } catch {
    return false
  }
}

/**
 * When a zone's offset from UTC changes after `from` and until `to` (epoch milliseconds), and to what, in milliseconds; the
 * first pair is the offset that holds at `from`. Throws a `RangeError` when there is no such zone.
 */
export function offsetsOf(zone: string, from: number, to: number): [at: number, offset: number][] {
  const { rules } = tableOf(zone)
  const found: [number, number][] = [[from, rules.offsetAt(from)]]
  for (let change = rules.nextChange(from, to); change !== null; change = rules.nextChange(change, to))
    found.push([change, rules.offsetAt(change)])
  return found
}

/**
 * The instant at which the zone's clocks show the local time. A reading that is skipped when clocks go forward is read
 * with the offset before (so it lands later), one that happens twice means the first (RFC 5545, Temporal's "compatible").
 * Throws a `RangeError` when there is no such zone.
 */
export function instantAt(zone: string, localMs: number): number {
  const table = tableOf(zone)
  if (localMs - DAY_MS < table.from || localMs + DAY_MS > table.to) reach(table, localMs)
  const { changes, offsets } = table
  // No offset reaches a day: whatever changed a day before the reading, taken as UTC, has changed.
  let index = changesUntil(changes, localMs - DAY_MS)
  // By the clock before it the reading is past this change. Unless it is so by the clock after it too, it was skipped.
  while (localMs - offsets[index]! >= changes[index]! && localMs - offsets[index + 1]! >= changes[index]!) index++
  return localMs - offsets[index]!
}

/** What the zone's clocks show at the instant. Throws a `RangeError` when there is no such zone. */
export function localAt(zone: string, instant: number): number {
  const table = tableOf(zone)
  if (instant < table.from || instant > table.to) reach(table, instant)
  return instant + table.offsets[changesUntil(table.changes, instant)]!
}

/**
 * Whether the whole date on which a local time lies is missing in the zone, as the 30 December 2011 is in Samoa: then nobody
 * comes to work on it.
 */
export function isLeftOut(zone: string, localMs: number): boolean {
  return localAt(zone, instantAt(zone, localMs)) - localMs >= DAY_MS
}

/** The zone's offset from UTC at the instant, in milliseconds; positive east of Greenwich. */
export function offsetAt(zone: string, instant: number): number {
  return localAt(zone, instant) - instant
}

/** How many changes have happened at the instant. */
function changesUntil(changes: Float64Array, instant: number): number {
  let low = 0
  let high = changes.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (changes[middle]! <= instant) low = middle + 1
    else high = middle
  }
  return low
}

function tableOf(zone: string): ZoneTable {
  if (lastTable !== undefined && lastTable.name === zone) return lastTable
  let table = tables.get(zone)
  if (table === undefined) {
    if (!isZone(zone)) throw new RangeError(`There is no time zone ${zone}.`)
    const rules = typeof Temporal === 'undefined' ? rulesByIntl(zone) : rulesByTemporal(zone)
    table = {
      name: zone,
      rules,
      from: Infinity,
      to: -Infinity,
      changes: new Float64Array(),
      offsets: new Float64Array(),
    }
    tables.set(zone, table)
  }
  lastTable = table
  return table
}

/** Makes the table cover the moment and some decades around it, besides what it covered. */
function reach(table: ZoneTable, moment: number): void {
  if (Number.isNaN(moment)) return
  const { rules } = table
  const from = within(Math.min(table.from, moment - CHUNK_MS))
  const to = within(Math.max(table.to, moment + CHUNK_MS))
  const changes: number[] = []
  const offsets = [rules.offsetAt(from)]
  for (let change = rules.nextChange(from, to); change !== null; change = rules.nextChange(change, to)) {
    changes.push(change)
    offsets.push(rules.offsetAt(change))
  }
  table.changes = Float64Array.from(changes)
  table.offsets = Float64Array.from(offsets)
  table.from = from <= FIRST_MS ? -Infinity : from
  table.to = to >= LAST_MS ? Infinity : to
}

function within(moment: number): number {
  return Math.max(FIRST_MS, Math.min(moment, LAST_MS))
}

function rulesByTemporal(zone: string): ZoneRules {
  const at = (instant: number) => Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone)
  return {
    offsetAt: (instant) => at(instant).offsetNanoseconds / 1_000_000,
    nextChange: (after, until) => {
      const next = at(after).getTimeZoneTransition('next')?.epochMilliseconds
      return next === undefined || next > until ? null : next
    },
  }
}

/** The shortest summer times on record lasted three days. */
const STEP_MS = 2 * DAY_MS

/** `Intl` tells a zone's clock at one instant only, so changes are looked for step by step and then closed in upon. */
function rulesByIntl(zone: string): ZoneRules {
  const clock = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  const offsetShown = (instant: number) => {
    const part: Record<string, number> = {}
    for (const { type, value } of clock.formatToParts(instant)) part[type] = Number(value)
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant / 1000) * 1000
  }
  const nextChange = (after: number, until: number) => {
    const offset = offsetShown(after)
    for (let from = after; from < until; from += STEP_MS) {
      let low = from
      let high = Math.min(from + STEP_MS, until)
      if (offsetShown(high) === offset) continue
      while (high - low > 1) {
        const middle = Math.floor((low + high) / 2)
        if (offsetShown(middle) === offset) low = middle
        else high = middle
      }
      return high
    }
    return null
  }
  return { offsetAt: offsetShown, nextChange }
}
