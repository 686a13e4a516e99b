import { barredFromInside, barredFromManaging, barredFromWorking } from '#core/may.ts'
import type * as Newest from '#web/app/newest-finders.ts'
import type * as Finders from '#web/app/record-finders.ts'
import type { Finder, ModuleShell } from '#web/app/pages.ts'

/** Its code comes when it is first asked. */
function lazily(name: keyof typeof Finders): Finder {
  return async (words, signal) => (await import('#web/app/record-finders.ts'))[name](words, signal)
}

function newest(name: keyof typeof Newest): Finder {
  return async (words, signal) => (await import('#web/app/newest-finders.ts'))[name](words, signal)
}

/** Every record that has an address and is not found by its own module. */
export const recordShells: readonly ModuleShell[] = [
  { find: lazily('findPeople') },
  { find: lazily('findTeams'), findBarred: barredFromInside },
  { find: lazily('findSites') },
  { find: lazily('findServices') },
  { find: newest('findMajorIncidents') },
  { find: newest('findEscalations') },
  { find: newest('findTasks'), findBarred: barredFromInside },
  { find: lazily('findContacts'), findBarred: barredFromInside },
  { find: lazily('findCatalogueItems'), findBarred: barredFromInside },
  { find: newest('findFeedbackCases') },
  { find: newest('findSurveys'), findBarred: barredFromInside },
  { find: lazily('findAgreements') },
  { find: lazily('findCalendars') },
  { find: newest('findReviews') },
  { find: newest('findKpis'), findBarred: barredFromInside },
  { find: newest('findCorrections'), findBarred: barredFromInside },
  { find: newest('findWhatIfs'), findBarred: barredFromManaging },
  { find: newest('findRules'), findBarred: barredFromManaging },
  { find: newest('findWebhooks'), findBarred: barredFromManaging },
  { find: newest('findMacros'), findBarred: barredFromWorking },
  { find: lazily('findMails'), findBarred: barredFromWorking },
  { find: newest('findImports'), findBarred: barredFromInside },
]
