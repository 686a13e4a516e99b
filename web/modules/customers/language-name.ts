import { type Language, languages } from '#core/text.ts'
import { useLanguage } from '#web/ui/text.tsx'

/** `German` or `Deutsch`: a language as the page calls it. */
export function useLanguageName(): (language: Language) => string {
  const names = new Intl.DisplayNames(useLanguage(), { type: 'language' })
  return (language) => names.of(language) ?? language
}

/** The languages that reports and mail can be written in, to choose from. */
export function useLanguageOptions(): readonly { readonly value: Language; readonly label: string }[] {
  const name = useLanguageName()
  return languages.map((value) => ({ value, label: name(value) }))
}
