import { CsvError, parse } from 'csv-parse'
import { invalid } from '#core/failure.ts'

/** A record as it lies in the file. */
export interface CsvRecord {
  /** Where it begins. */
  readonly line: number
  readonly fields: readonly string[]
  /** The file ends within it. */
  readonly cut?: boolean
}

/** How records are written: as options of the parser. */
export interface Dialect {
  readonly delimiter: string
  readonly relax_column_count: true
  readonly relax_quotes: true
  readonly record_delimiter: string[]
}

/** In bytes. What is longer is no record: a quote was opened and never closed. */
const LONGEST = 20 * 1024 ** 2
/** In lines. An open quote that swallows more than this is no cut last row, but the end of many. */
const LONGEST_CUT = 500
const LINE_FEED = 10
const QUOTE = 34

/** @param head First bytes of the file, to see how its lines end. */
export function dialect(delimiter: string, head: Buffer): Dialect {
  const text = head.toString('latin1')
  // A lone carriage return ends a line only where most lines end so: elsewhere it is a slip within a value.
  const returns = countOf(text, /\r(?!\n)/g) > countOf(text, /\n/g)
  return {
    delimiter,
    relax_column_count: true,
    relax_quotes: true,
    record_delimiter: returns ? ['\r\n', '\r'] : ['\n', '\r\n'],
  }
}

function countOf(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0
}

type Options = Dialect & { readonly firstLine: number }

/**
 * Records of UTF-8, in their order. As long as there is no quote, lines and delimiters are all there is, and splitting is
 * four times as fast as parsing; from the first quote on they are parsed.
 *
 * @param first What was read of `rest` already.
 */
export async function* recordsOf(
  first: Buffer,
  rest: AsyncIterator<Buffer>,
  options: Options,
): AsyncGenerator<CsvRecord> {
  try {
    const splits = options.record_delimiter.includes('\n')
    const left = splits ? yield* splitRecords(first, rest, options) : { bytes: first, line: options.firstLine }
    if (left !== null) yield* parsedRecords(left.bytes, rest, { ...options, firstLine: left.line })
  } finally {
    await rest.return?.()
  }
}

/** Ends at the first quote, with the bytes from the line of it on and its number; null when there is none. */
async function* splitRecords(
  first: Buffer,
  rest: AsyncIterator<Buffer>,
  { delimiter, firstLine }: Options,
): AsyncGenerator<CsvRecord, { bytes: Buffer; line: number } | null> {
  let held = first
  let line = firstLine
  for (;;) {
    const quote = held.indexOf(QUOTE)
    const whole = quote === -1 ? held : held.subarray(0, quote)
    const end = whole.lastIndexOf(LINE_FEED)
    if (end !== -1) {
      for (const text of held.toString('utf8', 0, end).split('\n')) {
        const record = recordOf(text, delimiter, line)
        if (record !== null) yield record
        line += 1
      }
      held = held.subarray(end + 1)
    }
    if (quote !== -1) return { bytes: held, line }
    if (held.length > LONGEST) throw tooLong(line)
    const next = await rest.next()
    if (next.done) break
    held = held.length === 0 ? next.value : Buffer.concat([held, next.value])
  }
  const record = recordOf(held.toString(), delimiter, line)
  if (record !== null) yield record
  return null
}

/** Null for an empty line. */
function recordOf(text: string, delimiter: string, line: number): CsvRecord | null {
  const content = text.endsWith('\r') ? text.slice(0, -1) : text
  return content === '' ? null : { line, fields: content.split(delimiter) }
}

async function* parsedRecords(
  first: Buffer,
  rest: AsyncIterator<Buffer>,
  { firstLine, ...written }: Options,
): AsyncGenerator<CsvRecord> {
  let unclosed = false
  let tooLongAfter = Infinity
  const parser = parse({
    ...written,
    max_record_size: LONGEST,
    skip_records_with_error: true,
    on_skip: (error) => {
      if (error instanceof CsvError && error.code === 'CSV_QUOTE_NOT_CLOSED') unclosed = true
      // The parser has lost its place now: what it gave before is good, what it gives from here on is not.
      else tooLongAfter = Math.min(tooLongAfter, parser.info.records)
    },
  })
  const feeding = feed()
  let line = firstLine
  let seen = 0
  try {
    for await (const fields of parser as AsyncIterable<string[]>) {
      if (seen >= tooLongAfter) break
      seen += 1
      // Counted here: the parser counts a line break of two characters within quotes twice.
      const begin = line
      line += 1
      for (const field of fields) if (field.includes('\n')) line += countOf(field, /\n/g)
      if (fields.length === 1 && fields[0] === '') continue
      yield { line: begin, fields }
    }
  } finally {
    parser.destroy()
    await feeding
  }
  if (tooLongAfter < Infinity) throw tooLong(line)
  if (!unclosed) return
  if (parser.info.lines - (line - firstLine) > LONGEST_CUT) throw invalid('file.quote-open', { line })
  yield { line, fields: [], cut: true }

  async function feed(): Promise<void> {
    try {
      for (let chunk = first; ;) {
        if (parser.destroyed || tooLongAfter < Infinity) break
        if (!parser.write(chunk)) await roomIn(parser)
        const next = await rest.next()
        if (next.done) break
        chunk = next.value
      }
      parser.end()
    } catch (error) {
      parser.destroy(error as Error)
    }
  }
}

function tooLong(line: number): Error {
  return invalid('file.row-too-long', { line, megabytes: LONGEST / 1024 ** 2 })
}

function roomIn(stream: NodeJS.WritableStream): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      stream.off('drain', done)
      stream.off('close', done)
      resolve()
    }
    stream.on('drain', done)
    stream.on('close', done)
  })
}
