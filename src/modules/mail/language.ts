import type { Language } from '#core/text.ts'

/** Words that stand in nearly every text of a language and in few of the other. */
const WORDS: Readonly<Record<Language, RegExp>> = {
  en: /\b(the|and|is|not|with|for|please|thanks|hello|my|we|this|since|regards|cannot|does)\b/gi,
  de: /\b(der|die|das|und|ist|nicht|mit|für|bitte|danke|hallo|guten|mein|wir|seit|grüße|ich|kein|wird|auf)\b/gi,
}

/** The language that a text is written in, as far as a few words tell; null when they do not. */
export function languageIn(text: string): Language | null {
  const beginning = text.slice(0, 5000)
  const [english, german] = [WORDS.en, WORDS.de].map((words) => beginning.match(words)?.length ?? 0) as [number, number]
  if (english === german) return null
  return german > english ? 'de' : 'en'
}
