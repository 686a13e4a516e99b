import type { AttainmentReport } from '#api/service-levels'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { conclusionOf, type Figure } from './attainment-figures.ts'
import type { Period } from './attainment-period.ts'
import { figureName, periodWords } from './attainment-words.ts'

interface Shown {
  readonly period: Period
  readonly figures: readonly Figure[]
  readonly report: AttainmentReport | undefined
  /** The period has ended: what it says stays. */
  readonly isOver: boolean
}

/** Named in the title; more than these are only counted. */
const NAMED = 2

/** What is the case, in one sentence. */
export function useTitle({ period, figures, report, isOver }: Shown): string {
  const t = useText()
  const format = useFormat()
  const name = periodWords(t, format, period)
  const when = isOver ? name : t('attainment.so-far', { period: name })
  if (report === undefined) return when
  const { kind, kept, judged, missed } = conclusionOf(figures)
  const names = missed.map((figure) => figureName(t, figure))
  const missing = t('attainment.title.missed', {
    count: missed.length,
    names: format.list(names.slice(0, NAMED)),
    first: names[0] ?? '',
    several: missed.length > NAMED ? 'yes' : 'no',
  })
  if (kind === 'all' || kind === 'some' || kind === 'none')
    return t(`attainment.title.${kind}`, { period: when, kept, judged, missing })
  const { attainment } = report.total
  if (attainment !== null) return t('attainment.title.ratio', { period: when, ratio: format.ratio(attainment) })
  return t('attainment.title.nothing', { period: when })
}
