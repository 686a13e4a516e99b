import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useEffect, useMemo, useState } from 'react'
import * as api from '#api/knowledge'
import type { Article } from '#api/knowledge'
import { articleLifecycle } from '#api/knowledge'
import { reachable } from '#core/lifecycle.ts'
import { barredFromInside, barredFromWorking } from '#core/may.ts'
import { languages } from '#core/text.ts'
import { call } from '#web/http/call.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Blocks } from '#web/ui/blocks.tsx'
import { Button, LinkButton } from '#web/ui/button.tsx'
import { Facts } from '#web/ui/facts.tsx'
import { type Block, readMarkdown } from '#web/ui/markdown.ts'
import { Menu, MenuItem } from '#web/ui/menu.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Page, SideSection } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { State } from '#web/ui/state.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { ArticleForm } from './article-form.tsx'
import { ArticleState } from './article-state.tsx'
import { articleQuery } from './queries.ts'
import classes from './article.module.css'

const route = getRouteApi('/shell/articles/$id')

/** One article: to read for everybody whom it is for, to write for the provider's people. */
export function ArticlePage() {
  const { id } = route.useParams()
  const { data: article } = useSuspenseQuery(articleQuery(id))
  return <OneArticle key={id} article={article} />
}

function OneArticle({ article }: { readonly article: Article }) {
  const t = useText()
  const client = useQueryClient()
  const navigate = useNavigate()
  const asker = useAsker()
  const inside = barredFromInside(asker) === null
  const writes = barredFromWorking(asker) === null
  const { edit } = route.useSearch()
  const [failure, setFailure] = useState<unknown>(null)
  const { id, title, text, state, version } = article
  const show = (changed: Article) => {
    client.setQueryData(articleQuery(id).queryKey, changed)
    void client.invalidateQueries({ queryKey: ['articles', 'list'] })
  }
  useEffect(() => {
    // Not whoever looks after it: how often it is read is what counts. What is not counted is lost, and not worth a word.
    if (!inside) void call(api.openArticle, { params: { id } }).catch(() => undefined)
  }, [id, inside])
  async function step(to: Article['state']) {
    setFailure(null)
    try {
      show(await call(api.transitArticle, { params: { id }, body: { to } }))
    } catch (thrown) {
      setFailure(thrown)
    }
  }
  async function upToDate() {
    setFailure(null)
    try {
      show(await call(api.changeArticle, { params: { id }, body: { upToDate: true }, match: version }))
    } catch (thrown) {
      setFailure(thrown)
    }
  }
  async function translate(language: Article['language']) {
    setFailure(null)
    try {
      const made = await call(api.addArticle, { body: { source: id, language } })
      void client.invalidateQueries({ queryKey: ['articles'] })
      await navigate({ to: '/articles/$id', params: { id: made.id }, search: { edit: 'yes' } })
    } catch (thrown) {
      setFailure(thrown)
    }
  }
  const into = article.source === null ? languages.filter((each) => isLeft(article, each)) : []
  const toEdit = (on: boolean) =>
    void navigate({ to: '.', search: (before: object) => ({ ...before, edit: on ? ('yes' as const) : undefined }) })
  const steps = reachable(articleLifecycle, state)
  // What brings it to its readers is the step to take; all else is for when it is needed.
  const next = steps.find((to) => to === 'review' || to === 'published')
  const others = steps.filter((to) => to !== next)
  return (
    <Page
      title={title}
      crumb={
        inside ? <Link to="/articles">{t('knowledge.title')}</Link> : <Link to="/portal">{t('app.area.portal')}</Link>
      }
      actions={
        writes &&
        edit !== 'yes' && (
          <>
            {next && (
              <Button main onClick={() => void step(next)}>
                {t(`knowledge.step.${next}`)}
              </Button>
            )}
            <Button onClick={() => toEdit(true)}>{t('knowledge.edit')}</Button>
            {others.length + into.length > 0 && (
              <Menu button={<Button aria-label={t('app.tab.more')}>…</Button>}>
                {others.map((to) => (
                  <MenuItem key={to} onClick={() => void step(to)}>
                    {t(`knowledge.step.${to}`)}
                  </MenuItem>
                ))}
                {into.map((language) => (
                  <MenuItem key={language} onClick={() => void translate(language)}>
                    {t(`knowledge.translate.${language}`)}
                  </MenuItem>
                ))}
              </Menu>
            )}
          </>
        )
      }
      {...(inside && { side: <About article={article} /> })}
    >
      {failure !== null && <Problem failure={failure} />}
      {article.source?.behind && edit !== 'yes' && <Behind article={article} writes={writes} onUpToDate={upToDate} />}
      {writes && edit === 'yes' ? (
        <ArticleForm
          initial={{ ...article, customer: article.customer?.id ?? '', reviewDue: article.reviewDue ?? '' }}
          onCancel={() => toEdit(false)}
          onSave={async ({ title: said, text: words, language, audience, customer, reviewDue, knownError }) => {
            const change = { title: said, text: words, language, audience, knownError }
            const body = { ...change, customer: customer || null, reviewDue: reviewDue || null }
            show(await call(api.changeArticle, { params: { id }, body, match: version }))
            notify(t('knowledge.saved'))
            setTimeout(() => toEdit(false))
          }}
        />
      ) : (
        <Words text={text} />
      )}
      {state === 'published' && edit !== 'yes' && <Helpful article={article} inside={inside} onVoted={show} />}
    </Page>
  )
}

