import type { Language } from '#core/text.ts'

/** Dates and numbers as the language writes them: English with the day before the month, so that 3/4 is never in doubt. */
export const localeOf: Readonly<Record<Language, string>> = { en: 'en-GB', de: 'de-DE' }
