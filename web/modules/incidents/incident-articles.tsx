import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { barredFromWorking, type IncidentPage } from '#api/incidents'
import { addArticle } from '#api/knowledge'
import { call } from '#web/http/call.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { TextButton } from '#web/ui/button.tsx'
import { notify } from '#web/ui/notices.tsx'
import { SideSection } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { useLanguage, useText } from '#web/ui/text.tsx'
import { articlesFor } from './helpful-articles.tsx'

/** Articles that may help with this incident, and the step to make one of it. */
export function IncidentArticles({ incident }: { readonly incident: IncidentPage }) {
  const t = useText()
  const language = useLanguage()
  const navigate = useNavigate()
  const may = barredFromWorking(useAsker()) === null
  const [failure, setFailure] = useState<unknown>(null)
  const { number, title, customer, state } = incident
  const { data: articles = [] } = useQuery(articlesFor(title, customer.id))
  const solved = may && (state === 'resolved' || state === 'closed')
  if (articles.length === 0 && !solved) return null

  async function make() {
    setFailure(null)
    try {
      const { id } = await call(addArticle, { body: { incident: number, language } })
      notify(t('incidents.articles.made'))
      await navigate({ to: '/articles/$id', params: { id }, search: { edit: 'yes' } })
    } catch (thrown) {
      setFailure(thrown)
    }
  }
  return (
    <SideSection title={t('incidents.articles')}>
      <ul>
        {articles.map((article) => (
          <li key={article.id}>
            <Link to="/articles/$id" params={{ id: article.id }}>
              {article.title}
            </Link>
          </li>
        ))}
      </ul>
      {solved && <TextButton onClick={() => void make()}>{t('incidents.articles.make')}</TextButton>}
      {failure !== null && <Problem failure={failure} />}
    </SideSection>
  )
}
