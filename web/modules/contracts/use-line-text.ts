import type { StatedLine } from '#api/credits'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useMoney } from '#web/ui/use-money.ts'

/** No month has so many cases: from here on it is time, in milliseconds. */
export const TIME_FROM = 10_000_000

/** Says a line of a statement: amounts as money, shares as percentages, so that it can be reckoned again by hand. */
export function useLineText(currency: string): (line: StatedLine, nameOf: (level: string) => string) => string {
  const t = useText()
  const format = useFormat()
  const money = useMoney()
  // As many decimals as it has.
  const exactly = (value: number) =>
    format.number(
      value,
      [0, 1, 2, 3].find((digits) => Math.abs(value * 10 ** digits - Math.round(value * 10 ** digits)) < 1e-6) ?? 4,
    )
  return ({ says, values }, nameOf) => {
    const { numerator, denominator } = values
    const isTime = typeof denominator === 'number' && denominator >= TIME_FROM
    const shown: Record<string, string | number> = {}
    for (const [name, value] of Object.entries(values)) {
      if (typeof value === 'string') shown[name] = name === 'kept' ? nameOf(value) : value
      else if (name.endsWith('Minor')) shown[name] = money({ amountMinor: value, currency })
      else if (name.endsWith('Bp')) shown[name] = exactly(value / 100)
      else if (name.endsWith('Ppm')) shown[name] = exactly(value / 10_000)
      else if (name === 'factor') shown[name] = exactly(value / 100)
      else if (isTime && (name === 'numerator' || name === 'denominator')) shown[name] = format.duration(value)
      else shown[name] = exactly(value)
    }
    if (typeof numerator === 'number' && typeof denominator === 'number')
      shown['percent'] = format.number((numerator / denominator) * 100, 3)
    return t(`contracts.stated.${says as 'measured'}`, shown)
  }
}
