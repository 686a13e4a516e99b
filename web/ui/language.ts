import { type I18n, type Messages, setupI18n } from '@lingui/core'
import { type Language, languageOf } from '#core/text.ts'
import { loadPart } from '#web/locales/loaders.ts'
import type { TextPart } from '#web/locales/catalogue.ts'
import { keep, readKept } from '#web/ui/kept.ts'
import { localeOf } from '#web/ui/language-locale.ts'

/** Speaks the chosen language. Only that one is loaded, and of it only the parts that were needed so far. */
export const i18n: I18n = setupI18n()

const STORED = 'plumbline.language'
const needed = new Set<string>(['base'])

/** Compiled texts by key. */
export type Texts = Messages

let own: (language: Language, texts: Texts) => Texts = () => ({})

/** From now on some texts are said otherwise: of those given, `instead` answers the ones that are. */
export async function reword(instead: typeof own): Promise<void> {
  own = instead
  await speak(currentLanguage())
}

function learn(language: Language, texts: Texts): void {
  i18n.load(language, { ...texts, ...own(language, texts) })
}

/** What was chosen in this browser, else what the browser asks for. */
export function preferredLanguage(): Language {
  return languageOf(readKept(STORED) ?? navigator.languages.join(','))
}

/** Chosen last; spoken as soon as its texts are there. */
let chosen: Language | undefined

function currentLanguage(): Language {
  return chosen ?? (i18n.locale === 'de' ? 'de' : 'en')
}

/** Loads a language and speaks it from now on; every text on the page changes at once. */
export async function speak(language: Language): Promise<void> {
  chosen = language
  const parts = await Promise.all([...needed].map(async (part) => loadPart(language, part)))
  for (const texts of parts) learn(language, texts)
  i18n.activate(language, [localeOf[language]])
  document.documentElement.lang = language
  keep(STORED, language)
}

/** Brings the texts of a module's pages in the language that is spoken. */
export async function loadTexts(part: TextPart): Promise<void> {
  if (needed.has(part)) return
  const language = currentLanguage()
  learn(language, await loadPart(language, part))
  needed.add(part)
  // Changed while it was under way: what came is of the language before.
  if (currentLanguage() !== language) learn(currentLanguage(), await loadPart(currentLanguage(), part))
}
