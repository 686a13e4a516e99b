import type { Listeners } from '#platform/context.ts'
import type { NewsSource } from '#platform/news.ts'
import { newsHappened } from './jobs.ts'

/** Who listens, with people being told of the facts that the sources name. */
export function telling(sources: readonly NewsSource[], listeners: Listeners): Listeners {
  const told = new Map(Object.entries(listeners))
  for (const kind of new Set(sources.flatMap(({ facts }) => facts))) {
    told.set(kind, [...(told.get(kind) ?? []), newsHappened])
  }
  return Object.fromEntries(told)
}
