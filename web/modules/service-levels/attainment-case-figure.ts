import type { AttainmentCase } from '#api/service-levels'
import type { Format } from '#web/ui/format.ts'
import type { Say } from '#web/ui/text.tsx'

/** What says most about a case in one figure: by how much it was over, else how much of its time it took. */
export function caseFigure({ elapsedSeconds, targetSeconds, state }: AttainmentCase, t: Say, format: Format): string {
  if (state === 'breached-stopped')
    return t('attainment.case.over', { by: format.duration((elapsedSeconds - targetSeconds) * 1000) })
  return t('attainment.case.used', { percent: Math.floor((elapsedSeconds / targetSeconds) * 100) })
}
