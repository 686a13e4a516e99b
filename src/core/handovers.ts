/**
 * Who held a ticket and whether anybody worked on it: handovers between teams, waiting and working time. Pure; what is
 * counted here is elapsed time on the wall clock, not service time.
 */

/** What a state means for the time that is spent in it. */
export type TimeKind = 'working' | 'waiting' | 'over'

/** Something that changed who has a ticket or how it stands; what is absent did not change. In order of `at`. */
export interface HoldingEvent {
  /** Epoch milliseconds. */
  readonly at: number
  /** Null: nobody has it. */
  readonly team?: string | null
  readonly state?: string
  /** For what it waits. */
  readonly reason?: string | null
}

/** A span in which neither team nor state changed; half-open. */
export interface Stay {
  readonly from: number
  readonly to: number
  readonly team: string | null
  readonly kind: TimeKind
  /** What it waited for: `queue`, or the reason of its being on hold; null while somebody worked or it was over. */
  readonly waitsFor: string | null
}

export interface Handover {
  readonly at: number
  readonly from: string
  readonly to: string
  /** That team had had it before. */
  readonly back: boolean
}

export interface Holding {
  readonly stays: readonly Stay[]
  readonly handovers: readonly Handover[]
  /** Of all stays together; working + waiting + over. */
  readonly elapsedMs: number
  readonly workingMs: number
  readonly waitingMs: number
  readonly overMs: number
}

const kinds: Readonly<Record<string, TimeKind>> = {
  'in-progress': 'working',
  restored: 'working',
  resolved: 'over',
  closed: 'over',
  cancelled: 'over',
}

/** Somebody works on it, it is over, or it waits: on hold, or in a queue in which nobody has begun. */
export function timeKindOf(state: string): TimeKind {
  return kinds[state] ?? 'waiting'
}

/**
 * Stays and handovers of one ticket, from its first event until `until`, or until the last event where that is later. A
 * handover goes from a team to another one, also when nobody had the ticket in between; being assigned at first is none.
 * Stays are without gap and overlap, so that their parts add up to the whole; stays of no length are left out. Without
 * events all is zero.
 */
export function holdingOf(events: readonly HoldingEvent[], until: number): Holding {
  const stays: Stay[] = []
  const handovers: Handover[] = []
  const had = new Set<string>()
  let team: string | null = null
  let lastTeam: string | null = null
  let state = 'new'
  let reason: string | null = null
  let since = events[0]?.at ?? until
  const stay = (to: number) => {
    if (to <= since) return
    const kind = timeKindOf(state)
    const waitsFor = kind === 'waiting' ? (state === 'on-hold' ? (reason ?? 'other') : 'queue') : null
    const last = stays.at(-1)
    // What changed nothing of these does not split a stay.
    if (last?.team === team && last.kind === kind && last.waitsFor === waitsFor) {
      stays[stays.length - 1] = { ...last, to }
    } else stays.push({ from: since, to, team, kind, waitsFor })
    since = to
  }
  for (const event of events) {
    stay(event.at)
    if (event.state !== undefined) {
      state = event.state
      reason = event.reason ?? null
    }
    if (event.team === undefined || event.team === team) continue
    team = event.team
    if (team === null) continue
    if (lastTeam !== null && lastTeam !== team) {
      handovers.push({ at: event.at, from: lastTeam, to: team, back: had.has(team) })
    }
    had.add(team)
    lastTeam = team
  }
  stay(until)
  const sum = (kind: TimeKind) => stays.reduce((ms, each) => (each.kind === kind ? ms + each.to - each.from : ms), 0)
  const [workingMs, waitingMs, overMs] = [sum('working'), sum('waiting'), sum('over')]
  return { stays, handovers, elapsedMs: workingMs + waitingMs + overMs, workingMs, waitingMs, overMs }
}

/** Whether some team got a ticket back that it had given away. */
export function isPingPong({ handovers }: Pick<Holding, 'handovers'>): boolean {
  return handovers.some(({ back }) => back)
}
