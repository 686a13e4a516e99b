import { createHash } from 'node:crypto'
import type { FailureCode } from '#core/failure.ts'
import type { TextValues } from '#core/text.ts'
import type { CsvRow } from '#platform/files/csv.ts'
import type { Field, MomentField } from './field.ts'
import { type ImportMapping, isActivityLog, type Source } from './mapping.ts'
import { instantOf, type Reading, readMoment } from './moment.ts'
import {
  channelOfWord,
  levelOfWord,
  pauseWords,
  plainWord,
  priorityOfWord,
  type StateMeaning,
  stateOfWord,
  truthOfWord,
} from './words.ts'

/** A row of a file, read: values in our words, names still as the source has them. Null is missing. */
export interface TicketRow {
  readonly key: string
  /** When the row became true, epoch milliseconds; never before the opening. */
  readonly at: number
  /** Order among rows of the same moment. */
  readonly sequence: number
  readonly line: number
  /** The moment as its source tells it, apart from zones: with the sequence it names the row. */
  readonly stamp: string
  /** What was done, in the source's words; in logs of activities. */
  readonly activity: string | null
  /** The source's own fields that no field of ours takes, as JSON. */
  readonly own: string | null
  /**
   * As `on-hold:awaiting-requester`. With `?` behind, it does not hold for a ticket that is over; `closed?` only where it
   * is the closing that the ticket itself tells of, or the ticket was opened again since.
   */
  readonly state: string | null
  readonly priority: string | null
  readonly impact: string | null
  readonly urgency: string | null
  readonly title: string | null
  readonly description: string | null
  readonly resolution: string | null
  /** How it ended, in the source's own word. */
  readonly resolutionCode: string | null
  readonly category: string | null
  readonly channel: string | null
  readonly team: string | null
  readonly assignee: string | null
  readonly requester: string | null
  readonly site: string | null
  readonly service: string | null
  readonly reportedMet: boolean | null
  readonly reopenCount: number | null
  readonly hopCount: number | null
  readonly openedAt: number | null
  readonly respondedAt: number | null
  readonly resolvedAt: number | null
  readonly closedAt: number | null
}

/** Something in a file that could not be taken as it was. */
export interface Remark {
  readonly line: number
  readonly column: string | null
  /** `row.…`: the row was not taken; `value.…`: it was, without this value. */
  readonly code: FailureCode & (`row.${string}` | `value.${string}`)
  readonly facts: TextValues
  readonly value: string | null
}

export interface RowReader {
  /** Null when the row cannot be taken; why is then among the remarks. */
  readonly read: (row: CsvRow) => TicketRow | null
}

export interface RowReaderOptions {
  readonly header: readonly string[]
  readonly source: Source
  readonly mapping: ImportMapping
  /** Of dates without an offset. */
  readonly zone: string
  readonly now: number
  readonly remark: (remark: Remark) => void
}

/** Nothing in a ticket is older: what looks older was misread. */
const EARLIEST = Date.UTC(1990, 0, 1)
/** How far ahead of ours another clock may be. */
const CLOCK_SKEW_MS = 2 * 60_000

