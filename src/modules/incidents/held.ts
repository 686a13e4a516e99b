import { holdingOf, isPingPong, type TimeKind } from '#core/handovers.ts'
import type { IncidentFact } from './clock-events.ts'
import { holdingEventsOf } from './handover-histories.ts'

/** What one team, or nobody, had of an incident. Times are elapsed milliseconds. */
export interface HeldPart {
  /** How often it gave it to another team. */
  readonly away: number
  /** Whether it got it back. */
  readonly back: boolean
  readonly working: number
  readonly over: number
  /** By what it waited for. */
  readonly waits: Readonly<Record<string, number>>
}

/** Who held an incident up to its last fact, small enough to be kept (`holding`). */
export interface Held {
  /** By team; empty: nobody. */
  readonly parts: Readonly<Record<string, HeldPart>>
  readonly handovers: number
  readonly pingPong: boolean
  /** Epoch milliseconds; null without a history. */
  readonly last: number | null
  /** From the opening to the last fact. */
  readonly durationMs: number
  /** Where time goes on; null when it is over, or nothing is known of it. */
  readonly goesOn: { readonly team: string; readonly kind: TimeKind; readonly waitsFor: string | null } | null
}

/** From a history in its order. */
export function heldOf(facts: readonly IncidentFact[]): Held {
  const { events, last, over } = holdingEventsOf(facts, 0)
  const holding = holdingOf(events, last)
  const parts: Record<string, HeldPart> = {}
  for (const { from, to, team, kind, waitsFor } of holding.stays)
    lengthen(parts, team ?? '', { kind, waitsFor }, to - from)
  for (const { from, to, back } of holding.handovers) {
    parts[from] = { ...partOf(parts, from), away: partOf(parts, from).away + 1 }
    if (back) parts[to] = { ...partOf(parts, to), back: true }
  }
  // What a moment longer would be spent on.
  const next = over || events.length === 0 ? undefined : holdingOf(events, last + 1).stays.at(-1)
  return {
    parts,
    handovers: holding.handovers.length,
    pingPong: isPingPong(holding),
    last: events.length === 0 ? null : last,
    durationMs: last - (events[0]?.at ?? last),
    goesOn: next === undefined ? null : { team: next.team ?? '', kind: next.kind, waitsFor: next.waitsFor },
  }
}

/** The parts up to a moment, where time went on until then. */
export function partsUntil({ parts, last, goesOn }: Held, until: number): Readonly<Record<string, HeldPart>> {
  if (goesOn === null || last === null || until <= last) return parts
  const longer = { ...parts }
  lengthen(longer, goesOn.team, goesOn, until - last)
  return longer
}

const nothing: HeldPart = { away: 0, back: false, working: 0, over: 0, waits: {} }

function partOf(parts: Readonly<Record<string, HeldPart>>, team: string): HeldPart {
  return parts[team] ?? nothing
}

function lengthen(
  parts: Record<string, HeldPart>,
  team: string,
  { kind, waitsFor }: { readonly kind: TimeKind; readonly waitsFor: string | null },
  ms: number,
): void {
  const part = partOf(parts, team)
  parts[team] =
    kind === 'waiting'
      ? { ...part, waits: { ...part.waits, [waitsFor!]: (part.waits[waitsFor!] ?? 0) + ms } }
      : { ...part, [kind]: part[kind] + ms }
}

/** How long a team waited in all. */
export function waitedMs({ waits }: HeldPart): number {
  return Object.values(waits).reduce((sum, each) => sum + each, 0)
}

/** Whether it had it for some time, and not only passed it on. */
export function hasHeld(part: HeldPart): boolean {
  return part.working > 0 || part.over > 0 || waitedMs(part) > 0
}

/**
 * The class of a length, so that the middle one of very many is found without sorting all: lengths of a class are next to each
 * other, and each class is at most an eighth longer than the one before it.
 */
export function durationClass(ms: number): number {
  if (ms < 8) return Math.max(0, Math.floor(ms))
  const octave = Math.floor(Math.log2(ms))
  return octave * 8 + Math.floor(ms / 2 ** (octave - 3)) - 8
}
