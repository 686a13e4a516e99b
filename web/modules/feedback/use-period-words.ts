import type { ExperienceGrouping } from '#api/feedback'
import { addMonths } from '#web/ui/month.ts'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import type { Narrowed } from './queries.ts'

/** Of which months the figures of a group are, in words: a group that is a month is of that one. */
export function usePeriodWords(by: ExperienceGrouping, { from, to }: Narrowed): (key: string) => string {
  const t = useText()
  const format = useFormat()
  return (key) => {
    if (by === 'month' && key !== 'total') return format.month(key)
    if (from === undefined || to === undefined) return t('feedback.experience.all-months')
    const [first, last] = [from.slice(0, 7), addMonths(to.slice(0, 7), -1)]
    if (first === last) return format.month(first)
    return t('feedback.experience.months', { from: format.month(first), to: format.month(last) })
  }
}
