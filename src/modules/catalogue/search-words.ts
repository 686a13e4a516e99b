import { type RawBuilder, sql } from 'kysely'
import type { Words } from './item.ts'

const WORDS_AT_MOST = 12

/**
 * What finds items by any of these words, in German and in English, as they are said and bent; the last one also as a
 * beginning, for it may still be being typed. Null when there is no word.
 */
export function searchWords(q: string): RawBuilder<unknown> | null {
  const words = (q.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).slice(0, WORDS_AT_MOST)
  if (words.length === 0) return null
  const any = words.join(' | ')
  return sql`(to_tsquery('german', ${any}) || to_tsquery('english', ${any}) || to_tsquery('simple', ${`${words.at(-1)}:*`}))`
}

interface Searched {
  readonly name: Words
  readonly description: Words
  readonly synonyms: Readonly<Record<'de' | 'en', readonly string[]>>
}

/** By what an item is found: its names before its description. */
export function searchOf({ name, description, synonyms }: Searched): RawBuilder<string> {
  const called = (language: 'de' | 'en') => [name[language], ...synonyms[language]].join(' · ')
  return sql`setweight(to_tsvector('german', ${called('de')}), 'A') || to_tsvector('german', ${description.de})
    || setweight(to_tsvector('english', ${called('en')}), 'A') || to_tsvector('english', ${description.en})
    || setweight(to_tsvector('simple', ${`${called('de')} · ${called('en')}`}), 'A')`
}
