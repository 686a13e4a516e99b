import { columnNamesOf, fields, isMomentField, momentFields, plainName } from './field.ts'
import type { KnownTable } from './known-table.ts'
import { type GivenMapping, type ImportMapping, isActivityLog, type Lack, lacksOf, type Source } from './mapping.ts'
import { looksLikeMoment, orderOf } from './moment.ts'
import { levelOfWord, plainWord, priorityOfWord, stateOfWord } from './words.ts'

/** From how many rows a mapping is found out. */
export const SAMPLE_ROWS = 2000

/** A word of the file whose meaning nobody has said. */
export interface UnknownWord {
  readonly field: 'state' | 'priority' | 'impact' | 'urgency'
  readonly word: string
  readonly rows: number
}

export interface Detection {
  readonly mapping: ImportMapping
  /** What has to be said before the file can be read. */
  readonly lacks: readonly Lack[]
  /** Rows with a state among these cannot be taken; other words are left out of their rows. */
  readonly unknownWords: readonly UnknownWord[]
  /** Columns that nothing is taken from. */
  readonly unusedColumns: readonly string[]
}

/** What stands for nothing, unless said otherwise. */
const MISSING = ['', '?', 'NULL', 'null', '(empty)', '(leer)', 'N/A', 'n/a']

/** The first rows of a file, and of one whose columns are known what they mean. */
export interface DetectedTable extends Partial<Omit<KnownTable, 'csv'>> {
  readonly header: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** Finds out how a file is to be read from its first rows; what is given holds. */
export function detect(
  source: Source,
  { header, rows, columns: knownColumns, levels: knownLevels = {} }: DetectedTable,
  given: GivenMapping = {},
): Detection {
  const missing = given.missing ?? MISSING
  const none = new Set(missing)
  const valuesOf = (column: string | undefined): string[] => {
    const index = column === undefined ? -1 : header.indexOf(column)
    return index === -1 ? [] : rows.map((row) => (row[index] ?? '').trim()).filter((value) => !none.has(value))
  }
  const columns = knownColumns ? { ...knownColumns, ...given.columns } : (given.columns ?? columnsOf(header, valuesOf))
  const numbers = valuesOf(columns.number)
  const repeated = new Set(numbers).size < numbers.length && columns.updatedAt !== undefined
  const words = {
    states: wordsOf(valuesOf(columns.state), (each) => stateOfWord(each, source), given.states),
    priorities: wordsOf(valuesOf(columns.priority), priorityOfWord, given.priorities),
    levels: wordsOf([...valuesOf(columns.impact), ...valuesOf(columns.urgency)], levelOfWord, {
      ...knownLevels,
      ...given.levels,
    }),
  }
  const dates = momentFields.map((field) => ({ column: columns[field], texts: valuesOf(columns[field]) }))
  const order = given.dateOrder ?? orderOf(dates.flatMap(({ texts }) => texts))
  const { timeZone, delimiter, encoding, system } = given
  const mapping: ImportMapping = {
    form: isActivityLog(source) ? 'changes' : (given.form ?? (repeated ? 'changes' : 'tickets')),
    columns,
    ...words,
    missing,
    defaults: given.defaults ?? {},
    ...(order === 'dmy' || order === 'mdy' ? { dateOrder: order } : {}),
    ...(timeZone !== undefined && { timeZone }),
    ...(delimiter !== undefined && { delimiter }),
    ...(encoding !== undefined && { encoding }),
    ...(system !== undefined && { system }),
  }
  const used = new Set(Object.values(columns))
  return {
    mapping,
    lacks: [...lacksOf(mapping, header), ...dateLacks(order, dates)],
    unknownWords: (['state', 'priority', 'impact', 'urgency'] as const)
      // Most activities of HP Service Manager lead to no state, and that is known.
      .filter((field) => field !== 'state' || source !== 'hp-service-manager')
      .flatMap((field) =>
        unknownWords(
          field,
          valuesOf(columns[field]),
          { state: words.states, priority: words.priorities, impact: words.levels, urgency: words.levels }[field],
        ),
      ),
    unusedColumns: header.filter((column) => !used.has(column)),
  }
}

/** For each field the best column there is; a column for moments has to have moments in it. */
function columnsOf(header: readonly string[], valuesOf: (column: string) => string[]): ImportMapping['columns'] {
  const free = new Map(header.map((column) => [plainName(column), column]).toReversed() as [string, string][])
  const columns: ImportMapping['columns'] = {}
  for (const field of fields) {
    const name = columnNamesOf(field).find((each) => {
      const column = free.get(each)
      return column !== undefined && (!isMomentField(field) || holdsMoments(valuesOf(column)))
    })
    if (name === undefined) continue
    columns[field] = free.get(name)!
    free.delete(name)
  }
  return columns
}

function holdsMoments(values: readonly string[]): boolean {
  const some = values.slice(0, 20)
  return some.filter(looksLikeMoment).length * 2 > some.length
}

/** Meanings of the words that occur, as far as they are known, and of those that were given. */
function wordsOf<Meaning>(
  values: readonly string[],
  meaningOf: (word: string) => Meaning | undefined,
  given: Readonly<Record<string, Meaning>> | undefined,
): Record<string, Meaning> {
  const meanings: Record<string, Meaning> = {}
  for (const word of new Set(values)) {
    const meaning = meaningOf(word)
    if (meaning !== undefined) meanings[word] = meaning
  }
  return { ...meanings, ...given }
}

function unknownWords(
  field: UnknownWord['field'],
  values: readonly string[],
  known: Readonly<Record<string, unknown>>,
): UnknownWord[] {
  const plain = new Set(Object.keys(known).map(plainWord))
  const counts = new Map<string, number>()
  for (const word of values) if (!plain.has(plainWord(word))) counts.set(word, (counts.get(word) ?? 0) + 1)
  return [...counts]
    .toSorted(([, one], [, other]) => other - one)
    .slice(0, 20)
    .map(([word, count]) => ({ field, word: word.slice(0, 200), rows: count }))
}

function dateLacks(
  order: ReturnType<typeof orderOf>,
  dates: readonly { readonly column: string | undefined; readonly texts: readonly string[] }[],
): Lack[] {
  if (order !== 'either' && order !== 'neither') return []
  const slashed = dates.find(({ texts }) => !['no-matter'].includes(orderOf(texts)))!
  const column = slashed.column!
  if (order === 'neither') return [{ lack: 'one-date-order', column }]
  const example = slashed.texts.find((text) => orderOf([text]) === 'either')!
  return [{ lack: 'date-order', column, example }]
}
