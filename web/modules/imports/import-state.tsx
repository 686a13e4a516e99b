import type { ImportView } from '#api/imports'
import { State } from '#web/ui/state.tsx'
import { useText } from '#web/ui/text.tsx'

/** How an import stands, as shape and word. */
export function ImportState({
  of: { state, dryRun, phase },
}: {
  readonly of: Pick<ImportView, 'state' | 'dryRun' | 'phase'>
}) {
  const t = useText()
  if (state === 'running')
    return <State is="runs">{t(phase === 'undoing' ? 'imports.state.undoing' : 'imports.state.running')}</State>
  if (state === 'failed') return <State is="miss">{t('imports.state.failed')}</State>
  if (state === 'cancelled') return <State is="paused">{t('imports.state.cancelled')}</State>
  if (state === 'done')
    return dryRun ? (
      <State is="none">{t('imports.state.tried')}</State>
    ) : (
      <State is="met">{t('imports.state.done')}</State>
    )
  return <State is="none">{t(`imports.state.${state}`)}</State>
}
