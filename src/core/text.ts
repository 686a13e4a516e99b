import { setupI18n, type Messages } from '@lingui/core'
import { compileMessage } from '@lingui/message-utils/compileMessage'

/** The languages everything is said in. German and English are equals; the first is used where nothing was chosen. */
export const languages = ['en', 'de'] as const
export type Language = (typeof languages)[number]

/** What a message's placeholders are filled with. Dates and numbers are formatted by the message, in its language. */
export type TextValues = Readonly<Record<string, unknown>>

/**
 * Messages by key in ICU MessageFormat, the same keys in every language. The type of the German catalogue is the English
 * one's keys, so that a text missing in either language does not compile.
 */
export type Catalogue<Key extends string> = Readonly<Record<Language, Readonly<Record<Key, string>>>>

/** Says things of one catalogue in the language asked for. */
export type Say<Key extends string> = (language: Language, key: Key, values?: TextValues) => string

/** Compiles each message once, when it is first said. */
export function speaker<Key extends string>(catalogue: Catalogue<Key>): Say<Key> {
  const speaking = new Map<Language, ReturnType<typeof setupI18n>>()
  return (language, key, values = {}) => {
    let i18n = speaking.get(language)
    if (i18n === undefined) {
      i18n = setupI18n({ locale: language, messages: { [language]: compiled(catalogue[language]) } })
      speaking.set(language, i18n)
    }
    return i18n._(key, { ...values })
  }
}

function compiled(texts: Readonly<Record<string, string>>): Messages {
  return Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, compileMessage(text)]))
}

/** The language of `Accept-Language` or a browser's list that we speak best; English when none is. */
export function languageOf(wanted: string | undefined): Language {
  const tags = (wanted ?? '').toLowerCase().split(',')
  for (const tag of tags) {
    const found = languages.find((language) => tag.trim().startsWith(language))
    if (found !== undefined) return found
  }
  return 'en'
}
