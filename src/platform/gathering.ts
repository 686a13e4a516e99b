/** What comes while the same kind of work is under way, done together when its turn comes. */
export interface Gathering<Asked, Done> {
  /**
   * @param lane What is asked for under the same name may be done together.
   * @returns Fails as what was asked for failed, and not with another that was done together with it.
   */
  readonly ask: (lane: string, asked: Asked) => Promise<Done>
}

interface Waiting<Asked, Done> {
  readonly asked: Asked
  readonly resolve: (done: Done) => void
  readonly reject: (reason: unknown) => void
}

interface Lane<Asked, Done> {
  readonly waiting: Waiting<Asked, Done>[]
  running: number
}

/** So many are done at once of one lane; the others gather meanwhile. */
const AT_ONCE = 2
/** The most that are done together. */
const TOGETHER = 32

/**
 * Whoever asks while nothing is under way waits for nobody: nothing is held back in the hope that more will come.
 *
 * @param work Does them and answers in their order; fails for all of them when it fails for one.
 * @param isUndone Whether it is certain that nothing stayed of what failed so. Only then is each tried alone.
 */
export function gathering<Asked, Done>(
  work: (asked: readonly Asked[]) => Promise<readonly Done[]>,
  isUndone: (error: unknown) => boolean,
): Gathering<Asked, Done> {
  const lanes = new Map<string, Lane<Asked, Done>>()

  async function drain(name: string, lane: Lane<Asked, Done>): Promise<void> {
    lane.running += 1
    while (lane.waiting.length > 0) await settle(lane.waiting.splice(0, evenCount(lane.waiting.length)))
    lane.running -= 1
    if (lane.running === 0) lanes.delete(name)
  }

  async function settle(taken: readonly Waiting<Asked, Done>[]): Promise<void> {
    try {
      const done = await work(taken.map(({ asked }) => asked))
      for (const [index, { resolve }] of taken.entries()) resolve(done[index]!)
    } catch (error) {
      if (taken.length === 1 || !isUndone(error)) for (const { reject } of taken) reject(error)
      else for (const each of taken) await settle([each])
    }
  }

  return {
    ask: (name, asked) => {
      const lane = lanes.get(name) ?? { waiting: [], running: 0 }
      lanes.set(name, lane)
      const { promise, resolve, reject } = Promise.withResolvers<Done>()
      lane.waiting.push({ asked, resolve, reject })
      if (lane.running < AT_ONCE) void drain(name, lane)
      return promise
    },
  }
}

/** A power of two: so the database knows the statements that write so many. */
function evenCount(waiting: number): number {
  return Math.min(TOGETHER, 2 ** Math.floor(Math.log2(waiting)))
}
