import type { ChangeState } from '#api/contract-changes'
import { type Standing, State } from '#web/ui/state.tsx'
import { useText } from '#web/ui/text.tsx'

const standing: Readonly<Record<ChangeState, Standing>> = {
  requested: 'none',
  'impact-assessment': 'runs',
  offered: 'runs',
  negotiation: 'soon',
  approved: 'soon',
  signed: 'met',
  implemented: 'met',
  closed: 'met',
  rejected: 'none',
  lapsed: 'miss',
}

export function ChangeStateWord({ state }: { readonly state: ChangeState }) {
  const t = useText()
  return <State is={standing[state]}>{t(`changes.state.${state}`)}</State>
}