/** Whether nobody said the article in that language yet. */
function isLeft({ language, translations }: Article, other: Article['language']): boolean {
  return other !== language && !translations.some((each) => each.language === other)
}

interface BehindProps {
  readonly article: Article
  readonly writes: boolean
  readonly onUpToDate: () => Promise<void>
}

/** Whoever reads an older version is told so. */
function Behind({ article: { source }, writes, onUpToDate }: BehindProps) {
  const t = useText()
  if (source === null) return null
  return (
    <p className={classes.helpful} role="status">
      <State is="soon">{t('knowledge.behind')}</State>
      <Link to="/articles/$id" params={{ id: source.id }}>
        {source.title}
      </Link>
      {writes && <Button onClick={() => void onUpToDate()}>{t('knowledge.up-to-date')}</Button>}
    </p>
  )
}

/** Pictures from elsewhere are not fetched: they would tell who reads. */
function Words({ text }: { readonly text: string }) {
  const t = useText()
  const blocks = useMemo(
    () =>
      readMarkdown(text).map((block): Block =>
        block.kind === 'picture'
          ? { kind: 'paragraph', words: [{ text: block.text || block.file, as: 'link', to: block.file }] }
          : block,
      ),
    [text],
  )
  return blocks.length === 0 ? <p className="pl-quiet">{t('knowledge.empty')}</p> : <Blocks blocks={blocks} />
}

interface HelpfulProps {
  readonly article: Article
  readonly inside: boolean
  readonly onVoted: (article: Article) => void
}

function Helpful({ article: { id, title }, inside, onVoted }: HelpfulProps) {
  const t = useText()
  const [voted, setVoted] = useState(false)
  async function vote(helpful: boolean) {
    setVoted(true)
    try {
      onVoted(await call(api.voteOnArticle, { params: { id }, body: { helpful } }))
    } catch {
      setVoted(false)
    }
  }
  return (
    <div className={classes.helpful} role="status">
      {voted ? (
        t('knowledge.helpful.done')
      ) : (
        <>
          <span>{t('knowledge.helpful')}</span>
          <Button onClick={() => void vote(true)}>{t('knowledge.helpful.yes')}</Button>
          <Button onClick={() => void vote(false)}>{t('knowledge.helpful.no')}</Button>
        </>
      )}
      {!inside && (
        <LinkButton to="/portal/report" search={{ title }}>
          {t('knowledge.report')}
        </LinkButton>
      )}
    </div>
  )
}

function About({ article }: { readonly article: Article }) {
  const t = useText()
  const format = useFormat()
  const { state, audience, customer, language, owner, reviewDue, used, helpful, unhelpful, updatedAt } = article
  const { knownError, source, translations } = article
  const facts = [
    { name: t('knowledge.field.state'), value: <ArticleState state={state} /> },
    { name: t('knowledge.field.audience'), value: t(`knowledge.audience.${audience}`) },
    ...(customer ? [{ name: t('knowledge.field.customer'), value: customer.name }] : []),
    { name: t('knowledge.field.language'), value: t(`knowledge.language.${language}`) },
    ...(knownError ? [{ name: t('knowledge.field.kind'), value: t('knowledge.known-error') }] : []),
    ...(source ? [{ name: t('knowledge.field.source'), value: <Other of={source} /> }] : []),
    ...translations.map((each) => ({
      name: t('knowledge.field.translation'),
      value: <Other of={{ ...each, title: t(`knowledge.language.${each.language}`) }} />,
    })),
    { name: t('knowledge.field.owner'), value: owner?.name ?? t('knowledge.nobody') },
    ...(reviewDue === null
      ? []
      : [{ name: t('knowledge.field.review-due'), value: format.date(new Date(`${reviewDue}T12:00Z`), 'UTC') }]),
    { name: t('knowledge.field.used'), value: format.number(used) },
    { name: t('knowledge.field.votes'), value: t('knowledge.votes', { helpful, unhelpful }) },
    { name: t('knowledge.field.changed'), value: format.instant(updatedAt) },
  ]
  return (
    <SideSection title={t('knowledge.title')}>
      <Facts facts={facts} small />
    </SideSection>
  )
}

function Other({ of }: { readonly of: { readonly id: string; readonly title: string; readonly behind: boolean } }) {
  const t = useText()
  return (
    <>
      <Link to="/articles/$id" params={{ id: of.id }}>
        {of.title}
      </Link>{' '}
      {of.behind && <State is="soon">{t('knowledge.older')}</State>}
    </>
  )
}
