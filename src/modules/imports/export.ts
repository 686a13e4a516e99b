import { type Failure, invalid } from '#core/failure.ts'
import { addCustomer } from '#api/customers'
import { type CsvFile, type CsvRow, readCsv } from '#platform/files/csv.ts'
import { openText, type TextFile } from '#platform/files/open-text.ts'
import { detect, type Detection, SAMPLE_ROWS } from './detection.ts'
import type { GivenMapping, Lack, Source } from './mapping.ts'

/** An export that was opened: its first rows, and what they say of how to read it. */
export interface Export {
  readonly file: TextFile
  readonly csv: CsvFile
  readonly sample: readonly CsvRow[]
  /** All rows, those of the sample first. To be read once. */
  readonly rows: AsyncIterable<CsvRow>
  readonly detection: Detection
  readonly close: () => Promise<void>
}

/** Whose zone holds as long as nobody has said for whom an import is: the one that a new customer would have. */
export const zoneOfNobody = addCustomer.body.shape.timeZone.parse(undefined)

/** In characters: a sample of long texts is shorter. */
const SAMPLE_SIZE = 8 * 1024 ** 2

/** Opens an export and finds out how it is to be read, as far as that is not given. */
export async function openExport(path: string, source: Source, given: GivenMapping = {}): Promise<Export> {
  const file = await openText(path)
  try {
    const csv = await readCsv(file, given)
    const rest = csv.rows[Symbol.asyncIterator]()
    const sample: CsvRow[] = []
    for (let size = 0; sample.length < SAMPLE_ROWS && size < SAMPLE_SIZE;) {
      const next = await rest.next()
      if (next.done) break
      sample.push(next.value)
      for (const field of next.value.fields) size += field.length
    }
    if (sample.length === 0) throw invalid('import.no-rows')
    const whole = sample.filter(({ flaw }) => flaw === undefined).map(({ fields }) => fields)
    return {
      file,
      csv,
      sample,
      rows: allRows(sample, rest),
      detection: detect(source, { header: csv.header, rows: whole }, given),
      close: async () => {
        await rest.return?.()
        file.close()
      },
    }
  } catch (error) {
    file.close()
    throw error
  }
}

async function* allRows(sample: readonly CsvRow[], rest: AsyncIterator<CsvRow>): AsyncGenerator<CsvRow> {
  try {
    yield* sample
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value
  } finally {
    await rest.return?.()
  }
}

/** Fails with what has to be said first, if something has. */
export function requireComplete([lack]: readonly Lack[]): void {
  if (lack !== undefined) throw failureOfLack(lack)
}

/** What has to be said, as a sentence. */
export function failureOfLack(lack: Lack): Failure {
  switch (lack.lack) {
    case 'date-order': {
      const { example, column } = lack
      const [first, second] = example.split(/[/-]/)
      return invalid('import.dates-in-doubt', { example, column, first, second })
    }
    case 'one-date-order':
      return invalid('import.dates-mixed', { column: lack.column })
    case 'column':
      return invalid('import.column-needed', { field: lack.field })
    case 'unknown-column':
    default:
      return invalid('import.no-such-column', { field: lack.field, column: lack.column })
  }
}
