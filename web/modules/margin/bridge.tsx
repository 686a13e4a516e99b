import type { Profit } from '#api/margin'
import { useText } from '#web/ui/text.tsx'
import { useMoney } from '#web/ui/use-money.ts'
import classes from './bridge.module.css'

interface Bar {
  readonly key: string
  readonly name: string
  readonly amountMinor: number
  /** Where it begins and ends; both ends of the bridge stand on nothing. */
  readonly from: number
  readonly to: number
  readonly kind: 'end' | 'more' | 'less'
}

/** From one margin to the other, step by step: each bar begins where the last one ended, and the words say it all. */
export function BridgePicture({
  bridge,
  currency,
}: {
  readonly bridge: NonNullable<Profit['bridge']>
  readonly currency: string
}) {
  const t = useText()
  const money = useMoney()
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
            {bar.kind === 'more' && '+'}
            {money({ amountMinor: bar.amountMinor, currency })}
          </dd>
        </div>
      ))}
    </dl>
  )
}
