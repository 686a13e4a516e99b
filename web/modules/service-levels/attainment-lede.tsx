import type { Agreement, AttainmentReport } from '#api/service-levels'
import { attainmentOf, pooled } from '#core/attainment.ts'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { type Period } from './attainment-period.ts'

interface LedeProps {
  readonly period: Period
  readonly report: AttainmentReport | undefined
  readonly agreements: readonly Agreement[]
  /** Of one customer, in whose days it is counted. */
  readonly ofOne: boolean
}

/** By what is counted, in whose days, what was left out, and what the source system said of itself. */
export function AttainmentLede({ period, report, agreements, ofOne }: LedeProps) {
  const t = useText()
  const format = useFormat()
  if (report === undefined) return null
  const { total, timeZone } = report
  const { met, failed, excluded } = pooled([total.byMetric.resolution, total.byMetric.response])
  const named = agreements.flatMap(({ name, versions }) => {
    const version = versions.find(
      ({ state, validFrom }) => state === 'active' && validFrom < new Date(`${period.to}T00:00:00Z`),
    )
    return version ? [t('attainment.version', { name, number: version.number })] : []
  })
  const reported = total.reported && attainmentOf({ ...total.reported, excluded: 0 })
  return (
    <>
      {named.length > 0 && <>{format.list(named)}. </>}
      {t('attainment.basis', { zone: format.zone(timeZone), ofOne: ofOne ? 'yes' : 'no' })}
      {met + failed + excluded > 0 && (
        <>
          {' '}
          {t('attainment.excluded', {
            count: excluded,
            excluded: format.number(excluded),
            all: format.number(met + failed + excluded),
          })}
        </>
      )}
      {reported && (
        <> {t('attainment.as-reported', { ratio: format.ratio(reported), share: format.percent(reported) ?? '' })}</>
      )}
    </>
  )
}
