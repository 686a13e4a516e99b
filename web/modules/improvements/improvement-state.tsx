import type { ImprovementState as Stage } from '#api/improvements'
import { State, type Standing } from '#web/ui/state.tsx'
import { useText } from '#web/ui/text.tsx'

const standing: Readonly<Record<Stage, Standing>> = {
  idea: 'none',
  assessed: 'none',
  approved: 'soon',
  plan: 'runs',
  do: 'runs',
  check: 'runs',
  standardised: 'paused',
  'benefit-verified': 'met',
  closed: 'met',
  stopped: 'none',
}

/** How far an improvement has got. */
export function ImprovementState({ state }: { readonly state: Stage }) {
  const t = useText()
  return <State is={standing[state]}>{t(`improvements.state.${state}`)}</State>
}
