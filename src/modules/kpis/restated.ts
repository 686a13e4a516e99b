import type { SectionSpeech } from '#core/review-content.ts'
import { sectionWords } from '#platform/review-words.ts'
import { figureValue, figureWord } from './figure-words.ts'
import { type KpiDefinition, library, valueOf } from './library.ts'
import { sources } from './sources.ts'

/** A value as a review froze it: where, when, and of how much. */
export interface FrozenValue {
  readonly kpi: string
  readonly version: number
  /** A site's name, or an earlier month; empty where it is the figure of the month itself. */
  readonly where: string
  readonly numerator: number
  readonly denominator: number
  readonly hidden: boolean
  readonly currency?: string | null
}

/** Figures that a restatement tells one by one; the others are counted. */
const MOST = 8

/** Counts that people read; a share of milliseconds says nothing by its numbers. */
const READ_AT_MOST = 10_000_000

/** Sentences: which values of `after` were others before, in the order in which they are given. What only `before` told is not named. */
export function restatedValues(
  before: readonly FrozenValue[],
  after: readonly FrozenValue[],
  speech: SectionSpeech,
  named: (name: string, where: string) => string,
): readonly string[] {
  const t = sectionWords(speech)
  const idOf = ({ kpi, where }: FrozenValue) => `${kpi} ${where}`
  const known = new Map(before.map((value) => [idOf(value), value]))
  const toldFigures = new Set(before.map(({ kpi }) => kpi))
  const changed = after.flatMap((is): string[] => {
    const definition = library.find(({ key }) => key === is.kpi)
    const was = known.get(idOf(is))
    if (definition === undefined || (was !== undefined && same(was, is))) return []
    // A figure that is new is told once, not for each month of its past.
    if (was === undefined && is.where !== '' && !toldFigures.has(is.kpi)) return []
    const name = figureWord(is.kpi, 'name', speech)
    const what = is.where === '' ? name : named(name, is.where)
    // What is hidden now was told of so few that it is not told once more.
    if (is.hidden) return [t('restated.hidden', { what })]
    const saidBefore = was === undefined ? t('restated.not-told') : said(definition, was, speech)
    const saidNow = said(definition, is, speech)
    // As it is written nothing changed.
    if (saidBefore === saidNow && was?.version === is.version) return []
    return [
      t('restated.figure', {
        what,
        before: saidBefore,
        after: saidNow,
        why:
          was !== undefined && was.version !== is.version
            ? t('restated.why.definition', { version: is.version })
            : t(`restated.why.${becauseOf(is.kpi)}`),
      }),
    ]
  })
  if (changed.length <= MOST) return changed
  return [...changed.slice(0, MOST - 1), t('restated.more', { n: changed.length - MOST + 1 })]
}

/** Parts of something counted: rounded they may look the same, and their counts differ. */
const ofCounts: ReadonlySet<string> = new Set(['percent', 'per-thousand'])

function same(was: FrozenValue, is: FrozenValue): boolean {
  return (
    was.version === is.version &&
    was.hidden === is.hidden &&
    (is.hidden || (was.numerator === is.numerator && was.denominator === is.denominator))
  )
}

/** What a figure is counted from says what may have come since. */
function becauseOf(kpi: string): 'answers' | 'results' | 'records' {
  const topics = sources[kpi]?.topics ?? []
  if (topics.includes('results') || topics.includes('clocks')) return 'results'
  return topics.includes('answers') ? 'answers' : 'records'
}

/** A share says of how many. */
function said(definition: KpiDefinition, frozen: FrozenValue, speech: SectionSpeech): string {
  const t = sectionWords(speech)
  const { numerator, denominator, hidden, currency } = frozen
  if (hidden) return t('hidden')
  const value = valueOf(definition.unit, frozen)
  if (value === null) return '–'
  const written = figureValue(definition, value, speech, currency)
  if (!ofCounts.has(definition.unit) || denominator > READ_AT_MOST) return written
  return t('restated.share', { value: written, n: speech.number(numerator), of: speech.number(denominator) })
}