/** A way to read each row of a file by a mapping. */
export function rowReader({ header, source, mapping, zone, now, remark }: RowReaderOptions): RowReader {
  const { form, dateOrder, defaults } = mapping
  const missing = new Set(mapping.missing)
  const indexOf = Object.fromEntries(
    Object.entries(mapping.columns).map(([field, column]) => [field, header.indexOf(column)]),
  ) as Partial<Record<Field, number>>
  // Words that the first rows did not have mean what they always mean.
  const states = wordMap(mapping.states, (word) => stateOfWord(word, source))
  const priorities = wordMap(mapping.priorities, priorityOfWord)
  const levels = wordMap(mapping.levels, levelOfWord)
  const isLog = isActivityLog(source)
  const mapped = new Set(Object.values(mapping.columns))
  const own = header.flatMap((name, index) => (isLog && !mapped.has(name) ? [{ name, index }] : []))
  const defaultOpened = defaults.openedAt === undefined ? null : Date.parse(defaults.openedAt)

  /** Of the row that is being read. */
  let line = 0
  let fields: readonly string[] = []
  const lastMoment = new Map<
    MomentField,
    { readonly text: string; readonly reading: Reading | null; readonly at: number }
  >()

  return { read }

  function read(row: CsvRow): TicketRow | null {
    line = row.line
    fields = row.fields
    if (row.flaw === 'cut') return reject('row.cut', null, null)
    if (row.flaw === 'width')
      return reject('row.width', null, null, { found: fields.length, expected: row.width ?? header.length })
    if (row.flaw === 'long') return reject('row.long', null, null)

    const key = text('number')
    if (key === null && mapping.columns.number !== undefined) return reject('row.no-number', 'number', null)
    if (key !== null && key.length > 200) return reject('row.number-long', 'number', key)

    const opened = moment('openedAt')
    const updated = moment('updatedAt')
    if (opened?.reading === null) return reject('row.date', 'openedAt', opened.text)
    if (updated?.reading === null) return reject('row.date', 'updatedAt', updated.text)
    if (form === 'changes' && updated === null) return reject('row.no-date', 'updatedAt', null)
    const openedAt = opened?.at ?? defaultOpened
    if (form === 'tickets' && openedAt === null) return reject('row.no-date', 'openedAt', null)
    const openedWrong = openedAt === null ? null : wrongTime(openedAt)
    if (openedWrong !== null) return reject(`row.${openedWrong}`, 'openedAt', opened?.text ?? null, { zone })
    const updatedWrong = updated === null ? null : wrongTime(updated.at)
    if (updatedWrong !== null) return reject(`row.${updatedWrong}`, 'updatedAt', updated!.text, { zone })
    const early = updated !== null && openedAt !== null && updated.at < openedAt
    if (early) reject('value.before-opening', 'updatedAt', updated.text)

    const respondedAt = laterMoment('respondedAt', openedAt)
    const resolvedAt = laterMoment('resolvedAt', openedAt)
    const closedAt = laterMoment('closedAt', openedAt)
    // A ticket that contradicts itself has no history that could be told; in a log the other rows tell it.
    if (resolvedAt === 'contradicts' || closedAt === 'contradicts' || respondedAt === 'contradicts') return null

    const stateWord = text('state')
    const known = stateWord === null ? (defaults.state ?? null) : states(stateWord)
    // An activity that leads to no state is one all the same.
    if (known === undefined && !isLog) return reject('row.state', 'state', stateWord)
    const meaning = known ?? null
    const done = meaning === 'resolved' || meaning === 'closed'
    if (form === 'tickets' && done && resolvedAt === null && closedAt === null && updated === null) {
      return reject('row.no-end', 'state', stateWord)
    }
    const event = text('event')
    const channel = text('channel')
    const met = text('reportedMet')
    const category = text('category')
    const description = text('description')
    return {
      key: key ?? contentKey(fields),
      at: early || updated === null ? openedAt! : updated.at,
      sequence: (isLog ? lastDigits(text('sequence')) : count('sequence')) ?? 0,
      line,
      stamp: event === null ? stampOf(updated?.reading ?? null) : `e${event}`,
      activity: isLog ? shortened(text('activity'), 200) : null,
      own: isLog ? ownFields() : null,
      state: meaning === null ? null : withReason(meaning, text('pauseReason')) + mark(source, stateWord, meaning),
      priority: meant('priority', priorities) ?? defaults.priority ?? null,
      impact: meant('impact', levels),
      urgency: meant('urgency', levels),
      title: shortened(
        text('title') ?? titleOf(text('symptom'), text('subcategory'), category) ?? beginningOf(description),
        400,
      ),
      description,
      resolution: text('resolution'),
      resolutionCode: shortened(text('resolutionCode'), 100),
      category: shortened(category, 200),
      channel: channel === null ? null : channelOfWord(channel),
      team: shortened(text('team'), 200),
      assignee: shortened(text('assignee'), 400),
      requester: shortened(text('requester'), 400),
      site: shortened(text('site'), 200),
      service: shortened(text('service'), 200),
      reportedMet: met === null ? null : (truthOfWord(met) ?? null),
      reopenCount: count('reopenCount'),
      hopCount: count('hopCount'),
      openedAt,
      respondedAt,
      resolvedAt,
      closedAt,
    }
  }

  function ownFields(): string | null {
    const values = own.flatMap(({ name, index }) => {
      const value = fields[index]?.trim() ?? ''
      return missing.has(value) ? [] : [[name, excerpt(value)]]
    })
    return values.length === 0 ? null : JSON.stringify(Object.fromEntries(values))
  }

  function reject(code: Remark['code'], field: Field | null, value: string | null, facts: TextValues = {}): null {
    const column = field === null ? null : (mapping.columns[field] ?? null)
    remark({
      line,
      column,
      code,
      value: value === null ? null : excerpt(value),
      facts: { ...facts, column: column ?? '' },
    })
    return null
  }

  function text(field: Field): string | null {
    const index = indexOf[field]
    if (index === undefined) return null
    const value = fields[index]?.trim() ?? ''
    return missing.has(value) ? null : value
  }

  /** Null when there is none; without a reading when it cannot be read. */
  function moment(field: MomentField) {
    const value = text(field)
    if (value === null) return null
    // Rows of one ticket have most of their moments in common.
    const last = lastMoment.get(field)
    if (last?.text === value) return last
    const reading = readMoment(value, dateOrder)
    const found = { text: value, reading, at: reading === null ? NaN : instantOf(reading, zone) }
    lastMoment.set(field, found)
    return found
  }

  /** Why a moment cannot be right; null when it can. */
  function wrongTime(at: number): 'future' | 'past' | null {
    return at > now + CLOCK_SKEW_MS ? 'future' : at < EARLIEST ? 'past' : null
  }

  function laterMoment(
    field: 'respondedAt' | 'resolvedAt' | 'closedAt',
    openedAt: number | null,
  ): number | null | 'contradicts' {
    const found = moment(field)
    if (found === null) return null
    if (found.reading === null) return reject('value.date', field, found.text)
    if (wrongTime(found.at) !== null) return reject('value.out-of-time', field, found.text, { zone })
    if (openedAt === null || found.at >= openedAt) return found.at
    const contradicts = form === 'tickets' && field !== 'respondedAt'
    reject(contradicts ? 'row.over-before-opening' : 'value.over-before-opening', field, found.text)
    return contradicts ? 'contradicts' : null
  }

  function meant<Meaning>(
    field: 'priority' | 'impact' | 'urgency',
    of: (word: string) => Meaning | undefined,
  ): Meaning | null {
    const value = text(field)
    if (value === null) return null
    const meaning = of(value)
    if (meaning === undefined) reject(`value.${field}`, field, value)
    return meaning ?? null
  }

  function count(field: Field): number | null {
    const value = text(field)
    return value !== null && /^\d{1,6}$/.test(value) ? Number(value) : null
  }
}

