import de from '../locales/de/commands.json' with { type: 'json' }
import en from '../locales/en/commands.json' with { type: 'json' }
import { speaker } from '#core/text.ts'

export type CommandText = keyof typeof en

/** What the command line says. */
export const sayCommand = speaker<CommandText>({ en, de })
