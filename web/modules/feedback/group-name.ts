import type { ExperienceGrouping } from '#api/feedback'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'

/** What a group of answers is called: a month by its name, what nobody stated by saying so. */
export function useGroupName(
  by: ExperienceGrouping,
): (group: { readonly key: string; readonly label: string }) => string {
  const t = useText()
  const format = useFormat()
  return ({ key, label }) => (by === 'month' ? format.month(key) : label === '' ? t('feedback.without') : label)
}
