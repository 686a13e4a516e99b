import type { Language } from '#core/text.ts'
import type { EditedStory, StoryProblem, StoryProblemKind } from './api-compose.ts'

/** What an edited story may stand on. */
export interface Ground {
  readonly language: Language
  /** Refs of the facts and of what was felt. */
  readonly facts: ReadonlySet<string>
  readonly felt: ReadonlySet<string>
  /** Everything that the review says by the rules, in this language: its numbers are those of the lock. */
  readonly said: readonly string[]
  /** Groups of few, of which nothing that was felt may be told. */
  readonly hidden: readonly string[]
  /** Names that must not be in the customer's edition: of other customers, of the provider's people and teams. */
  readonly names: readonly string[]
  /** Names that are the customer's own: what stands in one of them is no secret, such as a team's name in an agreement's. */
  readonly own: readonly string[]
  readonly internal: boolean
}

/** Words of what is private to the provider, in both languages. */
const privateWords = ['margin', 'marge', 'deckungsbeitrag', 'cost price', 'einkaufspreis', 'selbstkosten', 'profit']

/** What is wrong with a story (DOMAIN §4.1); nothing when it may be issued. */
export function problemsOf({ headline, claims, ask }: EditedStory, ground: Ground): StoryProblem[] {
  const known = new Set(ground.said.flatMap((text) => numbersIn(text, ground.language)))
  const all = ground.said.map(plain)
  const problems: StoryProblem[] = []
  const add = (where: string, kind: StoryProblemKind, what: string) => void problems.push({ kind, where, what })
  const check = (where: string, text: string) => {
    for (const { written, value } of figuresIn(text, ground.language))
      if (!known.has(value)) add(where, 'number-outside-lock', written)
    for (const quote of quotesIn(text))
      if (!all.some((said) => said.includes(plain(quote)))) add(where, 'quote-without-permission', quote)
    if (ground.internal) return
    const lower = plain(text)
    for (const word of privateWords) if (hasWord(lower, word)) add(where, 'private-word', word)
    const others = ground.own.reduce((rest, name) => rest.replaceAll(plain(name), ' '), lower)
    for (const name of ground.names) if (hasWord(others, plain(name))) add(where, 'private-word', name)
  }
  check('headline', headline)
  if (ask !== null) check('ask', ask)
  for (const [index, { text, fact, felt }] of claims.entries()) {
    const where = String(index + 1)
    if (!ground.facts.has(fact)) add(where, 'fact-unknown', fact)
    if (felt.kind === 'said' && !ground.felt.has(felt.ref)) add(where, 'felt-unknown', felt.ref)
    const words = felt.kind === 'said' ? text : `${text} ${felt.why}`
    check(where, words)
    const hidden = ground.hidden.find((name) => hasWord(plain(words), plain(name)))
    if (hidden !== undefined && felt.kind === 'said') add(where, 'small-group', hidden)
  }
  return problems
}

function plain(text: string): string {
  return text.normalize('NFKC').replaceAll(/\s+/gu, ' ').trim().toLowerCase()
}

/** Names of one or two letters are in every text. */
const NAME_LETTERS = 3

function hasWord(text: string, word: string): boolean {
  if (word.length < NAME_LETTERS) return false
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const letter = /[\p{L}\p{N}]/u
    if (!letter.test(text[at - 1] ?? '') && !letter.test(text[at + word.length] ?? '')) return true
  }
  return false
}

const QUOTED = /[„“"»«‚‘]([^„“”"»«‚‘’]{8,}?)[“”"»«‘’]/gu

function quotesIn(text: string): string[] {
  return [...text.matchAll(QUOTED)].map(([, words]) => words!)
}

const months =
  'january|february|march|april|may|june|july|august|september|october|november|december|januar|februar|märz|mai|juni|juli|oktober|dezember|jan|feb|mar|mär|apr|jun|jul|aug|sep|sept|oct|okt|nov|dec|dez'
/** Days and times of day are no figures: what is planned may be said. */
const DATES = new RegExp(
  `\\b\\d{1,2}\\.?\\s?(?:${months})\\b\\.?(?:\\s?\\d{4})?|\\b\\d{1,2}\\.\\d{1,2}\\.(?:\\d{2,4})?|\\b\\d{4}-\\d{2}(?:-\\d{2})?\\b|\\b\\d{1,2}:\\d{2}\\b|\\b(?:${months})\\s\\d{4}\\b|\\b20\\d{2}\\b`,
  'giu',
)
const NUMBER = /\d+(?:[.,\u00a0\u202f’ ]\d{3})*(?:[.,]\d+)?/gu

interface Figure {
  readonly written: string
  readonly value: number
}

/** Numbers of a text but those of days and times. */
function figuresIn(text: string, language: Language): Figure[] {
  return allNumbers(text.replaceAll(DATES, ' '), language)
}

function numbersIn(text: string, language: Language): number[] {
  return allNumbers(text, language).map(({ value }) => value)
}

function allNumbers(text: string, language: Language): Figure[] {
  return [...text.matchAll(NUMBER)].map(([written]) => ({ written, value: valueOf(written, language) }))
}

/** `1.234,5` in German and `1,234.5` in English are the same number. */
function valueOf(written: string, language: Language): number {
  const [thousands, decimal] = language === 'de' ? ['.', ','] : [',', '.']
  const bare = written.replaceAll(/[\u00a0\u202f’ ]/gu, '').replaceAll(thousands, '')
  return Number(bare.replace(decimal, '.'))
}
