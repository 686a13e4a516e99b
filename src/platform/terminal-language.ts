import { type Language, languageOf } from '#core/text.ts'

/** The language of a terminal, by the variables that POSIX names, in its order; English when they say none that we speak. */
export function terminalLanguage(env: Readonly<Record<string, string | undefined>>): Language {
  return languageOf(env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'])
}
