import type { ReviewFacts } from '#api/reviews'
import { type Standing, State } from '#web/ui/state.tsx'
import type { Column } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'

type Verdict = ReviewFacts['targets'][number]['verdict']

const standingOf: Readonly<Record<Verdict, Standing>> = {
  met: 'met',
  'met-by-allowance': 'met',
  missed: 'miss',
  'not-measured': 'none',
}

/** What came of a promise, the last column of those that tell it. */
export function useVerdictColumn<Row extends { readonly verdict: Verdict }>(): Column<Row> {
  const t = useText()
  return {
    key: 'result',
    head: t('reviews.page.result'),
    narrow: 'under',
    cell: ({ verdict }) => <State is={standingOf[verdict]}>{t(`reviews.page.verdict.${verdict}`)}</State>,
  }
}
