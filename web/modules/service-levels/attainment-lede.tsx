import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Agreement, AttainmentReport } from '#api/service-levels'
import { attainmentOf, pooled } from '#core/attainment.ts'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { promisedIn } from './attainment-figures.ts'
import type { Period } from './attainment-period.ts'
import { openLateQuery } from './attainment-queries.ts'

interface LedeProps {
  readonly period: Period
  readonly customer: string | undefined
  readonly site: string | undefined
  readonly report: AttainmentReport | undefined
  readonly agreements: readonly Agreement[]
}

/** By what is counted, in whose days, what was left out, and what the source system said of itself. */
export function AttainmentLede({ period, customer, site, report, agreements }: LedeProps) {
  const t = useText()
  const format = useFormat()
  if (report === undefined) return null
  const { total, timeZone } = report
  const { met, failed, excluded } = pooled([total.byMetric.resolution, total.byMetric.response])
  const named = agreements.flatMap((agreement) =>
    promisedIn([agreement], period).map(({ number }) => t('attainment.version', { name: agreement.name, number })),
  )
  const reported = total.reported && attainmentOf({ ...total.reported, excluded: 0 })
  return (
    <>
      {named.length > 0 && <>{format.list(named)}. </>}
      {t('attainment.basis', {
        zone: format.zone(timeZone, new Date(period.from)),
        ofOne: customer === undefined ? 'no' : 'yes',
      })}
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
      {report.manyExcluded && <> {t('attainment.many-excluded')}</>}
      {reported && (
        <>
          {' '}
          {t('attainment.as-reported', { ratio: format.ratio(reported), share: format.percent(reported) ?? 'none' })}
        </>
      )}
      <OpenLate customer={customer} site={site} />
    </>
  )
}

/** What is late and still open is in no month yet: without it a month would look better than it was. */
function OpenLate({ customer, site }: Pick<LedeProps, 'customer' | 'site'>) {
  const t = useText()
  const { data } = useQuery(openLateQuery(customer, site))
  if (data === undefined || data.count === 0) return null
  return (
    <>
      {' '}
      <Link to="/incidents" search={{ customer, site, sort: 'dueAt' }}>
        {t('attainment.open-late', { count: data.count, more: data.more ? 'yes' : 'no' })}
      </Link>
    </>
  )
}
