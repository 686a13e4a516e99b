import { queryOptions, useQuery } from '@tanstack/react-query'
import { listArticles } from '#api/knowledge'
import { call } from '#web/http/call.ts'
import { useText } from '#web/ui/text.tsx'
import { useSettled } from '#web/ui/use-settled.ts'
import classes from './similar-incidents.module.css'

/** A shorter title says too little to look for. */
const LEAST_LETTERS = 4
/** How long nobody types before the server is asked. */
const SETTLED_MS = 200

/** Published articles of everybody and of one customer that a title may be about. */
export function articlesFor(title: string, customer: string) {
  return queryOptions({
    queryKey: ['articles', 'for', { title, customer }],
    queryFn: async ({ signal }) => {
      const query = { q: title, within: 'title' as const, customer, state: 'published' as const, limit: 4 }
      return (await call(listArticles, { query }, signal)).items
    },
    staleTime: 60_000,
  })
}

/** Beside the form: articles that may help at once, in another tab, for what was typed stays here. */
export function HelpfulArticles({ customer, title }: { readonly customer: string; readonly title: string }) {
  const t = useText()
  const settled = useSettled(title.trim(), SETTLED_MS)
  const asked = customer !== '' && settled.length >= LEAST_LETTERS
  const { data = [] } = useQuery({ ...articlesFor(settled, customer), enabled: asked })
  const shown = asked && title.trim() !== '' ? data : []
  return (
    <section className={classes.similar} aria-label={t('incidents.articles')} aria-live="polite">
      {shown.length > 0 && (
        <>
          <h2>{t('incidents.articles')}</h2>
          <ul>
            {shown.map((article) => (
              <li key={article.id}>
                <a href={`/articles/${article.id}`} target="_blank" rel="noreferrer">
                  {article.title}
                </a>
                {article.knownError && <span className="pl-quiet pl-small"> · {t('knowledge.known-error')}</span>}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}
