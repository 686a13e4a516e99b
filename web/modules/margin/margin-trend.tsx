import type { PortfolioLine } from '#api/margin'
import { useText } from '#web/ui/text.tsx'
import { Trend } from '#web/ui/trend.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useShare } from './use-share.ts'

interface MarginTrendProps {
  /** What it shows. */
  readonly label: string
  /** The first month first; where nothing came in there is no share. */
  readonly months: PortfolioLine['months']
  readonly committedBp: number | null
  readonly height?: number
  readonly onOpen?: (month: string) => void
}

/** What a contract leaves of what comes in, month by month, without what is passed through, against what was committed. */
export function MarginTrend({ label, months, committedBp, height, onOpen }: MarginTrendProps) {
  const t = useText()
  const format = useFormat()
  const share = useShare()
  const points = months.map(({ month, revenueMinor, marginMinor }) => ({
    label: format.monthShort(month),
    value: revenueMinor === 0 ? null : (marginMinor / revenueMinor) * 100,
    written: share({ marginMinor, revenueMinor }),
  }))
  return (
    <Trend
      label={label}
      points={points}
      {...(committedBp !== null && {
        target: {
          value: committedBp / 100,
          label: t('margin.committed-line', { share: format.number(committedBp / 100, 1) }),
        },
      })}
      {...(height !== undefined && { height })}
      {...(onOpen && { onOpen: (index: number) => onOpen(months[index]!.month) })}
    />
  )
}
