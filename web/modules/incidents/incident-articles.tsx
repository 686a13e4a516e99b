import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { barredFromWorking, type IncidentPage } from '#api/incidents'
import { addArticle, listHelpfulArticles, sayArticleHelped, takeBackArticleHelped } from '#api/knowledge'
import { call } from '#web/http/call.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { TextButton } from '#web/ui/button.tsx'
import { notify } from '#web/ui/notices.tsx'
import { SideSection } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { useLanguage, useText } from '#web/ui/text.tsx'
import { articlesFor } from './helpful-articles.tsx'

function helpedQuery(id: string) {
  return queryOptions({
    queryKey: ['articles', 'helped', id],
    queryFn: async ({ signal }) => (await call(listHelpfulArticles, { params: { id } }, signal)).items,
  })
}

/** Articles that helped with this incident or may help, and the step to make one of it. */
export function IncidentArticles({ incident }: { readonly incident: IncidentPage }) {
  const t = useText()
  const language = useLanguage()
  const navigate = useNavigate()
  const client = useQueryClient()
  const may = barredFromWorking(useAsker()) === null
  const [failure, setFailure] = useState<unknown>(null)
  const { id, number, title, customer, state } = incident
  const { data: alike = [] } = useQuery(articlesFor(title, customer.id))
  const { data: helped = [] } = useQuery(helpedQuery(id))
  const solved = may && (state === 'resolved' || state === 'closed')
  const articles = [...helped, ...alike.filter((article) => !helped.some((each) => each.id === article.id))]
  if (articles.length === 0 && !solved) return null

  async function attempt(step: () => Promise<void>) {
    setFailure(null)
    await step().catch(setFailure)
  }
  async function make() {
    const made = await call(addArticle, { body: { incident: number, language } })
    notify(t('incidents.articles.made'))
    await navigate({ to: '/articles/$id', params: { id: made.id }, search: { edit: 'yes' } })
  }
  async function say(article: string, did: boolean) {
    const { items } = await call(did ? sayArticleHelped : takeBackArticleHelped, { params: { id, article } })
    client.setQueryData(helpedQuery(id).queryKey, items)
  }
  return (
    <SideSection title={t('incidents.articles')}>
      <ul>
        {articles.map((article) => {
          const did = helped.some((each) => each.id === article.id)
          return (
            <li key={article.id}>
              <Link to="/articles/$id" params={{ id: article.id }}>
                {article.title}
              </Link>{' '}
              {did && <span className="pl-quiet pl-small">{t('incidents.articles.helped')} </span>}
              {may && (
                <TextButton
                  aria-label={t(did ? 'incidents.articles.take-back-of' : 'incidents.articles.say-of', {
                    title: article.title,
                  })}
                  onClick={() => void attempt(() => say(article.id, !did))}
                >
                  {t(did ? 'incidents.articles.take-back' : 'incidents.articles.say')}
                </TextButton>
              )}
            </li>
          )
        })}
      </ul>
      {solved && <TextButton onClick={() => void attempt(make)}>{t('incidents.articles.make')}</TextButton>}
      {failure !== null && <Problem failure={failure} />}
    </SideSection>
  )
}