/** Finds a word whatever its case and blanks; most are found as they stand. */
function wordMap<Meaning>(
  words: Readonly<Record<string, Meaning>>,
  otherwise: (word: string) => Meaning | undefined,
): (word: string) => Meaning | undefined {
  const found = new Map<string, Meaning>()
  for (const [word, meaning] of Object.entries(words)) found.set(plainWord(word), meaning)
  for (const [word, meaning] of Object.entries(words)) found.set(word, meaning)
  return (word) => found.get(word) ?? found.get(plainWord(word)) ?? partOf(word) ?? otherwise(word)

  /** Of `Accepted/In Progress`, what either part was said to mean; the latter first. */
  function partOf(word: string): Meaning | undefined {
    const at = word.indexOf('/')
    return at === -1 ? undefined : (found.get(plainWord(word.slice(at + 1))) ?? found.get(plainWord(word.slice(0, at))))
  }
}

function withReason(meaning: StateMeaning, reason: string | null): string {
  if (meaning !== 'on-hold') return meaning
  return `on-hold:${(reason === null ? undefined : pauseWords[plainWord(reason)]) ?? 'other'}`
}

/**
 * HP Service Manager goes on writing activities behind a ticket that is closed, an update for example: only a reopening
 * opens it again. And it writes that one was closed where the closing did not come about.
 */
function mark(source: Source, word: string | null, meaning: StateMeaning): '' | '?' {
  return source === 'hp-service-manager' &&
    meaning !== 'resolved' &&
    meaning !== 'cancelled' &&
    !/reopen/i.test(word ?? '')
    ? '?'
    : ''
}

/** `001A3970723` → 3970723: what numbers activities in their order. */
function lastDigits(text: string | null): number | null {
  const digits = /\d{1,7}$/.exec(text ?? '')?.[0]
  return digits === undefined ? null : Number(digits)
}

/** `Symptom 72, Category 55`: what a ticket without a title is called. */
function titleOf(symptom: string | null, subcategory: string | null, category: string | null): string | null {
  const parts = [symptom ?? subcategory, category].filter((part) => part !== null)
  return parts.length === 0 ? null : parts.join(', ')
}

/** The first line of a description, for a ticket that nothing else names. */
function beginningOf(description: string | null): string | null {
  return shortened(description?.split('\n', 1)[0]!.trim() || null, 120)
}

function shortened(text: string | null, most: number): string | null {
  return text === null || text.length <= most ? text : `${text.slice(0, most - 1)}…`
}

/** A copy: a piece would keep the long text in memory that it was cut from. */
function excerpt(value: string): string {
  return Buffer.from(value.length > 200 ? `${value.slice(0, 199)}…` : value).toString()
}

/** A key for a ticket without a number: the same row has the same. */
function contentKey(fields: readonly string[]): string {
  return `#${createHash('sha1').update(JSON.stringify(fields)).digest('base64url').slice(0, 16)}`
}

/** `~` stands before what is told by a wall clock. */
function stampOf(reading: Reading | null): string {
  return reading === null ? '' : `${reading.fixed ? '' : '~'}${reading.ms.toString(36)}`
}
