import { createRoute, redirect } from '@tanstack/react-router'
import { page } from '#web/app/pages.ts'
import { shellRoute } from '#web/app/parents.tsx'
import { chapters } from './topics.ts'

const guideRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/help',
  beforeLoad: () => {
    throw redirect({ to: '/help/$chapter', params: { chapter: 'first-hour' } })
  },
})

const chapterRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/help/$chapter',
  params: {
    parse: ({ chapter }) => ({ chapter: chapters.find((each) => each === chapter) ?? chapters[0] }),
    stringify: ({ chapter }) => ({ chapter }),
  },
  component: page('help', () => import('./help-page.tsx'), 'HelpPage'),
})

export const helpRoutes = [guideRoute, chapterRoute] as const
