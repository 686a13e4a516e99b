import type { OwnWords } from '#api/organisation'
import type { Language } from '#core/text.ts'
import { reword, type Texts } from '#web/ui/language.ts'

/** Texts that name one state: in the list of states, within a sentence of filters, in a correction. */
const STATE = /^(?:incidents\.(?:state|listed)|corrections\.fact\.state)\.([a-z-]+)$/
/** Texts that name one reason for a pause. */
const REASON = /^(?:agreements\.pause|corrections\.wait)\.([a-z-]+)$/
/** Texts that choose among the names of all. */
const CHOICES: Readonly<Record<string, keyof OwnWords[Language]>> = {
  'incidents.wait': 'reasons',
  'incidents.step.stands': 'states',
  'reviews.page.waited': 'reasons',
}

let spoken = ''

/**
 * Speaks an installation's own words for states and reasons instead of ours. Where there are none, or the same as before,
 * nothing is said and drawn anew.
 */
export async function rewordWith(words: OwnWords): Promise<void> {
  const hasOwn = Object.values(words).some(({ states, reasons }) => hasAny(states) || hasAny(reasons))
  const wanted = hasOwn ? JSON.stringify(words) : ''
  if (wanted === spoken) return
  spoken = wanted
  await reword((language, texts) => ownTexts(words, language, texts))
}

function hasAny(own: Readonly<Record<string, string>>): boolean {
  return Object.keys(own).length > 0
}

/** Of these texts those that an installation says otherwise. */
export function ownTexts(words: OwnWords, language: Language, texts: Texts): Texts {
  const said = words[language]
  const own: Record<string, Texts[string]> = {}
  for (const [key, text] of Object.entries(texts)) {
    const word = said.states[STATE.exec(key)?.[1] ?? ''] ?? said.reasons[REASON.exec(key)?.[1] ?? '']
    if (word !== undefined) own[key] = [word]
    const kind = CHOICES[key]
    if (kind !== undefined && hasAny(said[kind])) own[key] = withWords(text, said[kind])
  }
  return own
}

/** A compiled choice (`[["reason", "select", { awaiting_change: "…" }]]`) with other words for some of it. */
function withWords(text: Texts[string], words: Readonly<Record<string, string>>): Texts[string] {
  if (typeof text === 'string') return text
  return text.map((part) => {
    const choice = Array.isArray(part) ? part[2] : undefined
    if (!Array.isArray(part) || part[1] !== 'select' || typeof choice !== 'object') return part
    const own = Object.entries(words).map(([name, word]) => [name.replaceAll('-', '_'), [word]])
    return [part[0], part[1], { ...choice, ...Object.fromEntries(own) }]
  }) as Texts[string]
}
