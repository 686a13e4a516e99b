import { speaker } from '#core/text.ts'
import de from '../../locales/de/requests.json' with { type: 'json' }
import en from '../../locales/en/requests.json' with { type: 'json' }

/** What the server says of requests. */
export const sentences = speaker<keyof typeof en>({ en, de })
