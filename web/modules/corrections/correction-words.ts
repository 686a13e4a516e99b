import type { Correction } from '#api/corrections'
import type { Say } from '#web/ui/text.tsx'
import type { Format } from '#web/ui/format.ts'
import { textChoice } from '#web/ui/text-choice.ts'

/** What is corrected, as a title: `15 June 2026 in Office hours: nobody was there`. */
export function correctionTitle(t: Say, format: Format, { change, kind, about, reason }: Correction): string {
  const name = about?.name ?? ''
  if (change === null) return reason
  switch (change.kind) {
    case 'late-holiday':
      return t('corrections.what.late-holiday', {
        date: dateWords(format, change.date),
        calendar: name,
        label: change.label,
        labelled: change.label === '' ? 'no' : 'yes',
      })
    case 'corrected-timestamp':
      return t('corrections.what.corrected-timestamp', { number: name })
    case 'disputed-pause':
      return t('corrections.what.disputed-pause', { number: name })
    case 'late-pause':
      return t('corrections.what.late-pause', { number: name })
    case 'wrong-agreement':
      return t('corrections.what.wrong-agreement', { number: name })
    case 'back-dated-contract':
      return t('corrections.what.back-dated-contract', { agreement: name })
    case 'exclusion':
      return t('corrections.what.exclusion', { number: name })
    case 'order-timestamp':
    case 'order-pause':
    case 'order-agreement':
    case 'order-exclusion':
      return t(`corrections.what.${change.kind}`, { number: name })
    case 'availability':
      return t('corrections.what.availability', { service: name, of: textChoice(change.fact.of) })
    default:
      return kind
  }
}

/** A day without a zone, in words. */
export function dateWords(format: Format, date: string): string {
  return format.date(new Date(`${date}T12:00:00Z`), 'UTC')
}
