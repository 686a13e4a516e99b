import type { Messages } from '@lingui/core'
import type { Language } from '#core/text.ts'

// The catalogues arrive compiled: `vite.config.ts` sees to that.
const parts = import.meta.glob<Messages>(['./*/*.json', '!./*/{app,today,ui}.json'], { import: 'default' })
const bases = import.meta.glob<Messages>('./*/base.ts', { import: 'base' })

/** The texts of a part in a language; `base` is what every page needs, the other parts come with their pages. */
export async function loadPart(language: Language, part: string): Promise<Messages> {
  const load = part === 'base' ? bases[`./${language}/base.ts`] : parts[`./${language}/${part}.json`]
  return (await load?.()) ?? {}
}
