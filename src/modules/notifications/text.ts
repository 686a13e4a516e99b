import { type Language, speaker } from '#core/text.ts'
import de from '../../locales/de/notifications.json' with { type: 'json' }
import en from '../../locales/en/notifications.json' with { type: 'json' }

/** What the server says in notifications. */
export const sayOfNews = speaker<keyof typeof en>({ en, de })

const keys: ReadonlySet<string> = new Set(Object.keys(en))

/** What happened, in one line: as the catalogue says it of the fact's kind, or of facts it knows nothing of. */
export function titleOf(language: Language, kind: string, values: Readonly<Record<string, unknown>>): string {
  const key = `fact.${kind}`
  return sayOfNews(language, (keys.has(key) ? key : 'fact.other') as keyof typeof en, values)
}
