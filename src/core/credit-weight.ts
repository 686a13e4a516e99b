import type { CreditLine } from '#core/credit-lines.ts'
import { bandOf, type Judged, type Measured } from '#core/credit-measure.ts'
import { type CreditLevel, type CreditRegime, WHOLE_PPM } from '#core/credit-terms.ts'
import { basisPointsOf, partOf } from '#core/money.ts'

interface Miss {
  readonly basisMinor: number
  readonly measured: Measured
  readonly judged: Judged
}

/** What one miss weighs by itself: points in hundredths, or an amount; and the line that says why. */
export function weightOf(
  regime: CreditRegime,
  level: CreditLevel,
  { basisMinor, measured, judged: { share } }: Miss,
  lines: CreditLine[],
): { readonly severity: string | null; readonly weight: number } {
  const say = (says: CreditLine['says'], values: CreditLine['values']) =>
    lines.push({ step: 'failure', level: level.key, says, values })
  if (regime.kind === 'at-risk') {
    const { atRiskBp } = regime
    const { allocationBp, poolBp } = level
    const weight = partOf(basisMinor, BigInt(atRiskBp) * BigInt(poolBp) * BigInt(allocationBp), 10n ** 12n)
    say('amount-at-risk', { basisMinor, atRiskBp, poolBp, allocationBp, amountMinor: weight })
    return { severity: null, weight }
  }
  const { numerator, denominator } = share!
  if (regime.kind === 'gap') {
    const short = BigInt(level.targetPpm) * BigInt(denominator) - BigInt(numerator) * BigInt(WHOLE_PPM)
    const weight = partOf(basisMinor, short * BigInt(regime.perPointBp), BigInt(WHOLE_PPM) * BigInt(denominator) * 100n)
    say('amount-of-gap', {
      targetPpm: level.targetPpm,
      numerator,
      denominator,
      perPointBp: regime.perPointBp,
      basisMinor,
      amountMinor: weight,
    })
    return { severity: null, weight }
  }
  const band = bandOf(level.bands, share!)
  const severity = band?.severity ?? null
  const shown = { severity: severity ?? '', fromPpm: band?.fromPpm ?? 0, belowPpm: band?.belowPpm ?? level.targetPpm }
  if (regime.kind === 'bands') {
    const feeMinor = measured.feeMinor ?? basisMinor
    const weight = basisPointsOf(feeMinor, band?.weight ?? 0)
    say('amount-of-fee', { ...shown, feeMinor, creditBp: band?.weight ?? 0, amountMinor: weight })
    return { severity, weight }
  }
  say('points', { ...shown, points: band?.weight ?? 0 })
  return { severity, weight: (band?.weight ?? 0) * 100 }
}
