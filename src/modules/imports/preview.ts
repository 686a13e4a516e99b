import type { Language } from '#core/text.ts'
import { sentence } from '#platform/problem.ts'
import type { ImportPreview } from './api.ts'
import { failureOfLack, openExport, zoneOfNobody } from './export.ts'
import { type Field, isMomentField } from './field.ts'
import type { GivenMapping, Lack, Source } from './mapping.ts'
import { readMoment } from './moment.ts'
import { isRejection, remarkSentence } from './rejects.ts'
import { type Remark, rowReader, type TicketRow } from './row.ts'

/** How many rows are shown as they would be read. */
const SHOWN = 20

export interface PreviewOptions {
  readonly path: string
  readonly source: Source
  readonly given: GivenMapping
  readonly customerZone: string | null
  readonly now: Date
  readonly language: Language
}

/** How a file would be read, from its first rows; nothing is written. */
export async function previewOf({
  path,
  source,
  given,
  customerZone,
  now,
  language,
}: PreviewOptions): Promise<ImportPreview> {
  const exported = await openExport(path, source, given)
  try {
    const { csv, file, sample, detection } = exported
    const { mapping, lacks, unknownWords } = detection
    const zone = mapping.timeZone ?? customerZone ?? zoneOfNobody
    let remarks: Remark[] = []
    const reader = rowReader({
      header: csv.header,
      source,
      mapping,
      zone,
      now: now.getTime(),
      remark: (remark) => remarks.push(remark),
    })
    const keys = new Set<string>()
    let taken = 0
    const rows: ImportPreview['rows'] = []
    // Without knowing how dates are read there is nothing to show.
    for (const row of lacks.length === 0 ? sample : []) {
      remarks = []
      const read = reader.read(row)
      if (read !== null) {
        taken += 1
        keys.add(read.key)
      }
      if (rows.length >= SHOWN) continue
      rows.push({
        line: row.line,
        taken: read !== null,
        values: read && valuesOf(read),
        remarks: remarks.map((remark) => remarkView(remark, language)),
      })
    }
    const fieldOf = new Map(Object.entries(mapping.columns).map(([field, column]) => [column, field as Field]))
    return {
      packing: file.packing,
      inside: file.inside,
      encoding: csv.encoding(),
      delimiter: csv.delimiter,
      mapping,
      timeZone: zone,
      lacks: lacks.map((lack) => lackView(lack, language)),
      columns: csv.header.map((name, index) => ({
        name,
        field: fieldOf.get(name) ?? null,
        samples: samplesOf(sample, index, mapping.missing),
      })),
      unknownWords: [...unknownWords],
      sampled: { rows: sample.length, taken, tickets: keys.size },
      rows,
    }
  } finally {
    await exported.close()
  }
}

export function remarkView(remark: Remark, language: Language) {
  const { line, column, code, value } = remark
  return { line, column, code, value, message: remarkSentence(remark, language), taken: !isRejection(remark) }
}

/** By field; moments as instants. */
function valuesOf(row: TicketRow): Record<string, string | number | boolean | null> {
  const { key, at, stamp, line: _, sequence: __, ...values } = row
  return Object.fromEntries([
    ['number', key],
    ['updatedAt', stamp === '' ? null : new Date(at).toISOString()],
    ...Object.entries(values).map(([field, value]) => [
      field,
      isMomentField(field as Field) && value !== null
        ? new Date(value as number).toISOString()
        : typeof value === 'string'
          ? value.slice(0, 400)
          : value,
    ]),
  ])
}

function samplesOf(
  sample: readonly { readonly fields: readonly string[] }[],
  index: number,
  missing: readonly string[],
): string[] {
  const found = new Set<string>()
  for (const { fields } of sample) {
    const value = fields[index]?.trim() ?? ''
    if (!missing.includes(value)) found.add(value.length > 100 ? `${value.slice(0, 99)}…` : value)
    if (found.size >= 3) break
  }
  return [...found]
}

function lackView(lack: Lack, language: Language): ImportPreview['lacks'][number] {
  const dateOf = (example: string, order: 'dmy' | 'mdy') =>
    new Date(readMoment(example, order)!.ms).toISOString().slice(0, 10)
  return {
    lack: lack.lack,
    message: sentence(failureOfLack(lack), language),
    field: 'field' in lack ? lack.field : null,
    column: 'column' in lack ? lack.column : null,
    readings:
      lack.lack === 'date-order'
        ? { example: lack.example, dmy: dateOf(lack.example, 'dmy'), mdy: dateOf(lack.example, 'mdy') }
        : null,
  }
}
