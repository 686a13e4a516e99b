import type { Escalation } from '#api/escalations'
import { State, type Standing } from '#web/ui/state.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useNow } from '#web/ui/use-now.ts'

const standing: Readonly<Record<Escalation['state'], Standing>> = {
  raised: 'soon',
  acknowledged: 'runs',
  'plan-agreed': 'runs',
  'in-execution': 'runs',
  'outcome-reached': 'met',
  confirmed: 'met',
  withdrawn: 'none',
}

/** How far an escalation has got. */
export function EscalationState({ state }: Pick<Escalation, 'state'>) {
  const t = useText()
  return <State is={standing[state]}>{t(`escalations.state.${state}`)}</State>
}

/** When the next word is promised; that it is late is not said by colour alone. */
export function NextWord({ due }: { readonly due: Date | null }) {
  const t = useText()
  const format = useFormat()
  const now = useNow()
  if (due === null) return '–'
  const when = format.instant(due)
  return due < now ? <State is="miss">{t('escalations.next-late', { when })}</State> : when
}
