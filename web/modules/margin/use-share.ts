import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'

/** What is left of what came in, with two decimals; a dash where nothing came in. */
export function useShare(): (of: { readonly marginMinor: number; readonly revenueMinor: number }) => string {
  const t = useText()
  const format = useFormat()
  return ({ marginMinor, revenueMinor }) =>
    revenueMinor === 0 ? '–' : t('margin.percent', { percent: format.number((marginMinor / revenueMinor) * 100, 2) })
}
