import { useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import * as api from '#api/reviews'
import { barredFromIssuing, type ReviewFacts, type ReviewWithFacts } from '#api/reviews'
import { type Language, languages } from '#core/text.ts'
import { call, urlOf } from '#web/http/call.ts'
import { WhatFollows } from '#web/modules/actions/index.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { isInTheMaking, monthQuery, reviewQuery } from '#web/modules/reviews/queries.ts'
import { ReviewAvailability } from '#web/modules/reviews/review-availability.tsx'
import { ReviewCycle } from '#web/modules/reviews/review-cycle.tsx'
import { ReviewLevels } from '#web/modules/reviews/review-levels.tsx'
import { ReviewMisses } from '#web/modules/reviews/review-misses.tsx'
import { ReviewPreview } from '#web/modules/reviews/review-preview.tsx'
import { ReviewState } from '#web/modules/reviews/review-state.tsx'
import { ReviewStory } from '#web/modules/reviews/review-story.tsx'
import { ReviewVoices } from '#web/modules/reviews/review-voices.tsx'
import { ReviewVolumes } from '#web/modules/reviews/review-volumes.tsx'
import { ReviewVersions } from '#web/modules/reviews/review-versions.tsx'
import { Button, LinkButton } from '#web/ui/button.tsx'
import { Facts } from '#web/ui/facts.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Page, Section, SideSection } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { Progress } from '#web/ui/progress.tsx'
import { Pick, Sentence } from '#web/ui/sentence.tsx'
import { Text, useLanguage, useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import classes from './review-page.module.css'

const route = getRouteApi('/shell/reviews/$id')

/** A month as it was told: its facts, and the documents to take along. */
export function ReviewPage() {
  const t = useText()
  const format = useFormat()
  const { id } = route.useParams()
  const { data: review } = useSuspenseQuery(reviewQuery(id))
  const month = format.month(review.month)
  const { facts } = review
  const own = useLanguage()
  const { in: chosen } = route.useSearch()
  const language = chosen ?? own
  return (
    <Page
      title={t('reviews.page.title', {
        customer: review.customerName,
        month,
        isReview: review.report === 'R01' ? 'yes' : 'no',
        report: t(`reviews.report.${review.report}`),
      })}
      lede={
        review.lockedAt && (
          <>
            {t('reviews.page.lede', { version: review.version, locked: format.instant(review.lockedAt) })}{' '}
            <ReviewState review={review} />
          </>
        )
      }
      crumb={<Link to="/reviews">{t('reviews.list.title')}</Link>}
      actions={<ReviewActions review={review} />}
      side={
        facts && (
          <>
            <ReviewSide review={review} facts={facts} />
            <WhatFollows origin={{ kind: 'review', id: review.id }} customer={review.customerId} />
          </>
        )
      }
    >
      {isInTheMaking(review.state) && (
        <Progress label={t('reviews.page.making', { month })} share={review.progress / 100} mayLeave />
      )}
      {review.state === 'failed' && (
        <Problem title={t('reviews.page.failed')}>
          <p>{review.failure}</p>
          <p>{t('reviews.page.failed-more')}</p>
        </Problem>
      )}
      {facts && (
        <>
          <Reading review={review} language={language} />
          <Section title={t('reviews.story')} hint={t('reviews.story.hint')}>
            <ReviewStory id={review.id} language={language} />
          </Section>
          <ReviewPreview id={review.id} language={language} />
          <ReviewBody facts={facts} customerId={review.customerId} month={review.month} />
          {review.issuedAt !== null && <ReviewVoices id={review.id} />}
          {review.report === 'R01' && <ReviewCycle id={review.id} />}
        </>
      )}
      <ReviewVersions review={review} />
    </Page>
  )
}

interface ReadingProps {
  readonly review: ReviewWithFacts
  readonly language: Language
}

/** Which edition and version is read, and in which language; it stands in the address. */
function Reading({ review, language }: ReadingProps) {
  const t = useText()
  const navigate = useNavigate()
  const { data: versions = [review] } = useQuery(monthQuery(review))
  const made = versions.filter(({ id, state }) => state === 'done' || id === review.id)
  return (
    <Sentence>
      <Text
        id="reviews.reading"
        components={{
          version: (
            <Pick
              label={t('reviews.version')}
              options={made.map(({ id, version, edition }) => ({
                value: id,
                label: t('reviews.version-of', { version, edition: t(`reviews.edition.${edition}`) }),
              }))}
              value={review.id}
              onChange={(id) => void navigate({ to: '/reviews/$id', params: { id }, search: true })}
            />
          ),
          language: (
            <Pick
              label={t('reviews.language')}
              options={languages.map((value) => ({ value, label: t(`reviews.page.language.${value}`) }))}
              value={language}
              onChange={(value) => void navigate({ to: '.', search: { in: value }, replace: true, resetScroll: false })}
            />
          ),
        }}
      />
    </Sentence>
  )
}

function ReviewActions({ review }: { readonly review: ReviewWithFacts }) {
  const t = useText()
  const cache = useQueryClient()
  const asker = useAsker()
  const [busy, setBusy] = useState(false)
  if (asker.access === 'customer' || isInTheMaking(review.state)) return null
  const barred = barredFromIssuing(asker)
  async function issue() {
    setBusy(true)
    try {
      await call(api.issueReview, { params: { id: review.id } })
      await cache.invalidateQueries({ queryKey: ['reviews'] })
      notify(t('reviews.page.issued'))
    } finally {
      setBusy(false)
    }
  }
  const mayIssue = review.state === 'done' && review.issuedAt === null && review.edition !== 'internal'
  return (
    <>
      {mayIssue && (
        <Button main busy={busy} barred={barred && t(barred)} onClick={() => void issue()}>
          {t('reviews.page.issue')}
        </Button>
      )}
      {barred === null && review.state === 'done' && (
        <LinkButton to="/reviews/$id/compose" params={{ id: review.id }}>
          {t('reviews.compose')}
        </LinkButton>
      )}
      {barred === null && (
        <LinkButton to="/reviews/new" search={{ customer: review.customerId, month: review.month }}>
          {t('reviews.page.again')}
        </LinkButton>
      )}
    </>
  )
}

type BodyProps = Pick<ReviewWithFacts, 'customerId' | 'month'> & { readonly facts: ReviewFacts }

function ReviewBody({ facts, customerId, month }: BodyProps) {
  const t = useText()
  return (
    <>
      <Section title={t('reviews.page.levels')}>
        <ReviewLevels facts={facts} customerId={customerId} month={month} />
      </Section>
      {facts.availability && (
        <Section title={t('reviews.page.availability')}>
          <ReviewAvailability services={facts.availability} customerId={customerId} month={month} />
        </Section>
      )}
      <Section title={t('reviews.page.misses')}>
        <ReviewMisses facts={facts} />
      </Section>
      <Section title={t('reviews.page.volumes')}>
        <ReviewVolumes facts={facts} customerId={customerId} month={month} />
      </Section>
    </>
  )
}

function ReviewSide({ review, facts }: { readonly review: ReviewWithFacts; readonly facts: ReviewFacts }) {
  const t = useText()
  const format = useFormat()
  const agreements = facts.agreements.map(({ name, version }) => t('reviews.page.agreement-version', { name, version }))
  return (
    <>
      <SideSection title={t('reviews.page.documents')}>
        <ul className={classes.documents}>
          {review.documents.map(({ file, format: kind, language, bytes }) => (
            <li key={file}>
              <a href={urlOf(api.getReviewDocument, { params: { id: review.id, file } })} download>
                {t('reviews.page.download', {
                  format: t(`reviews.page.format.${kind}`),
                  language: t(`reviews.page.language.${language}`),
                })}
              </a>{' '}
              <span className="pl-quiet pl-small">{format.bytes(bytes)}</span>
            </li>
          ))}
        </ul>
      </SideSection>
      <SideSection title={t('reviews.page.lock')}>
        <Facts
          small
          facts={[
            { name: t('reviews.version'), value: String(review.version) },
            { name: t('reviews.edition'), value: t(`reviews.edition.${review.edition}`) },
            { name: t('reviews.page.locked'), value: format.instant(new Date(facts.lockedAt)) },
            { name: t('reviews.page.zone'), value: facts.customer.timeZone },
            { name: t('reviews.page.agreement'), value: format.list(agreements) || '–' },
            { name: t('reviews.page.excluded'), value: format.number(facts.excluded) },
            {
              name: t('reviews.page.checksum'),
              value: <code title={review.checksum ?? ''}>{review.checksum?.slice(0, 12)}</code>,
            },
          ]}
        />
      </SideSection>
    </>
  )
}
