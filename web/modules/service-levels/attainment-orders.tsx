import { Link } from '@tanstack/react-router'
import type { AttainmentReport } from '#api/service-levels'
import { Door } from '#web/ui/door.tsx'
import { Section } from '#web/ui/page.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import type { Period } from './attainment-period.ts'
import { periodWords } from './attainment-words.ts'

interface OrdersProps {
  readonly report: AttainmentReport
  /** Id. */
  readonly customer: string
  readonly period: Period
}

/** Orders that were delivered in the time that an agreement promises for them. Only where there were such. */
export function OrdersSection({ report, customer, period }: OrdersProps) {
  const t = useText()
  const format = useFormat()
  const { fulfilment } = report.total.byMetric
  if (fulfilment === undefined || fulfilment.attainment === null) return null
  const { met, failed, excluded, attainment, targetBp } = fulfilment
  const under = { customer, deliveredFrom: period.from, deliveredTo: period.to }
  return (
    <Section title={t('attainment.orders')}>
      <p>
        <Door
          label={format.ratio(attainment)}
          title={t('attainment.orders')}
          definition={t('attainment.orders.what')}
          period={periodWords(t, format, period)}
          sample={t('attainment.orders.sample', { count: attainment.denominator })}
        >
          <ul>
            {met > 0 && (
              <li>
                <Link to="/requests" search={{ ...under, fulfilment: 'met' }}>
                  {t('attainment.orders.met', { count: met })}
                </Link>
              </li>
            )}
            {failed > 0 && (
              <li>
                <Link to="/requests" search={{ ...under, fulfilment: 'missed' }}>
                  {t('attainment.orders.failed', { count: failed })}
                </Link>
              </li>
            )}
            {excluded > 0 && (
              <li>
                <Link to="/requests" search={{ ...under, fulfilment: 'excluded' }}>
                  {t('attainment.orders.excluded', { count: excluded })}
                </Link>
              </li>
            )}
          </ul>
        </Door>{' '}
        {t('attainment.orders.in-time', {
          share: format.percent(attainment) ?? '',
          hasShare: format.percent(attainment) === null ? 'no' : 'yes',
          target: targetBp === null ? '' : format.basisPoints(targetBp),
          hasTarget: targetBp === null ? 'no' : 'yes',
        })}
      </p>
    </Section>
  )
}
