import type { OwnWords } from '#api/organisation'
import type { Language } from '#core/text.ts'
import { reword, type Texts } from '#web/ui/language.ts'

/** Texts that name a state: in the list of states, and within a sentence of filters. */
const STATE = /^incidents\.(?:state|listed)\.([a-z-]+)$/
/** The text that names every reason for a pause. */
const REASON = 'incidents.wait'

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
  const { states, reasons } = words[language]
  const own: Record<string, Texts[string]> = {}
  for (const [key, text] of Object.entries(texts)) {
    const state = STATE.exec(key)?.[1]
    const word = state === undefined ? undefined : states[state]
    if (word !== undefined) own[key] = [word]
    if (key === REASON) own[key] = withReasons(text, reasons)
  }
  return own
}

/** A compiled choice (`[["reason", "select", { awaiting_change: "…" }]]`) with other words for some of it. */
function withReasons(text: Texts[string], reasons: Readonly<Record<string, string>>): Texts[string] {
  if (typeof text === 'string') return text
  return text.map((part) => {
    const choice = Array.isArray(part) ? part[2] : undefined
    if (!Array.isArray(part) || part[1] !== 'select' || typeof choice !== 'object') return part
    const own = Object.entries(reasons).map(([reason, word]) => [reason.replaceAll('-', '_'), [word]])
    return [part[0], part[1], { ...choice, ...Object.fromEntries(own) }]
  }) as Texts[string]
}
