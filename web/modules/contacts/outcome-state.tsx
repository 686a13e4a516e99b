import type { Outcome } from '#api/contacts'
import { State } from '#web/ui/state.tsx'
import { useText } from '#web/ui/text.tsx'

const shapes = {
  open: 'runs',
  answered: 'met',
  incident: 'none',
  request: 'none',
  attached: 'none',
  abandoned: 'paused',
} as const

/** What came of a contact: shape and word. */
export function OutcomeState({ outcome }: { readonly outcome: Outcome }) {
  const t = useText()
  return <State is={shapes[outcome]}>{t(`contacts.outcome.${outcome}`)}</State>
}
