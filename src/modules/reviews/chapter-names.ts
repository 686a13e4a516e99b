import { chapters } from './chapter-list.ts'
import type { Wording } from './wording.ts'

/** What a chapter is called; nothing for a number that is none. */
export function chapterName(number: number, { say }: Pick<Wording, 'say'>): string {
  const chapter = chapters.find((each) => each.number === number)
  return chapter === undefined ? '' : say(`chapter.${chapter.key}`)
}
