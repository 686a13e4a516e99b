import de from '../locales/de/commands-people.json' with { type: 'json' }
import en from '../locales/en/commands-people.json' with { type: 'json' }
import { speaker } from '#core/text.ts'

/** What `token` and `user` say. */
export const sayOfPeople = speaker<keyof typeof en>({ en, de })
