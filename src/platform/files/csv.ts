import { parse as parseWhole } from 'csv-parse/sync'
import { invalid } from '#core/failure.ts'
import { type CsvRecord, dialect, recordsOf } from './csv-records.ts'
import { decoded, type Encoding } from './encoding.ts'
import type { TextFile } from './open-text.ts'

export const delimiters = [',', ';', '\t', '|'] as const
export type Delimiter = (typeof delimiters)[number]

/** A record of a CSV file, or what is left of one. */
export interface CsvRow {
  /** Where it begins; the header is on the first line. A field may go over several lines. */
  readonly line: number
  readonly fields: readonly string[]
  /**
   * Why it cannot be taken as it is. `cut`: the file ends within it. `width`: it has not as many fields as the header.
   * `long`: one of its fields is longer than {@link LONGEST_FIELD}.
   */
  readonly flaw?: 'cut' | 'width' | 'long'
  /** How many fields it should have, where that is not as many as the header. */
  readonly width?: number
}

export interface CsvFile {
  readonly delimiter: Delimiter
  /** Names of the columns; without one, `Column 3`; a name that comes twice is numbered: `Name (2)`. */
  readonly header: readonly string[]
  /** What is known so far: it may change until the last row was read. */
  readonly encoding: () => Encoding
  readonly damaged: () => boolean
  /** In the file's order, flawed ones too. To be read once. */
  readonly rows: AsyncIterable<CsvRow>
}

/** In bytes: enough to see how a file is written. */
const SAMPLE = 64 * 1024
/** In characters. What is longer in one field is no text of a ticket. */
export const LONGEST_FIELD = 1024 ** 2

export interface CsvOptions {
  readonly delimiter?: Delimiter | undefined
  readonly encoding?: Encoding | undefined
}

/** Begins to read a CSV file: finds out encoding and delimiter where they are not given, and reads the header. */
export async function readCsv(file: TextFile, { delimiter, encoding }: CsvOptions = {}): Promise<CsvFile> {
  const decoding = decoded(file.head, file.chunks, encoding)
  const chunks = decoding.chunks[Symbol.asyncIterator]()
  const first: Buffer[] = []
  for (let held = 0; held < SAMPLE; held += first.at(-1)!.length) {
    const next = await chunks.next()
    if (next.done) break
    first.push(next.value)
  }
  const { bytes, said } = withoutPreamble(Buffer.concat(first))
  const used = delimiter ?? said ?? delimiterOf(bytes)
  const records = recordsOf(bytes, chunks, {
    ...dialect(used, bytes.subarray(0, SAMPLE)),
    firstLine: said === null ? 1 : 2,
  })
  const header = await records.next()
  if (header.done || header.value.fields.every((name) => name.trim() === '')) throw invalid('file.empty')
  const names = columnNames(header.value.fields)
  return {
    delimiter: used,
    header: names,
    encoding: decoding.encoding,
    damaged: decoding.damaged,
    rows: rowsOf(records, names.length),
  }
}

/** Without a byte order mark, and without the line `sep=;` by which Excel is told the delimiter. */
function withoutPreamble(bytes: Buffer): { bytes: Buffer; said: Delimiter | null } {
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes
  const line = /^"?sep=(.)"?\r?\n/i.exec(start.toString('utf8', 0, 12))
  const said = delimiters.find((each) => each === line?.[1])
  return said === undefined ? { bytes: start, said: null } : { bytes: start.subarray(line![0].length), said }
}

/** The delimiter that splits most of the first records into as many fields as the first, and that into most. */
function delimiterOf(bytes: Buffer): Delimiter {
  const sample = bytes.subarray(0, SAMPLE)
  let best: { readonly delimiter: Delimiter; readonly even: number; readonly width: number } | undefined
  for (const delimiter of delimiters) {
    // Each finds its own place to stop: the sample ends anywhere.
    const records = parseWhole(sample, { ...dialect(delimiter, sample), to: 100, skip_records_with_error: true })
    const width = records[0]?.length ?? 0
    if (width < 2) continue
    const even = records.filter((record) => record.length === width).length / records.length
    const better = best === undefined || even > best.even + 0.1 || (even > best.even - 0.1 && width > best.width)
    if (better) best = { delimiter, even, width }
  }
  return best?.delimiter ?? ','
}

async function* rowsOf(records: AsyncIterable<CsvRecord>, width: number): AsyncGenerator<CsvRow> {
  // Whether a short record was cut is known when it turns out to be the last.
  let short: CsvRecord | undefined
  for await (const record of records) {
    if (short !== undefined) yield { ...short, flaw: 'width' }
    short = undefined
    const { line, fields, cut } = record
    if (cut) yield { line, fields, flaw: 'cut' }
    else if (fields.length < width) short = record
    else if (fields.length > width && fields.slice(width).some((field) => field !== ''))
      yield { line, fields, flaw: 'width' }
    else if (fields.some((field) => field.length > LONGEST_FIELD)) yield { line, fields, flaw: 'long' }
    else yield { line, fields }
  }
  if (short !== undefined) yield { ...short, flaw: 'cut' }
}

function columnNames(fields: readonly string[]): string[] {
  const seen = new Map<string, number>()
  return fields.map((field, index) => {
    const name = field.trim() === '' ? `Column ${index + 1}` : field.trim().slice(0, 200)
    const times = (seen.get(name) ?? 0) + 1
    seen.set(name, times)
    return times === 1 ? name : `${name} (${times})`
  })
}
