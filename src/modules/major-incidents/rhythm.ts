/** An update that was sent, and by when the next one was promised then. */
export interface SentUpdate {
  readonly at: Date
  readonly nextDue: Date | null
}

/** A stretch in which an update was owed and none came. */
export interface UpdateGap {
  readonly from: Date
  /** Null while it is still owed. */
  readonly to: Date | null
}

export interface Rhythm {
  /** Updates that came by the moment that was promised. */
  readonly onTime: number
  /** Updates that were due by now. */
  readonly due: number
  readonly gaps: readonly UpdateGap[]
}

/**
 * Whether updates came as promised. Each update, and the declaration for the first one, promises the next; an update at the
 * promised moment is on time. Nothing is owed after `over`; what is due later than `now` counts neither way.
 */
export function rhythmOf(
  firstDue: Date,
  updates: readonly SentUpdate[],
  { now, over }: { readonly now: Date; readonly over: Date | null },
): Rhythm {
  const ends = over !== null && over < now ? over : now
  const moments = distinct(updates)
  const promises = [firstDue, ...moments.map(({ nextDue }) => nextDue)]
  const gaps: UpdateGap[] = []
  let due = 0
  for (const [index, promised] of promises.entries()) {
    const came = moments[index]?.at
    if (promised === null) continue
    if (came !== undefined && came <= promised) {
      due += 1
      continue
    }
    // What was promised for later than the end is owed no more.
    if (promised >= ends) continue
    due += 1
    const to = came !== undefined && came <= ends ? came : over !== null && over <= now ? over : null
    gaps.push({ from: promised, to })
  }
  return { onTime: due - gaps.length, due, gaps }
}

/** What goes to several audiences at one moment is one update. */
function distinct(updates: readonly SentUpdate[]): readonly SentUpdate[] {
  const byMoment = new Map<number, SentUpdate>()
  for (const update of updates) byMoment.set(update.at.getTime(), update)
  return [...byMoment.values()].toSorted((one, other) => one.at.getTime() - other.at.getTime())
}
