import { createRoute } from '@tanstack/react-router'
import { z } from 'zod'
import { barredFromManaging } from '#core/may.ts'
import { type ModuleShell, page } from '#web/app/pages.ts'
import { outsideRoute, shellRoute } from '#web/app/parents.tsx'
import { oneOf, optional } from '#web/ui/search.ts'

const part = 'feedback'

// The key stands behind the #, which never leaves the browser; a score stands there when it was pressed in a mail.
const answerRoute = createRoute({
  getParentRoute: () => outsideRoute,
  path: '/answer',
  validateSearch: z.object({ score: optional(z.coerce.number().int().min(0).max(10)) }),
  component: page([part, 'people'], () => import('./answer-page.tsx'), 'AnswerPage'),
})

const experienceRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/experience',
  validateSearch: z.object({
    by: oneOf(['service', 'site', 'month', 'customer']),
    service: optional(z.uuid()),
    month: optional(z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/)),
    span: oneOf(['last-12', 'last-3', 'all']),
  }),
  component: page(part, () => import('./experience-page.tsx'), 'ExperiencePage'),
})

const feedbackRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/feedback',
  component: page(part, () => import('./feedback-page.tsx'), 'FeedbackPage'),
})

const newSurveyRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/feedback/surveys/new',
  component: page(part, () => import('./new-survey-page.tsx'), 'NewSurveyPage'),
})

const surveyRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/feedback/surveys/$id',
  component: page(part, () => import('./survey-page.tsx'), 'SurveyPage'),
})

const newCaseRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/feedback/cases/new',
  component: page(part, () => import('./new-case-page.tsx'), 'NewCasePage'),
})

const caseRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/feedback/cases/$id',
  component: page([part, 'actions'], () => import('./case-page.tsx'), 'CasePage'),
})

const saidDoneRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/feedback/said-done',
  validateSearch: z.object({
    from: optional(z.enum(['verbatim', 'case', 'friction-point'])),
    id: optional(z.uuid()),
  }),
  component: page(part, () => import('./said-done-page.tsx'), 'SaidDonePage'),
})

export const feedbackOutside = [answerRoute] as const
export const feedbackRoutes = [
  experienceRoute,
  feedbackRoute,
  newSurveyRoute,
  surveyRoute,
  newCaseRoute,
  caseRoute,
  saidDoneRoute,
] as const

export const feedbackShell: ModuleShell = {
  forRequesters: true,
  actions: [
    { label: 'app.action.feedback', to: '/feedback' },
    { label: 'app.action.new-survey', to: '/feedback/surveys/new', barred: barredFromManaging },
    { label: 'app.action.new-feedback', to: '/feedback/cases/new' },
    { label: 'app.action.experience', to: '/experience' },
    { label: 'app.action.said-done', to: '/feedback/said-done' },
  ],
}
