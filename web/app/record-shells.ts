import { barredFromInside } from '#core/may.ts'
import type * as Finders from '#web/app/record-finders.ts'
import type { Finder, ModuleShell } from '#web/app/pages.ts'

/** Its code comes when it is first asked. */
function lazily(name: keyof typeof Finders): Finder {
  return async (words, signal) => (await import('#web/app/record-finders.ts'))[name](words, signal)
}

/** Every record that has an address and is not found by its own module. */
export const recordShells: readonly ModuleShell[] = [
  { find: lazily('findPeople') },
  { find: lazily('findTeams'), findBarred: barredFromInside },
  { find: lazily('findSites') },
  { find: lazily('findServices') },
  { find: lazily('findAgreements') },
  { find: lazily('findCalendars') },
  { find: lazily('findReviews') },
  { find: lazily('findImports'), findBarred: barredFromInside },
]
