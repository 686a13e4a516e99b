import type { CorrectionDifference } from '#api/corrections'
import { type Standing, State } from '#web/ui/state.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'

type Result = CorrectionDifference['before']

/** What a result says: its verdict, and what was counted of which target. */
export function ResultState({ result }: { readonly result: Result }) {
  const t = useText()
  const format = useFormat()
  if (result === null) return <State is="none">{t('corrections.no-clock')}</State>
  const used = format.durationCell(result.elapsedSeconds * 1000)
  const target = format.durationCell(result.targetSeconds * 1000)
  return (
    <State is={standingOf(result)}>
      {t(`corrections.result.${verdictOf(result)}`)}{' '}
      <span className="pl-quiet pl-nowrap">{t('corrections.used-of', { used, target })}</span>
    </State>
  )
}

function verdictOf({ excluded, state }: NonNullable<Result>) {
  if (excluded) return 'excluded'
  if (state === 'met') return 'met'
  return state === 'breached-stopped' || state === 'breached-running'
    ? 'missed'
    : state === 'cancelled'
      ? 'cancelled'
      : 'open'
}

function standingOf(result: NonNullable<Result>): Standing {
  const verdict = verdictOf(result)
  if (verdict === 'met') return 'met'
  if (verdict === 'missed') return 'miss'
  return verdict === 'open' ? 'runs' : 'none'
}
