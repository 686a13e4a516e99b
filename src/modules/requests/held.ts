/** Who an order waits for: an approver, those who do its tasks, or another program; nobody where it is null. */
export interface Holding {
  readonly kind: 'approver' | 'tasks'
  /** Of teams whose tasks are open at once, ascending; a task that another program does has none. */
  readonly teams: readonly string[]
}

/** From this moment (epoch milliseconds) on, until the next one. */
export interface Held {
  readonly from: number
  readonly holding: Holding | null
}

/** A task with the stretches in which it was to be done, and by which team; null for another program. */
export interface HeldTask {
  readonly stretches: readonly { readonly from: number; readonly to: number; readonly team: string | null }[]
}

interface Asked {
  readonly from: number
  readonly to: number
}

/**
 * Who held an order when, from its approvals and its tasks. While tasks of several teams are open at once, all of them hold
 * it; an approval comes before the tasks and is told first should both be open.
 */
export function heldBy(approvals: readonly Asked[], tasks: readonly HeldTask[]): Held[] {
  const stretches = tasks.flatMap((task) => task.stretches)
  const moments = new Set([...approvals, ...stretches].flatMap(({ from, to }) => [from, to]))
  const edges = [...moments].filter(Number.isFinite).toSorted((one, other) => one - other)
  const held: Held[] = []
  for (const from of edges) {
    const holding = holdingAt(from, approvals, stretches)
    if (keyOf(holding) !== keyOf(held.at(-1)?.holding ?? null) || held.length === 0) held.push({ from, holding })
  }
  return held
}

function holdingAt(at: number, approvals: readonly Asked[], stretches: HeldTask['stretches']): Holding | null {
  const covers = ({ from, to }: Asked) => from <= at && at < to
  if (approvals.some(covers)) return { kind: 'approver', teams: [] }
  const open = stretches.filter(covers)
  if (open.length === 0) return null
  return { kind: 'tasks', teams: [...new Set(open.flatMap(({ team }) => team ?? []))].toSorted() }
}

/** The same for the same holders. */
function keyOf(holding: Holding | null): string {
  return holding === null ? '' : `${holding.kind} ${holding.teams.join(' ')}`
}

/** A stretch of time cut where who held it changed. */
export function cutBy<Stretch extends { readonly from: number; readonly to: number }>(
  stretches: readonly Stretch[],
  held: readonly Held[],
): { readonly stretch: Stretch; readonly from: number; readonly to: number; readonly holding: Holding | null }[] {
  return stretches.flatMap((stretch) => {
    const cuts = held.map(({ from }) => from).filter((from) => stretch.from < from && from < stretch.to)
    const edges = [stretch.from, ...cuts, stretch.to]
    return edges.slice(0, -1).map((from, index) => ({
      stretch,
      from,
      to: edges[index + 1]!,
      holding: held.findLast((each) => each.from <= from)?.holding ?? null,
    }))
  })
}
