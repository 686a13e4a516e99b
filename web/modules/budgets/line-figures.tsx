import { useQuery } from '@tanstack/react-query'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useMoney } from '#web/ui/use-money.ts'
import { lineQuery } from './queries.ts'

interface OfLine {
  readonly id: string
  readonly currency: string
}

/** What was spent and expected of a line, entry by entry. */
export function Entries({ id, currency }: OfLine) {
  const t = useText()
  const format = useFormat()
  const money = useMoney()
  const { data } = useQuery(lineQuery(id))
  if (data === undefined) return null
  if (data.entries.length === 0) return <p className="pl-quiet">{t('budgets.no-entries')}</p>
  return (
    <ul>
      {data.entries.map((entry) => (
        <li key={entry.id}>
          {format.monthShort(entry.month)}: {money({ amountMinor: entry.amountMinor, currency })}{' '}
          <span className="pl-quiet">
            {[
              t(`budgets.kind.${entry.kind}`),
              entry.reference,
              entry.description,
              entry.originalCurrency === currency
                ? null
                : t('budgets.converted', {
                    amount: money({ amountMinor: entry.originalMinor, currency: entry.originalCurrency }),
                    rates: entry.rateSet?.name ?? '–',
                  }),
            ]
              .filter(Boolean)
              .join(', ')}
          </span>
        </li>
      ))}
    </ul>
  )
}

/** What each month of a line is planned to cost, or comes to: spent, else forecast, else planned. */
export function Months({ id, currency, of }: OfLine & { readonly of: 'plan' | 'outlook' }) {
  const t = useText()
  const format = useFormat()
  const money = useMoney()
  const { data } = useQuery(lineQuery(id))
  if (data === undefined) return null
  const through = data.months.findLast(({ actualMinor }) => actualMinor !== 0)?.month ?? ''
  const shown = data.months.map(({ month, planMinor, actualMinor, forecastMinor }) => {
    if (of === 'plan') return { month, amountMinor: planMinor, from: null }
    if (month <= through) return { month, amountMinor: actualMinor, from: 'spent' as const }
    return {
      month,
      amountMinor: forecastMinor ?? planMinor,
      from: forecastMinor === null ? 'plan' : 'forecast',
    } as const
  })
  return (
    <ul>
      {shown.map(({ month, amountMinor, from }) => (
        <li key={month}>
          {format.monthShort(month)}: {money({ amountMinor, currency })}{' '}
          {from !== null && <span className="pl-quiet">{t(`budgets.from.${from}`)}</span>}
        </li>
      ))}
    </ul>
  )
}

/** What was ordered for a line, and what of it is invoiced. */
export function Orders({ id, currency }: OfLine) {
  const t = useText()
  const format = useFormat()
  const money = useMoney()
  const { data } = useQuery(lineQuery(id))
  if (data === undefined) return null
  if (data.commitments.length === 0) return <p className="pl-quiet">{t('budgets.no-orders')}</p>
  const day = (on: string) => format.date(new Date(`${on}T12:00:00Z`), 'UTC')
  return (
    <ul>
      {data.commitments.map((order) => (
        <li key={order.id}>
          {order.number}: {money({ amountMinor: order.amountMinor, currency })}{' '}
          <span className="pl-quiet">
            {[
              t('budgets.order-used', { amount: money({ amountMinor: order.usedMinor, currency }) }),
              order.closedOn === null
                ? t('budgets.order-expected', { day: day(order.expectedOn) })
                : t('budgets.order-closed', { day: day(order.closedOn) }),
              order.description,
            ]
              .filter(Boolean)
              .join(', ')}
          </span>
        </li>
      ))}
    </ul>
  )
}
