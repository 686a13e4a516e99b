import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { addArticle } from '#api/knowledge'
import { barredFromWorking } from '#core/may.ts'
import { call } from '#web/http/call.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Page } from '#web/ui/page.tsx'
import { useLanguage, useText } from '#web/ui/text.tsx'
import { ArticleForm } from './article-form.tsx'

/** Begins an article. */
export function NewArticlePage() {
  const t = useText()
  const language = useLanguage()
  const client = useQueryClient()
  const navigate = useNavigate()
  const { customer = '' } = useSearch({ from: '/shell' })
  const barred = barredFromWorking(useAsker())
  return (
    <Page
      title={t('knowledge.new')}
      crumb={<Link to="/articles">{t('knowledge.title')}</Link>}
      lede={barred === null ? t('knowledge.lede') : t(barred)}
    >
      {barred === null && (
        <ArticleForm
          initial={{ title: '', text: '', language, audience: 'agent', customer, reviewDue: '', knownError: false }}
          onCancel={() => void navigate({ to: '/articles' })}
          onSave={async ({ title, text, language: of, audience, customer: whose, knownError }) => {
            const words = { title, text, language: of, audience, knownError }
            const { id } = await call(addArticle, { body: { ...words, ...(whose !== '' && { customer: whose }) } })
            void client.invalidateQueries({ queryKey: ['articles'] })
            setTimeout(() => void navigate({ to: '/articles/$id', params: { id } }))
          }}
        />
      )}
    </Page>
  )
}
