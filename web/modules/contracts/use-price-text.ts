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
  const percent = (bp: number) => format.number(bp / 100, bp % 100 === 0 ? 0 : 2)
  return (terms, unit) => {
    const each = unit ?? t('contracts.each')
    if (terms.kind === 'unit') return t('contracts.priced.unit', { amount: amount(terms.unitMinor), unit: each })
    if (terms.kind === 'time') return t('contracts.priced.time', { amount: amount(terms.hourMinor) })
    if (terms.kind === 'pass-through')
      return terms.markUpBp === 0
        ? t('contracts.priced.as-paid')
        : t('contracts.priced.pass-through', { percent: percent(terms.markUpBp) })
    if (terms.kind === 'true-up') return t('contracts.priced.true-up')
    if (terms.kind === 'baseline') {
      return t('contracts.priced.baseline', {
        baseline: format.number(terms.baseline),
        band: percent(terms.deadBandBp),
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
