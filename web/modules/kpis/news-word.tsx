import type { ListedKpi } from '#api/kpis'
import { State } from '#web/ui/state.tsx'
import { useText } from '#web/ui/text.tsx'
import { useKpiFormat } from './use-kpi-format.ts'

type Latest = NonNullable<ListedKpi['latest']>

interface NewsWordProps {
  readonly unit: ListedKpi['unit']
  readonly direction: ListedKpi['direction']
  readonly latest: Pick<Latest, 'signal' | 'limits'> | null
}

/** Whether a value is news, in words: without a signal it is what it always is. */
export function NewsWord({ unit, direction, latest }: NewsWordProps) {
  const t = useText()
  const written = useKpiFormat()
  if (latest === null) return <span className="pl-quiet">{t('ui.state.none')}</span>
  const { signal, limits } = latest
  if (limits === null) return <span className="pl-quiet">{t('kpis.few-months')}</span>
  if (signal === null) {
    // What it is a part of stands beside the value already.
    const of = unit === 'per-thousand' ? 'ratio' : unit
    return (
      <span className="pl-quiet">
        {t('kpis.usual', { low: written(of, limits.lower), high: written(of, limits.upper) })}
      </span>
    )
  }
  const better = (signal.direction === 'higher') === (direction === 'up')
  return (
    <State is={direction === 'none' ? 'soon' : better ? 'met' : 'miss'}>
      {t(`kpis.signal.${signal.direction}`)}, {t(`kpis.pattern.${signal.pattern}`)}
    </State>
  )
}
