import type { Language } from './text.ts'

const locales: Readonly<Record<Language, string>> = { en: 'en-GB', de: 'de-DE' }

/** `October 2026`, of `2026-10`. */
export function monthName(language: Language, month: string): string {
  const format = new Intl.DateTimeFormat(locales[language], { timeZone: 'UTC', month: 'long', year: 'numeric' })
  return format.format(new Date(`${month}-01T00:00:00Z`))
}
