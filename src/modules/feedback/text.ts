import { speaker } from '#core/text.ts'
import de from '../../locales/de/feedback.json' with { type: 'json' }
import en from '../../locales/en/feedback.json' with { type: 'json' }

/** What the server says when it asks people. */
export const sayOfFeedback = speaker<keyof typeof en>({ en, de })
