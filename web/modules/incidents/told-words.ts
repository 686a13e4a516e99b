import type { Adjustment } from '#api/service-levels'
import type { Format } from '#web/ui/format.ts'
import type { Say } from '#web/ui/text.tsx'

const reasons = ['customer-caused', 'force-majeure', 'agreed', 'duplicate', 'data-error'] as const

/** Why a result is left out; an older hand's reason as it was written. */
export function excludedWords(t: Say, reason: string | null): string {
  const known = reasons.find((each) => each === reason)
  return known === undefined ? (reason ?? '–') : t(`incidents.told.reason.${known}`)
}

/** `met, 3 h of 10 h` */
export function resultWords(t: Say, format: Format, result: Adjustment['before']): string {
  if (result === null) return t('incidents.told.result.none')
  if (result.stoppedAt === null) return t('incidents.told.result.open')
  if (result.state === 'cancelled') return t('incidents.told.result.cancelled')
  const verdict = result.excluded ? 'excluded' : result.state === 'met' ? 'met' : 'missed'
  return t(`incidents.told.result.${verdict}`, {
    used: format.duration(result.elapsedSeconds * 1000),
    target: format.duration(result.targetSeconds * 1000),
  })
}
