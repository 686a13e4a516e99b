import { createRoute } from '@tanstack/react-router'
import { z } from 'zod'
import { barredFromAdministering, barredFromWorking } from '#core/may.ts'
import { type ModuleShell, page } from '#web/app/pages.ts'
import { shellRoute } from '#web/app/parents.tsx'
import { optional } from '#web/ui/search.ts'

const mailSettingsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings/mail',
  component: page(['mail', 'settings'], () => import('./mail-settings-page.tsx'), 'MailSettingsPage'),
})

const mailsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/mails',
  validateSearch: z.object({ show: optional(z.literal('all')), q: optional(z.string().max(200)) }),
  component: page('mail', () => import('./mails-page.tsx'), 'MailsPage'),
})

const mailRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/mails/$id',
  component: page('mail', () => import('./mail-page.tsx'), 'MailPage'),
})

export const mailRoutes = [mailSettingsRoute, mailsRoute, mailRoute] as const

export const mailShell: ModuleShell = {
  actions: [
    { label: 'app.action.mails', to: '/mails', barred: barredFromWorking },
    { label: 'app.action.settings-mail', to: '/settings/mail', barred: barredFromAdministering },
  ],
}
