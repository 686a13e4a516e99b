import { createRoute, redirect } from '@tanstack/react-router'
import { barredFromAdministering } from '#core/may.ts'
import { type ModuleShell, page } from '#web/app/pages.ts'
import { shellRoute } from '#web/app/parents.tsx'

const part = 'settings'

const settingsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings',
  beforeLoad: ({ location }) => {
    if (location.pathname === '/settings') throw redirect({ to: '/settings/organisation' })
  },
})

const organisationRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings/organisation',
  component: page(part, () => import('./organisation-page.tsx'), 'OrganisationPage'),
})

const wordsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings/words',
  component: page([part, 'incidents'], () => import('./words-page.tsx'), 'WordsPage'),
})

const workRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings/work',
  component: page(part, () => import('./work-page.tsx'), 'WorkPage'),
})

const keepingRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings/keeping',
  component: page(part, () => import('./keeping-page.tsx'), 'KeepingPage'),
})

const healthRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings/health',
  component: page(part, () => import('./health-page.tsx'), 'HealthPage'),
})

export const settingsRoutes = [
  settingsRoute,
  organisationRoute,
  wordsRoute,
  workRoute,
  keepingRoute,
  healthRoute,
] as const

export const settingsShell: ModuleShell = {
  places: [{ area: 'settings', to: '/settings', barred: barredFromAdministering }],
  actions: [
    { label: 'app.action.settings-work', to: '/settings/work', barred: barredFromAdministering },
    { label: 'app.action.settings-words', to: '/settings/words', barred: barredFromAdministering },
    { label: 'app.action.settings-keeping', to: '/settings/keeping', barred: barredFromAdministering },
    { label: 'app.action.settings-health', to: '/settings/health', barred: barredFromAdministering },
  ],
}
