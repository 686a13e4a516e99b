import type { ChargeTerms } from '#api/contracts'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useMoney } from '#web/ui/use-money.ts'

/** Says a price as a person would: so much a month, so much each, graduated from so many on. */
export function usePriceText(currency: string): (terms: ChargeTerms, unit: string | null) => string {
  const t = useText()
  const format = useFormat()
  const money = useMoney()
  const amount = (amountMinor: number) => money({ amountMinor, currency })
  return (terms, unit) => {
    const each = unit ?? t('contracts.each')
    if (terms.kind === 'unit') return t('contracts.priced.unit', { amount: amount(terms.unitMinor), unit: each })
    if (terms.kind === 'time') return t('contracts.priced.time', { amount: amount(terms.hourMinor) })
    if (terms.kind === 'pass-through')
      return t('contracts.priced.pass-through', { percent: format.number(terms.markUpBp / 100, 2) })
    if (terms.kind === 'true-up') return t('contracts.priced.true-up')
    if (terms.kind === 'baseline') {
      return t('contracts.priced.baseline', {
        baseline: format.number(terms.baseline),
        band: format.number(terms.deadBandBp / 100, 2),
        more: amount(terms.additionalMinor),
        less: amount(terms.reducedMinor),
      })
    }
    if (terms.kind === 'tiered') {
      const tiers = terms.tiers.map(({ upTo, unitMinor }) =>
        upTo === null
          ? t('contracts.priced.above', { amount: amount(unitMinor) })
          : t('contracts.priced.up-to', { upTo: format.number(upTo), amount: amount(unitMinor) }),
      )
      return `${t(`contracts.priced.${terms.mode}`)}: ${tiers.join(', ')}`
    }
    return t(`contracts.priced.${terms.kind}`, { amount: amount(terms.amountMinor) })
  }
}
