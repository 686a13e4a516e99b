import { useState } from 'react'
import { CallFailure } from '#web/http/call-failure.ts'

interface Saving<Thing> {
  /** What is there now, where somebody changed it since it was opened; null while nobody did. */
  readonly moved: Thing | null
  /**
   * Sends by `send`, which is given the version that was read. When that is not the newest any more, fetches what is there
   * now and fails; sending again then writes over that.
   */
  readonly save: (send: (version: number) => Promise<unknown>) => Promise<void>
}

/** Changes a thing as it was when its form was opened. */
export function useSaving<Thing extends { readonly version: number }>(
  thing: Thing,
  fetchNow: () => Promise<Thing>,
): Saving<Thing> {
  const [opened] = useState(thing)
  const [moved, setMoved] = useState<Thing | null>(null)
  return {
    moved,
    async save(send) {
      try {
        await send((moved ?? opened).version)
      } catch (thrown) {
        if (thrown instanceof CallFailure && thrown.status === 412) setMoved(await fetchNow())
        throw thrown
      }
    },
  }
}

/** Of the values those that differ from what they were. */
export function edited<Values extends object>(initial: Values, values: Values): Partial<Values> {
  return Object.fromEntries(
    Object.entries(values).filter(([name, value]) => value !== initial[name as keyof Values]),
  ) as Partial<Values>
}
