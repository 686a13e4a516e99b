import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import * as api from '#api/reviews'
import type { Composition } from '#api/reviews'
import { type Language, languages } from '#core/text.ts'
import { call } from '#web/http/call.ts'
import { compositionQuery, reviewQuery } from '#web/modules/reviews/queries.ts'
import { ComposeClaim, type ClaimDraft } from '#web/modules/reviews/compose-claim.tsx'
import { ReviewChapters } from '#web/modules/reviews/review-chapters.tsx'
import { ReviewPreview } from '#web/modules/reviews/review-preview.tsx'
import { ReviewStory } from '#web/modules/reviews/review-story.tsx'
import { Button, Buttons } from '#web/ui/button.tsx'
import { TextAreaField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Page, Section } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { type Row, rowsOf, withChange, withoutRow, withRow } from '#web/ui/rows.ts'
import { Pick, Sentence } from '#web/ui/sentence.tsx'
import { Text, useLanguage, useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import classes from './compose-page.module.css'

const route = getRouteApi('/shell/reviews/$id/compose')
const CLAIMS_AT_MOST = 5

/** The story of a review: what the rules propose, written on by hand, beside what it will look like. */
export function ComposePage() {
  const t = useText()
  const format = useFormat()
  const navigate = useNavigate()
  const own = useLanguage()
  const { id } = route.useParams()
  const language = route.useSearch().in ?? own
  const { data: review } = useSuspenseQuery(reviewQuery(id))
  const { data: composition } = useSuspenseQuery(compositionQuery(id, language))
  const title = t('reviews.compose.title', { customer: review.customerName, month: format.month(review.month) })
  return (
    <Page
      title={title}
      lede={t(composition.editable ? 'reviews.compose.lede' : 'reviews.compose.closed')}
      crumb={
        <Link to="/reviews/$id" params={{ id }} search={{ in: language }}>
          {t('reviews.compose.back')}
        </Link>
      }
    >
      <Sentence>
        <Text
          id="reviews.compose.reading"
          components={{
            language: (
              <Pick
                label={t('reviews.language')}
                options={languages.map((value) => ({ value, label: t(`reviews.page.language.${value}`) }))}
                value={language}
                onChange={(value) => void navigate({ to: '.', search: { in: value }, replace: true })}
              />
            ),
          }}
        />
      </Sentence>
      <div className={classes.beside}>
        {composition.editable ? (
          <StoryForm key={`${language} ${composition.version}`} id={id} language={language} composition={composition} />
        ) : (
          <ReviewStory id={id} language={language} />
        )}
        <div>
          {composition.drawing && <p aria-live="polite">{t('reviews.compose.drawing')} …</p>}
          <ReviewPreview id={id} language={language} stamp={composition.drawnAt?.getTime() ?? 0} />
        </div>
      </div>
      <Section title={t('reviews.chapters')} hint={t('reviews.chapters.hint')}>
        <ReviewChapters chapters={composition.chapters} review={review} />
      </Section>
    </Page>
  )
}

interface StoryFormProps {
  readonly id: string
  readonly language: Language
  readonly composition: Composition
}

interface Draft {
  readonly headline: string
  readonly claims: readonly Row<ClaimDraft>[]
  readonly ask: string
}

function draftOf({ headline, claims, ask }: Composition['story']): Draft {
  return {
    headline,
    ask: ask ?? '',
    claims: rowsOf(
      claims.map(({ text, fact, felt }) => ({
        text,
        fact,
        felt: felt.kind === 'said' ? felt.ref : '',
        why: felt.kind === 'none' ? felt.why : '',
      })),
    ),
  }
}

function StoryForm({ id, language, composition }: StoryFormProps) {
  const t = useText()
  const cache = useQueryClient()
  const [busy, setBusy] = useState(false)
  const { version, problems, facts, felt } = composition
  const params = { id, language }
  const kept = (next: Composition) => {
    cache.setQueryData(compositionQuery(id, language).queryKey, next)
    void cache.invalidateQueries({ queryKey: ['reviews', id, 'story'] })
  }
  const form = useForm<Draft>({
    initial: draftOf(composition.story),
    submit: async ({ headline, claims, ask }) => {
      const story = {
        headline,
        ask: ask.trim() === '' ? null : ask.trim(),
        claims: claims.map(({ text, fact, felt: chosen, why }) => ({
          text,
          fact,
          felt: chosen === '' ? { kind: 'none' as const, why } : { kind: 'said' as const, ref: chosen },
        })),
      }
      const next = await call(api.writeStory, { params, body: { ...story, version } })
      kept(next)
      notify(t(next.problems.length === 0 ? 'reviews.compose.saved' : 'reviews.compose.saved-unsound'))
    },
  })
  async function reset() {
    setBusy(true)
    try {
      kept(await call(api.resetStory, { params }))
    } finally {
      setBusy(false)
    }
  }
  const { claims } = form.values
  const first = facts[0]
  return (
    <div lang={language}>
      {problems.length > 0 && (
        <Problem title={t('reviews.compose.problems', { n: problems.length })}>
          <ul>
            {problems.map(({ kind, where, what }) => (
              <li key={`${where} ${kind} ${what}`}>{t(`reviews.compose.problem.${kind}`, { where, what })}</li>
            ))}
          </ul>
        </Problem>
      )}
      <Form form={form} action={t('reviews.compose.save')} guard>
        <TextAreaField field={form.field('headline')} label={t('reviews.compose.headline')} rows={2} maxLength={240} />
        {claims.map((claim, index) => (
          <ComposeClaim
            key={claim.row}
            number={index + 1}
            claim={claim}
            facts={facts}
            felt={felt}
            onChange={(changed) => form.set({ claims: withChange(claims, claim.row, changed) })}
            onRemove={claims.length > 1 ? () => form.set({ claims: withoutRow(claims, claim.row) }) : null}
          />
        ))}
        {claims.length < CLAIMS_AT_MOST && first !== undefined && (
          <Buttons>
            <Button
              onClick={() =>
                form.set({
                  claims: withRow(claims, {
                    text: first.text,
                    fact: first.ref,
                    felt: '',
                    why: t('reviews.compose.not-asked'),
                  }),
                })
              }
            >
              {t('reviews.compose.add')}
            </Button>
          </Buttons>
        )}
        <TextAreaField
          field={form.field('ask')}
          label={t('reviews.compose.ask')}
          hint={t('reviews.compose.ask-hint')}
          rows={2}
          maxLength={240}
          optional
        />
      </Form>
      {version > 0 && (
        <Buttons>
          <Button busy={busy} onClick={() => void reset()}>
            {t('reviews.compose.reset')}
          </Button>
        </Buttons>
      )}
    </div>
  )
}
