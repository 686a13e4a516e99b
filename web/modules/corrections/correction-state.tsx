import type { Correction } from '#api/corrections'
import { State, type Standing } from '#web/ui/state.tsx'
import { useText } from '#web/ui/text.tsx'

const standing: Readonly<Record<Correction['state'], Standing>> = {
  draft: 'none',
  computing: 'runs',
  computed: 'soon',
  approved: 'runs',
  applied: 'met',
  rejected: 'none',
  failed: 'miss',
}

/** How far a correction has got. */
export function CorrectionState({ state }: Pick<Correction, 'state'>) {
  const t = useText()
  return <State is={standing[state]}>{t(`corrections.state.${state}`)}</State>
}
