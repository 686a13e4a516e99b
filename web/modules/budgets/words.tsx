import { useSuspenseQuery } from '@tanstack/react-query'
import type { AppropriationState, BudgetLine } from '#api/budgets'
import { type Standing, State } from '#web/ui/state.tsx'
import { useText } from '#web/ui/text.tsx'
import { wordQuery } from './queries.ts'

const standing: Readonly<Record<AppropriationState, Standing>> = {
  draft: 'none',
  review: 'runs',
  submitted: 'runs',
  approved: 'met',
  open: 'runs',
  committed: 'runs',
  capitalised: 'met',
  closed: 'met',
  'post-reviewed': 'met',
  rejected: 'miss',
  'supplement-required': 'soon',
}

/** Which money it is; what is asked for has the name that it has here. */
export function useFundWord(): (fund: BudgetLine['fund']) => string {
  const t = useText()
  const { data: word } = useSuspenseQuery(wordQuery())
  return (fund) => (fund === 'appropriation' ? word : t(`budgets.fund.${fund}`))
}

export function AppropriationStateWord({ state }: { readonly state: AppropriationState }) {
  const t = useText()
  return <State is={standing[state]}>{t(`budgets.state.${state}`)}</State>
}
