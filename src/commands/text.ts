import de from '../locales/de/commands.json' with { type: 'json' }
import en from '../locales/en/commands.json' with { type: 'json' }
import { type Language, speaker } from '#core/text.ts'

export type CommandText = keyof typeof en

/** What the command line says. */
export const sayCommand = speaker<CommandText>({ en, de })

/** The language of the terminal: `LC_ALL`, `LC_MESSAGES` or `LANG`, as POSIX orders them. */
export function terminalLanguage(env: Readonly<Record<string, string | undefined>>): Language {
  const locale = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || 'en'
  return locale.toLowerCase().startsWith('de') ? 'de' : 'en'
}
