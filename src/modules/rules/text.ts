import { speaker } from '#core/text.ts'
import de from '../../locales/de/rules.json' with { type: 'json' }
import en from '../../locales/en/rules.json' with { type: 'json' }

/** What the server says of rules. */
export const sayOfRules = speaker<keyof typeof en>({ en, de })
