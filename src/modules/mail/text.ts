import { type Language, speaker } from '#core/text.ts'
import de from '../../locales/de/mail.json' with { type: 'json' }
import en from '../../locales/en/mail.json' with { type: 'json' }
import type { Judgement } from './judge.ts'

/** What the server says about mails. */
export const sayOfMail = speaker<keyof typeof en>({ en, de })

/** Why a mail became what it became, as a sentence. */
export function reasonOf({ reason, recipient }: Pick<Judgement, 'reason' | 'recipient'>, language: Language): string {
  return sayOfMail(language, `reason.${reason}`, { recipient: recipient === '' ? 'none' : 'other', to: recipient })
}
