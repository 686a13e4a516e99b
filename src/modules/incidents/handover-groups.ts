import type { HandoverGroup } from './api-handovers.ts'
import type { HoldingSum, LengthFound, LengthPlace } from './handover-store.ts'
import { durationClass, hasHeld, type Held, type HeldPart, waitedMs } from './held.ts'

/** What is counted of some incidents, or of what a team had of them. */
export interface Group {
  incidents: number
  handedOn: number
  handedOnTwice: number
  pingPong: number
  handovers: number
  workingMs: number
  waitingMs: number
  overMs: number
  durationMs: number
  readonly waits: Map<string, { incidents: number; waitingMs: number }>
  /** How many there are of each class of lengths, and those that were added one by one. */
  readonly lengths: Map<number, { count: number; readonly known: number[] }>
}

export function emptyGroup(): Group {
  const counts = { incidents: 0, handedOn: 0, handedOnTwice: 0, pingPong: 0, handovers: 0 }
  return { ...counts, workingMs: 0, waitingMs: 0, overMs: 0, durationMs: 0, waits: new Map(), lengths: new Map() }
}

/** Adds what was added up before. */
export function addSum(group: Group, sum: HoldingSum): void {
  if (sum.durationClass !== null) lengthsIn(group, sum.durationClass).count += sum.incidents
  else if (sum.waitsFor !== null) addWait(group, sum.waitsFor, sum)
  else {
    group.incidents += sum.incidents
    group.handedOn += sum.handedOn
    group.handedOnTwice += sum.handedOnTwice
    group.pingPong += sum.pingPong
    group.handovers += sum.handovers
    group.workingMs += sum.workingMs
    group.waitingMs += sum.waitingMs
    group.overMs += sum.overMs
    group.durationMs += sum.durationMs
  }
}

/** Adds an incident whose parts are these. */
export function addHeld(
  group: Group,
  { handovers, pingPong, durationMs }: Held,
  parts: Readonly<Record<string, HeldPart>>,
): void {
  addCounts(group, handovers, pingPong)
  const waits: Record<string, number> = {}
  for (const part of Object.values(parts)) {
    addTimes(group, part)
    for (const [reason, ms] of Object.entries(part.waits)) waits[reason] = (waits[reason] ?? 0) + ms
  }
  addWaits(group, waits)
  group.durationMs += durationMs
  const lengths = lengthsIn(group, durationClass(durationMs))
  lengths.count += 1
  lengths.known.push(durationMs)
}

/** Adds what a team had of an incident: what it held, gave away and got back. */
export function addPart(group: Group, part: HeldPart): void {
  if (part.away === 0 && !hasHeld(part)) return
  addCounts(group, part.away, part.back)
  addTimes(group, part)
  addWaits(group, part.waits)
}

function addCounts(group: Group, handovers: number, pingPong: boolean): void {
  group.incidents += 1
  group.handovers += handovers
  if (handovers >= 1) group.handedOn += 1
  if (handovers >= 2) group.handedOnTwice += 1
  if (pingPong) group.pingPong += 1
}

function addTimes(group: Group, part: HeldPart): void {
  group.workingMs += part.working
  group.overMs += part.over
  group.waitingMs += waitedMs(part)
}

function addWaits(group: Group, waits: Readonly<Record<string, number>>): void {
  for (const [reason, waitingMs] of Object.entries(waits)) addWait(group, reason, { incidents: 1, waitingMs })
}

function addWait(
  group: Group,
  reason: string,
  { incidents, waitingMs }: { readonly incidents: number; readonly waitingMs: number },
): void {
  const wait = group.waits.get(reason) ?? { incidents: 0, waitingMs: 0 }
  wait.incidents += incidents
  wait.waitingMs += waitingMs
  group.waits.set(reason, wait)
}

function lengthsIn({ lengths }: Group, ofClass: number) {
  const known = lengths.get(ofClass) ?? { count: 0, known: [] }
  lengths.set(ofClass, known)
  return known
}

/**
 * Where the two lengths in the middle of a group are, which may be one and the same: none without incidents.
 *
 * @param key Of the group; null for all.
 */
export function middlesOf({ incidents, lengths }: Group, key: string | null): readonly LengthPlace[] {
  if (incidents === 0) return []
  const classes = [...lengths].toSorted(([one], [other]) => one - other)
  const middles = new Set([Math.floor((incidents - 1) / 2), Math.ceil((incidents - 1) / 2)])
  return [...middles].flatMap((rank) => {
    let before = 0
    for (const [ofClass, { count, known }] of classes) {
      if (rank < before + count) return [{ key, durationClass: ofClass, nth: rank - before, loose: known }]
      before += count
    }
    return []
  })
}

/** Whether as many lengths were found of a class as it had when the group was counted. */
export function isAsCounted({ lengths }: Group, { durationClass: ofClass, count }: LengthFound): boolean {
  return lengths.get(ofClass)?.count === count
}

/** As it is told; the median is that of `medianOf`, null by team. */
export function viewOf(
  { waits, lengths: _lengths, durationMs, ...sums }: Group,
  named: { readonly key: string; readonly label: string },
  medianMs: number | null,
): HandoverGroup {
  return {
    ...named,
    ...sums,
    elapsedMs: sums.workingMs + sums.waitingMs + sums.overMs,
    waits: [...waits]
      .map(([reason, wait]) => ({ for: reason, ...wait }))
      .toSorted((one, other) => other.waitingMs - one.waitingMs),
    duration: medianMs === null ? null : { meanMs: durationMs / sums.incidents, medianMs },
  }
}
