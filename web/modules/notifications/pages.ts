import { createRoute } from '@tanstack/react-router'
import { z } from 'zod'
import { type ModuleShell, page } from '#web/app/pages.ts'
import { outsideRoute, shellRoute } from '#web/app/parents.tsx'
import { optional } from '#web/ui/search.ts'

const part = 'notifications'

const notificationsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/notifications',
  validateSearch: z.object({ show: optional(z.literal('all')) }),
  component: page(part, () => import('./notifications-page.tsx'), 'NotificationsPage'),
})

const settingsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/notifications/settings',
  component: page(part, () => import('./settings-page.tsx'), 'NotificationSettingsPage'),
})

// From a mail, without signing in. What it carries stands behind the #, which never leaves the browser by itself.
const unsubscribeRoute = createRoute({
  getParentRoute: () => outsideRoute,
  path: '/unsubscribe',
  component: page(part, () => import('./unsubscribe-page.tsx'), 'UnsubscribePage'),
})

export const notificationInside = [notificationsRoute, settingsRoute] as const
export const notificationOutside = [unsubscribeRoute] as const

export const notificationShell: ModuleShell = {
  forRequesters: true,
  actions: [
    { label: 'app.action.notifications', to: '/notifications' },
    { label: 'app.action.notification-settings', to: '/notifications/settings' },
  ],
}
