import { createRoute } from '@tanstack/react-router'
import { z } from 'zod'
import { barredFromAdministering, barredFromInside } from '#core/may.ts'
import { type ModuleShell, page } from '#web/app/pages.ts'
import { outsideRoute, shellRoute } from '#web/app/parents.tsx'
import { optional } from '#web/ui/search.ts'

const part = 'people'

const signInRoute = createRoute({
  getParentRoute: () => outsideRoute,
  path: '/sign-in',
  validateSearch: z.object({ next: optional(z.string().max(2000)), reset: optional(z.literal('done')) }),
  component: page(part, () => import('#web/modules/people/sign-in-page.tsx'), 'SignInPage'),
})

// Providers send the browser back to here; what it brings is read from the address as it stands.
const returnRoute = createRoute({
  getParentRoute: () => outsideRoute,
  path: '/sign-in/return',
  component: page(part, () => import('#web/modules/people/return-page.tsx'), 'ReturnPage'),
})

// The three links carry their secret behind the #, which never leaves the browser.
const setUpRoute = createRoute({
  getParentRoute: () => outsideRoute,
  path: '/set-up',
  component: page(part, () => import('#web/modules/people/set-up-page.tsx'), 'SetUpPage'),
})

const invitationRoute = createRoute({
  getParentRoute: () => outsideRoute,
  path: '/invitation',
  component: page(part, () => import('#web/modules/people/invitation-page.tsx'), 'InvitationPage'),
})

const passwordResetRoute = createRoute({
  getParentRoute: () => outsideRoute,
  path: '/password-reset',
  component: page(part, () => import('#web/modules/people/password-reset-page.tsx'), 'PasswordResetPage'),
})

const accountRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/account',
  component: page(part, () => import('#web/modules/people/account-page.tsx'), 'AccountPage'),
})

const peopleRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/people',
  validateSearch: z.object({
    q: optional(z.string().max(200)),
    role: optional(z.string().max(40)),
    state: optional(z.enum(['none', 'invited', 'active', 'disabled'])),
  }),
  component: page(part, () => import('#web/modules/people/people-page.tsx'), 'PeoplePage'),
})

const inviteRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/people/invite',
  component: page(part, () => import('#web/modules/people/invite-page.tsx'), 'InvitePage'),
})

const personRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/people/$id',
  component: page(part, () => import('#web/modules/people/person-page.tsx'), 'PersonPage'),
})

const teamsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/people/teams',
  validateSearch: z.object({ q: optional(z.string().max(200)) }),
  component: page(part, () => import('#web/modules/people/teams-page.tsx'), 'TeamsPage'),
})

const teamRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/people/teams/$id',
  component: page(part, () => import('#web/modules/people/team-page.tsx'), 'TeamPage'),
})

const settingsParts = [part, 'settings'] as const

const providersRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings/sign-in',
  component: page(settingsParts, () => import('#web/modules/people/providers-page.tsx'), 'ProvidersPage'),
})

const newProviderRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings/sign-in/new',
  component: page(settingsParts, () => import('#web/modules/people/providers-page.tsx'), 'NewProviderPage'),
})

const providerRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings/sign-in/$id',
  component: page(settingsParts, () => import('#web/modules/people/provider-page.tsx'), 'ProviderPage'),
})

export const peopleOutside = [signInRoute, returnRoute, setUpRoute, invitationRoute, passwordResetRoute] as const
export const peopleInside = [
  accountRoute,
  peopleRoute,
  inviteRoute,
  personRoute,
  teamsRoute,
  teamRoute,
  providersRoute,
  newProviderRoute,
  providerRoute,
] as const

export const peopleShell: ModuleShell = {
  places: [{ area: 'people', to: '/people', barred: barredFromInside }],
  actions: [
    { label: 'app.action.teams', to: '/people/teams', barred: barredFromInside },
    { label: 'app.action.settings-sign-in', to: '/settings/sign-in', barred: barredFromAdministering },
  ],
}
