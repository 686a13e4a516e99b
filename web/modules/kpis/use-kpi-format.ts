import type { ListedKpi } from '#api/kpis'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'

/** Minor units of most currencies; which one it is, is the contract's. */
export const MINOR = 100

/** Writes a value in the unit of its figure. */
export function useKpiFormat(): (unit: ListedKpi['unit'], value: number | null) => string {
  const t = useText()
  const format = useFormat()
  return (unit, value) => {
    if (value === null) return t('ui.state.none')
    if (unit === 'percent') return `${format.number(value, 1)}\u00a0%`
    if (unit === 'points') return `${value > 0 ? '+' : ''}${format.number(value, 0)}`
    if (unit === 'score') return format.number(value, 1)
    if (unit === 'money') return format.number(value / MINOR, 2)
    if (unit === 'hours') return t('kpis.hours', { hours: format.number(value, 1) })
    if (unit === 'duration') return format.duration(Math.round(value / 60_000) * 60_000)
    if (unit === 'days') return t('kpis.days', { days: format.number(value, 1) })
    if (unit === 'per-thousand') return t('kpis.per-thousand', { value: format.number(value, 1) })
    return format.number(value, unit === 'count' ? 0 : 2)
  }
}
