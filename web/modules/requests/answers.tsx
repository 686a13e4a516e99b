import { type Words, said } from '#api/catalogue'
import { useLanguage, useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'

/** An answer as it is kept with an order. */
export interface Answer {
  readonly key: string
  readonly kind: string
  readonly label: Words
  readonly value: string | number | boolean
  readonly said: Words | null
}

/** What was answered, as a person says it. */
export function useAnswerWords(): (answer: Answer) => string {
  const t = useText()
  const language = useLanguage()
  const format = useFormat()
  return ({ kind, value, said: chosen }) => {
    if (chosen !== null) return said(chosen, language)
    if (typeof value === 'boolean') return t(value ? 'requests.yes' : 'requests.no')
    if (typeof value === 'number') return format.number(value, Number.isInteger(value) ? 0 : 2)
    return kind === 'date' ? format.date(new Date(`${value}T12:00:00Z`), 'UTC') : value
  }
}

/** The words of a language, for what has them in each. */
export function useSaid(): (words: Words) => string {
  const language = useLanguage()
  return (words) => said(words, language)
}
