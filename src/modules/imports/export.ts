import { Failure, invalid } from '#core/failure.ts'
import { addCustomer } from '#api/customers'
import { type CsvFile, type CsvRow, readCsv } from '#platform/files/csv.ts'
import { openText, type TextFile } from '#platform/files/open-text.ts'
import { textsInZip } from '#platform/files/zip.ts'
import { detect, type Detection, SAMPLE_ROWS } from './detection.ts'
import { readLogAsTable } from './event-log.ts'
import type { KnownTable } from './known-table.ts'
import type { GivenMapping, Lack, Source } from './mapping.ts'
import { exportsOf, serviceManagerTable } from './service-manager.ts'

/** An export that was opened: its first rows, and what they say of how to read it. */
export interface Export {
  readonly file: Pick<TextFile, 'packing' | 'inside' | 'size' | 'bytesRead'>
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
export async function openExport(
  path: string | readonly string[],
  source: Source,
  given: GivenMapping = {},
): Promise<Export> {
  const files = await openFiles([path].flat(), source)
  const close = () => {
    for (const each of files) each.close()
  }
  try {
    const { csv, ...known } = await tableOf(files, source, given)
    const file = together(files)
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
      detection: detect(source, { header: csv.header, rows: whole, ...known }, given),
      close: async () => {
        await rest.return?.()
        close()
      },
    }
  } catch (error) {
    close()
    throw error
  }
}

/** Looks whether files can be read as exports of that source at all; what is wrong with them is thrown. */
export async function requireReadable(path: string, source: Source): Promise<void> {
  for (const file of await openFiles([path], source)) file.close()
}

/** Exports of HP Service Manager are two files, also in one zip; all others are one. */
async function openFiles(paths: readonly string[], source: Source): Promise<TextFile[]> {
  const files: TextFile[] = []
  try {
    for (const path of paths) {
      const entries = source === 'hp-service-manager' ? await textsIn(path) : [undefined]
      for (const entry of entries) {
        files.push(
          await openText(path, { as: source === 'xes' ? 'xml' : 'table', ...(entry !== undefined && { entry }) }),
        )
      }
    }
  } catch (error) {
    for (const file of files) file.close()
    throw error
  }
  const wanted = source === 'hp-service-manager' ? 2 : 1
  if (files.length === wanted) return files
  for (const file of files) file.close()
  throw wanted === 2 ? invalid('import.two-exports', { missing: 'one' }) : invalid('import.one-export')
}

/** Names inside, if it is a zip; without a name, the file itself. */
async function textsIn(path: string): Promise<readonly (string | undefined)[]> {
  try {
    const file = await openText(path)
    file.close()
    return [undefined]
  } catch (error) {
    if (error instanceof Failure && error.code === 'file.zip-many') return textsInZip(path)
    throw error
  }
}

async function tableOf(
  files: readonly TextFile[],
  source: Source,
  given: GivenMapping,
): Promise<{ readonly csv: CsvFile } & Partial<KnownTable>> {
  if (source === 'xes') return readLogAsTable(files[0]!)
  if (source !== 'hp-service-manager') return { csv: await readCsv(files[0]!, given) }
  const tables: CsvFile[] = []
  for (const file of files) tables.push(await readCsv(file, given))
  return serviceManagerTable(exportsOf(tables))
}

/** Several files as one, for how far they were read. */
function together(files: readonly TextFile[]): Export['file'] {
  const [first] = files
  return {
    packing: first!.packing,
    inside: files.every(({ inside }) => inside === null) ? null : files.map(({ inside }) => inside ?? '').join(' + '),
    size: files.reduce((sum, { size }) => sum + size, 0),
    bytesRead: () => files.reduce((sum, { bytesRead }) => sum + bytesRead(), 0),
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
