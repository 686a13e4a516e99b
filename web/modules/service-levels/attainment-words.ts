import type { Metric, Priority } from '#api/service-levels'
import type { Ratio } from '#core/attainment.ts'
import { FAIR_SAMPLE, type Format } from '#web/ui/format.ts'
import type { Say } from '#web/ui/text.tsx'
import type { Figure } from './attainment-figures.ts'
import { addDays, noonOf, type Period } from './attainment-period.ts'

/** `P2 resolution` */
export function figureName(
  t: Say,
  { priority, metric }: { readonly priority: Priority; readonly metric: Metric },
): string {
  return t('attainment.figure', { priority: priority.toUpperCase(), metric })
}

/** `October 2026`, `November 2025 to October 2026`, `15 to 30 September 2026`. */
export function periodWords(t: Say, format: Format, { kind, from, to }: Period): string {
  const last = addDays(to, -1)
  if (kind === 'month') return format.month(from.slice(0, 7))
  if (kind === 'last-12')
    return t('attainment.from-to', { from: format.month(from.slice(0, 7)), to: format.month(last.slice(0, 7)) })
  return t('attainment.from-to', { from: format.date(noonOf(from), 'UTC'), to: format.date(noonOf(last), 'UTC') })
}

/** The first and the last day, for a door. */
export function daysWords(
  t: Say,
  format: Format,
  { from, to }: { readonly from: string; readonly to: string },
): string {
  return t('attainment.from-to', {
    from: format.date(noonOf(from), 'UTC'),
    to: format.date(noonOf(addDays(to, -1)), 'UTC'),
  })
}

/** What was promised: `16 h`, or `4 h or 8 h` where agreements differ. */
export function targetWords(t: Say, format: Format, { targetSeconds }: Pick<Figure, 'targetSeconds'>): string {
  const [first, ...others] = targetSeconds.map((seconds) => format.duration(seconds * 1000))
  return others.reduce((said, next) => t('attainment.or', { first: said, last: next }), first ?? '')
}

/** `89.1 %`, or why there is no percentage. */
export function shareWords(t: Say, format: Format, ratio: Ratio): string {
  return format.percent(ratio) ?? t('attainment.too-few', { count: ratio.denominator, enough: FAIR_SAMPLE })
}

const excludedFor = ['customer-caused', 'force-majeure', 'agreed', 'duplicate', 'data-error'] as const

/** Why a result is left out; an older hand's reason as it was written. */
export function exclusionWords(t: Say, reason: string | null): string {
  const known = excludedFor.find((each) => each === reason)
  return known === undefined ? (reason ?? t('attainment.case.no-reason')) : t(`attainment.excluded-for.${known}`)
}
