import type { Run } from '#api/forums'
import { State } from '#web/ui/state.tsx'
import { useText } from '#web/ui/text.tsx'

/** Whether a meeting was held; that nobody said so is a state of its own. */
export function RunState({ of: { state, unrecorded } }: { readonly of: Pick<Run, 'state' | 'unrecorded'> }) {
  const t = useText()
  if (unrecorded) return <State is="soon">{t('forums.state.unrecorded')}</State>
  const is = state === 'held' ? 'met' : state === 'not-held' ? 'miss' : 'none'
  return <State is={is}>{t(`forums.state.${state}`)}</State>
}
