import type { FrictionState as Stage } from '#api/friction'
import { State } from '#web/ui/state.tsx'
import { useText } from '#web/ui/text.tsx'

const looks = {
  observed: 'soon',
  validated: 'soon',
  owned: 'runs',
  fixing: 'runs',
  'fix-deployed': 'runs',
  verified: 'met',
  closed: 'met',
  accepted: 'none',
} as const

export function FrictionState({ state }: { readonly state: Stage }) {
  const t = useText()
  return <State is={looks[state]}>{t(`friction.state.${state}`)}</State>
}
