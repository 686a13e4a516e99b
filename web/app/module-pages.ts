import type { ModuleShell } from '#web/app/pages.ts'
import { todayRoute, todayShell } from '#web/app/today.ts'
import { incidentRoutes, incidentShell } from '#web/modules/incidents/pages.ts'
import { kitOutside } from '#web/modules/kit/pages.ts'
import { reviewRoutes, reviewShell } from '#web/modules/reviews/pages.ts'
import { peopleInside, peopleOutside, peopleShell } from '#web/modules/people/pages.ts'

/** Every module's pages: for whoever is signed in, for everybody, and what each adds to the shell. A new module comes here. */
export const insideRoutes = [todayRoute, ...incidentRoutes, ...peopleInside, ...reviewRoutes] as const

export const outsideRoutes = [...peopleOutside, ...kitOutside] as const

export const shells: readonly ModuleShell[] = [todayShell, incidentShell, peopleShell, reviewShell]
