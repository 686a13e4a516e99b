import type { Messages } from '@lingui/core'
import type { Language } from '#core/text.ts'

/** What every page needs: the shell, the kit, and why somebody may not. The other parts come with their pages. */
const BASE = ['app', 'ui', 'may']

// The catalogues arrive compiled: `vite.config.ts` sees to that.
const files = import.meta.glob<{ readonly default: Messages }>(['./*/*.json', '../../src/locales/*/may.json'])

/** The texts of a part in a language; `base` is what every page needs. */
export async function loadPart(language: Language, part: string): Promise<Messages> {
  const wanted = Object.entries(files).filter(([path]) =>
    (part === 'base' ? BASE : [part]).some((name) => path.endsWith(`/${language}/${name}.json`)),
  )
  const loaded = await Promise.all(wanted.map(async ([, load]) => load()))
  return Object.assign({}, ...loaded.map(({ default: messages }) => messages)) as Messages
}
