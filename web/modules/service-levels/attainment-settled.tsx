import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { attainmentOf } from '#core/attainment.ts'
import type { AttainmentReport, Period as Settled } from '#api/service-levels'
import { Section } from '#web/ui/page.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { AdjustmentTable } from './adjustment-table.tsx'
import type { Period } from './attainment-period.ts'
import { periodQuery } from './periods-queries.ts'

interface SettledProps {
  readonly customer: string
  readonly period: Period
  readonly report: AttainmentReport
}

/** How far the month is settled, what is known of it by now, and what is entered in it about earlier ones. */
export function SettledSection({ customer, period, report }: SettledProps) {
  const t = useText()
  const month = period.from.slice(0, 7)
  const { data: settled = null } = useQuery({ ...periodQuery(customer, month), enabled: period.kind === 'month' })
  const closed = settled !== null && settled.state !== 'open'
  const { entries, resolution } = report.adjustments
  if (!closed && entries === 0) return null
  const signed = (value: number) => (value > 0 ? `+${value}` : String(value).replace('-', '−'))
  const { met, failed, excluded } = resolution
  return (
    <Section title={t('periods.settled')} aside={<Link to="/periods">{t('periods.settled.all')}</Link>}>
      {closed && <About customer={customer} settled={settled} />}
      {entries > 0 && (
        <>
          <h3>{t('periods.settled.entered')}</h3>
          <p className="pl-quiet">
            {t('periods.settled.entered-sum', {
              met: signed(met),
              failed: signed(failed),
              excluded: signed(excluded),
            })}
          </p>
          <AdjustmentTable
            filter={{ customer, from: period.from, to: period.to, moving: 'true' }}
            label={t('periods.settled.entered')}
          />
        </>
      )}
    </Section>
  )
}

/** A closed month: that it stays, and both figures where they differ. */
function About({ customer, settled }: { readonly customer: string; readonly settled: Settled }) {
  const t = useText()
  const format = useFormat()
  const { month: named, state, changedAt, adjustments, adjustedBy } = settled
  const month = format.month(named)
  const values = { month, at: changedAt === null ? '' : format.instant(changedAt), count: adjustments }
  const known = attainmentOf({
    met: settled.met + adjustedBy.met,
    failed: settled.failed + adjustedBy.failed,
    excluded: settled.excluded + adjustedBy.excluded,
  })
  const share = known && format.percent(known)
  return (
    <>
      <p>
        {t(state === 'locked' ? 'periods.settled.locked' : 'periods.settled.soft', values)}{' '}
        {adjustments > 0 &&
          known !== null &&
          t('periods.settled.known', {
            ratio: share === null ? format.ratio(known) : `${format.ratio(known)} (${share})`,
          })}
      </p>
      {adjustments > 0 && (
        <>
          <h3>{t('periods.settled.about', { month })}</h3>
          <AdjustmentTable
            filter={{ customer, about: named, moving: 'true' }}
            label={t('periods.settled.about', { month })}
          />
        </>
      )}
    </>
  )
}
