import type { Review } from '#api/reviews'
import { State } from '#web/ui/state.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'

/** How far a review has got: made, issued, or not. */
export function ReviewState({ review: { state, issuedAt } }: { readonly review: Pick<Review, 'state' | 'issuedAt'> }) {
  const t = useText()
  const format = useFormat()
  if (issuedAt !== null) return <State is="met">{t('reviews.state.issued', { when: format.date(issuedAt) })}</State>
  if (state === 'failed') return <State is="miss">{t('reviews.state.failed')}</State>
  if (state === 'done') return <State is="none">{t('reviews.state.done')}</State>
  return <State is="runs">{t(state === 'queued' ? 'reviews.state.queued' : 'reviews.state.running')}</State>
}
