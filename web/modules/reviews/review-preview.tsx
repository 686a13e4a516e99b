import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import * as api from '#api/reviews'
import type { Language } from '#core/text.ts'
import { urlOf } from '#web/http/call.ts'
import { pagesQuery } from '#web/modules/reviews/queries.ts'
import { Button } from '#web/ui/button.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { Section } from '#web/ui/page.tsx'
import { useText } from '#web/ui/text.tsx'
import classes from './review-page.module.css'

interface ReviewPreviewProps {
  readonly id: string
  readonly language: Language
  /** Grows with each drawing. */
  readonly stamp?: number
}

/** The document page by page, as it prints. */
export function ReviewPreview({ id, language, stamp = 0 }: ReviewPreviewProps) {
  const t = useText()
  const { data } = useSuspenseQuery(pagesQuery(id, language, stamp))
  const [chosen, setNumber] = useState(1)
  const { count } = data
  if (count === 0)
    return (
      <Section title={t('reviews.preview')}>
        <Empty title={t('reviews.preview.none')}>{t('reviews.preview.none-more')}</Empty>
      </Section>
    )
  const number = Math.min(chosen, count)
  const said = t('reviews.preview.page', { number, count })
  return (
    <Section title={t('reviews.preview')} hint={t('reviews.preview.hint')}>
      <div className={classes.leaf} role="group" aria-label={t('reviews.preview.pages')}>
        <Button
          aria-label={t('reviews.preview.before')}
          aria-disabled={number === 1 || undefined}
          onClick={() => setNumber(Math.max(1, number - 1))}
        >
          ‹
        </Button>
        <span aria-live="polite">{t('reviews.preview.number', { number, count })}</span>
        <Button
          aria-label={t('reviews.preview.after')}
          aria-disabled={number === count || undefined}
          onClick={() => setNumber(Math.min(count, number + 1))}
        >
          ›
        </Button>
      </div>
      <img
        className={classes.paper}
        src={urlOf(api.getReviewPage, { params: { id, language, number }, query: { v: String(stamp) } })}
        alt={said}
        width={595}
        height={842}
      />
    </Section>
  )
}
