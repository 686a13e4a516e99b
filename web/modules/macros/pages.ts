import { createRoute } from '@tanstack/react-router'
import { barredFromWorking } from '#core/may.ts'
import { type ModuleShell, page } from '#web/app/pages.ts'
import { shellRoute } from '#web/app/parents.tsx'

const macrosRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/macros',
  component: page(['work', 'incidents'], () => import('./macros-page.tsx'), 'MacrosPage'),
})

export const macroRoutes = [macrosRoute] as const

export const macroShell: ModuleShell = {
  actions: [{ label: 'app.action.macros', to: '/macros', barred: barredFromWorking }],
}
