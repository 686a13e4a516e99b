import type { FrictionPoint } from '#api/friction'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useMoney } from '#web/ui/use-money.ts'

/** What a friction point takes in a year, in hours and, where somebody said what an hour is worth, in money. */
export function useCost(): (point: Pick<FrictionPoint, 'cost' | 'currency'>) => string {
  const t = useText()
  const format = useFormat()
  const money = useMoney()
  return ({ cost: { hours, minor }, currency }) => {
    const told = t('friction.hours', { hours: format.number(hours, 1) })
    return minor === null || currency === null ? told : `${told} · ${money({ amountMinor: minor, currency })}`
  }
}
