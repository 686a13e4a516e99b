import type { ClockExplanation } from '#api/incidents'
import { useText } from '#web/ui/text.tsx'
import { excludedWords } from './told-words.ts'

/** Why a result is in none of the figures, and who said so. */
export function Excluded({ exclusion }: { readonly exclusion: NonNullable<ClockExplanation['exclusion']> }) {
  const t = useText()
  const { reason, evidence, approvedBy } = exclusion
  return (
    <p>
      {t('incidents.told.excluded', {
        reason: excludedWords(t, reason),
        evidence: evidence ?? '–',
        by: approvedBy ?? '–',
      })}
    </p>
  )
}
