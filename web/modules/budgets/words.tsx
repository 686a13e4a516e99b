import type { AppropriationState } from '#api/budgets'
import { type Standing, State } from '#web/ui/state.tsx'
import { useText } from '#web/ui/text.tsx'

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

export function AppropriationStateWord({ state }: { readonly state: AppropriationState }) {
  const t = useText()
  return <State is={standing[state]}>{t(`budgets.state.${state}`)}</State>
}
