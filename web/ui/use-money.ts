import { moneyText } from '#core/money-text.ts'
import { localeOf } from '#web/ui/language-locale.ts'
import { useLanguage } from '#web/ui/text.tsx'

/** An amount in the smallest unit of a currency, as a price is written: 1,200.00 €. */
export function useMoney(): (amount: { readonly amountMinor: number; readonly currency: string }) => string {
  const language = useLanguage()
  return ({ amountMinor, currency }) => moneyText(localeOf[language], amountMinor, currency)
}
