import { createRoute } from '@tanstack/react-router'
import { z } from 'zod'
import { barredFromInside, barredFromWorking } from '#core/may.ts'
import { type Finder, type ModuleShell, page } from '#web/app/pages.ts'
import { shellRoute } from '#web/app/parents.tsx'
import { optional } from '#web/ui/search.ts'

const articlesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/articles',
  validateSearch: z.object({ q: optional(z.string().max(200)) }),
  component: page('knowledge', () => import('./articles-page.tsx'), 'ArticlesPage'),
})

const newArticleRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/articles/new',
  component: page('knowledge', () => import('./new-article-page.tsx'), 'NewArticlePage'),
})

const articleRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/articles/$id',
  validateSearch: z.object({ edit: optional(z.literal('yes')) }),
  component: page('knowledge', () => import('./article-page.tsx'), 'ArticlePage'),
})

export const knowledgeRoutes = [articlesRoute, newArticleRoute, articleRoute] as const

const find: Finder = async (words, signal) => {
  const [{ listArticles }, { call }] = await Promise.all([import('#api/knowledge'), import('#web/http/call.ts')])
  const { items } = await call(listArticles, { query: { q: words, limit: 5 } }, signal)
  return items.map(({ id, title, customer }) => ({
    to: `/articles/${id}`,
    title,
    kind: 'app.kind.article',
    about: customer?.name ?? '',
  }))
}

export const knowledgeShell: ModuleShell = {
  places: [{ area: 'knowledge', to: '/articles', barred: barredFromInside }],
  actions: [{ label: 'app.action.new-article', to: '/articles/new', barred: barredFromWorking }],
  find,
}
