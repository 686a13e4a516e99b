import type { WhatIf } from '#api/what-if'
import type { Format } from '#web/ui/format.ts'
import type { Say } from '#web/ui/text.tsx'

const DAY_MS = 86_400_000

/** `1 Apr to 30 Jun 2026`: the last day belongs to it. */
export function periodWords(t: Say, format: Format, { from, to }: Pick<WhatIf, 'from' | 'to'>): string {
  return t('what-if.period-of', { from: dayWords(format, from), to: dayWords(format, dayBefore(to)) })
}

function dayWords(format: Format, date: string): string {
  return format.date(new Date(`${date}T12:00:00Z`), 'UTC')
}

/** Local dates, as text. */
export function dayBefore(date: string): string {
  return new Date(Date.parse(date) - DAY_MS).toISOString().slice(0, 10)
}

export function dayAfter(date: string): string {
  return new Date(Date.parse(date) + DAY_MS).toISOString().slice(0, 10)
}

/** What came of it, in a sentence. */
export function outcomeWords(t: Say, { state, counts }: Pick<WhatIf, 'state' | 'counts'>): string {
  if (state !== 'done') return t(`what-if.outcome.${state}`)
  if (counts === null) return ''
  if (counts.clocks === 0) return t('what-if.outcome.empty')
  if (counts.flips === 0) return t('what-if.outcome.same', counts)
  return t('what-if.outcome.flips', { ...counts, other: counts.flips - counts.better - counts.worse })
}
