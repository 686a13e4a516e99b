import { speaker } from '#core/text.ts'
import de from '../../locales/de/checks.json' with { type: 'json' }
import en from '../../locales/en/checks.json' with { type: 'json' }

/** What the checks say about themselves; what the tools say stays as they say it. */
export const sayCheck = speaker<keyof typeof en>({ en, de })
