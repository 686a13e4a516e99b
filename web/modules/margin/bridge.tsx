import { Link } from '@tanstack/react-router'
import { costAccounts, type CostAccount, type Profit, type ProfitSideView, type revenueCategories } from '#api/margin'
import { Door } from '#web/ui/door.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useMoney } from '#web/ui/use-money.ts'
import classes from './bridge.module.css'

interface Bar {
  readonly key: 'from' | 'to' | Driver
  readonly name: string
  readonly amountMinor: number
  /** Where it begins and ends; both ends of the bridge stand on nothing. */
  readonly from: number
  readonly to: number
  readonly kind: 'end' | 'more' | 'less'
}

type Driver = NonNullable<Profit['bridge']>['steps'][number]['driver']

interface BridgeProps {
  readonly bridge: NonNullable<Profit['bridge']>
  readonly profit: Profit
}

/** From one margin to the other, step by step: each bar begins where the last one ended, and the words say it all. */
export function BridgePicture({ bridge, profit }: BridgeProps) {
  const t = useText()
  const money = useMoney()
  const { currency } = profit
  const { from, fromMinor, toMinor, steps } = bridge
  const end = { from: 0, kind: 'end' } as const
  const bars: readonly Bar[] = [
    { ...end, key: 'from', name: t(`margin.version.${from}`), amountMinor: fromMinor, to: fromMinor },
    ...steps.flatMap(({ driver, amountMinor }, index): readonly Bar[] => {
      if (amountMinor === 0) return []
      const begins = steps.slice(0, index).reduce((sum, step) => sum + step.amountMinor, fromMinor)
      const kind = amountMinor > 0 ? 'more' : 'less'
      return [
        { key: driver, name: t(`margin.driver.${driver}`), amountMinor, from: begins, to: begins + amountMinor, kind },
      ]
    }),
    { ...end, key: 'to', name: t('margin.version.actual'), amountMinor: toMinor, to: toMinor },
  ]
  const low = Math.min(0, ...bars.flatMap(({ from: begins, to }) => [begins, to]))
  const high = Math.max(1, ...bars.flatMap(({ from: begins, to }) => [begins, to]))
  const share = (amount: number) => `${((amount - low) / (high - low)) * 100}%`
  return (
    <dl className={classes.bridge} aria-label={t('margin.bridge')}>
      {bars.map((bar) => (
        <div key={bar.key} className={classes.row}>
          <dt>{bar.name}</dt>
          <span className={classes.track} aria-hidden>
            <span
              className={`${classes.bar} ${classes[bar.kind]}`}
              style={{
                left: share(Math.min(bar.from, bar.to)),
                width: `${(Math.abs(bar.to - bar.from) / (high - low)) * 100}%`,
              }}
            />
          </span>
          <dd className={`${classes.amount} pl-number`}>
            <Behind of={bar} bridge={bridge} profit={profit}>
              {`${bar.kind === 'more' ? '+' : ''}${money({ amountMinor: bar.amountMinor, currency })}`}
            </Behind>
          </dd>
        </div>
      ))}
    </dl>
  )
}

const costs = costAccounts.filter((account) => account !== 'labour' && account !== 'pass-through')

/** Which kinds of revenue and cost a step is about; of both ends all. */
const kindsOf: Readonly<
  Record<
    Driver,
    { readonly revenue?: readonly (typeof revenueCategories)[number][]; readonly cost?: readonly CostAccount[] }
  >
> = {
  volume: { revenue: ['volume', 'time'] },
  price: { revenue: ['fixed', 'volume', 'indexation'] },
  effort: { cost: ['labour'] },
  'unpaid-work': { cost: ['labour'] },
  rate: { cost: ['labour'] },
  supplier: { cost: costs },
  credits: { revenue: ['credits'] },
  'one-off': { revenue: ['one-off', 'pass-through'], cost: ['pass-through'] },
  exchange: { revenue: ['one-off'] },
}

/** What a side leaves by these kinds alone: revenue above zero, cost and credits below. */
function leftBy(side: ProfitSideView, of: Bar['key']): number {
  if (of === 'from' || of === 'to') return side.with.marginMinor
  const { revenue = [], cost = [] } = kindsOf[of]
  const brought = revenue.reduce((sum, kind) => sum + (kind === 'credits' ? -1 : 1) * (side.revenue[kind] ?? 0), 0)
  return brought - cost.reduce((sum, kind) => sum + (side.cost[kind] ?? 0), 0)
}

/** A step that opens to its months: what was offered and what came of the kinds it is about, each month to its postings. */
function Behind({
  of: { key, name },
  bridge,
  profit,
  children,
}: BridgeProps & { readonly of: Bar; readonly children: string }) {
  const t = useText()
  const format = useFormat()
  const money = useMoney()
  const { from, months } = bridge
  const { contract, currency } = profit
  const amount = (amountMinor: number) => money({ amountMinor, currency })
  const shown = profit.months.filter(({ month }) => month >= months.from && month <= months.to)
  return (
    <Door
      label={children}
      title={`${name}: ${children}`}
      definition={t(`margin.driver-is.${key}`)}
      period={t('margin.from-to', { from: format.month(months.from), to: format.month(months.to) })}
      sample={t('margin.so-many-months', { months: shown.length })}
      width={460}
    >
      <ul>
        {shown.map((each) => {
          const planned = each[from]
          return (
            <li key={each.month}>
              <Link to="/contracts/$id/profit" params={{ id: contract.id }} search={{ month: each.month }}>
                {format.monthShort(each.month)}
              </Link>
              :{' '}
              {t('margin.came-of', {
                came: amount(leftBy(each.actual, key)),
                planned: planned === null ? '–' : amount(leftBy(planned, key)),
              })}
            </li>
          )
        })}
      </ul>
    </Door>
  )
}
