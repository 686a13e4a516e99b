import type { CsvFile } from '#platform/files/csv.ts'
import type { ImportMapping } from './mapping.ts'

/** A table out of a source whose columns and words are known, so that nobody has to be asked. */
export interface KnownTable {
  readonly csv: CsvFile
  readonly columns: ImportMapping['columns']
  readonly levels: ImportMapping['levels']
}
