import { createRoute } from '@tanstack/react-router'
import { z } from 'zod'
import { barredFromManaging } from '#core/may.ts'
import { type ModuleShell, page } from '#web/app/pages.ts'
import { shellRoute } from '#web/app/parents.tsx'
import { optional } from '#web/ui/search.ts'

const parts = ['rules', 'incidents'] as const

const rulesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/rules',
  component: page(parts, () => import('./rules-page.tsx'), 'RulesPage'),
})

const newRuleRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/rules/new',
  component: page(parts, () => import('./rule-page.tsx'), 'NewRulePage'),
})

const assignmentRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/rules/assignment',
  component: page(parts, () => import('./assignment-page.tsx'), 'AssignmentPage'),
})

const ruleRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/rules/$id',
  component: page(parts, () => import('./rule-page.tsx'), 'RulePage'),
})

const webhooksRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/webhooks',
  component: page(parts, () => import('./webhooks-page.tsx'), 'WebhooksPage'),
})

const webhookRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/webhooks/$id',
  validateSearch: z.object({ state: optional(z.enum(['waiting', 'delivered', 'failed'])) }),
  component: page(parts, () => import('./webhook-page.tsx'), 'WebhookPage'),
})

const deliveryRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/webhook-deliveries/$id',
  component: page(parts, () => import('./delivery-page.tsx'), 'DeliveryPage'),
})

export const ruleRoutes = [
  rulesRoute,
  newRuleRoute,
  assignmentRoute,
  ruleRoute,
  webhooksRoute,
  webhookRoute,
  deliveryRoute,
] as const

export const ruleShell: ModuleShell = {
  actions: [
    { label: 'app.action.rules', to: '/rules', barred: barredFromManaging },
    { label: 'app.action.new-rule', to: '/rules/new', barred: barredFromManaging },
    { label: 'app.action.assignment', to: '/rules/assignment', barred: barredFromManaging },
    { label: 'app.action.webhooks', to: '/webhooks', barred: barredFromManaging },
  ],
}
