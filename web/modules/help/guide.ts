import type { Language } from '#core/text.ts'
import type { Block } from '#web/ui/markdown.ts'
import type { Chapter } from './topics.ts'

// Read into blocks when the pages are made: `vite.config.ts` sees to that.
const files = import.meta.glob<{ readonly default: readonly Block[] }>('../../../docs/guide/*/*.md')

/** A chapter of the guide in a language. */
export async function loadChapter(language: Language, chapter: Chapter): Promise<readonly Block[]> {
  const load = Object.entries(files).find(([path]) => path.endsWith(`/${language}/${chapter}.md`))?.[1]
  return load === undefined ? [] : (await load()).default
}
