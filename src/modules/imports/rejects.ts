import { createWriteStream } from 'node:fs'
import type { PoolClient } from 'pg'
import { Failure } from '#core/failure.ts'
import type { Language } from '#core/text.ts'
import { copyInto } from '#platform/copy.ts'
import { csvLine } from '#platform/files/table.ts'
import { sentence } from '#platform/problem.ts'
import type { Remark } from './row.ts'

/** What could not be taken from a file: counted all, kept as far as somebody would read. */
export interface Remarks {
  readonly add: (remark: Remark) => void
  /** Rows that were not taken. */
  readonly rejected: () => number
  /** Values that were left out of rows that were taken. */
  readonly leftOut: () => number
  /** The first ones. */
  readonly kept: () => readonly Remark[]
}

/** Kept with an import. Whoever has more has another problem than these rows. */
export const MOST_KEPT = 10_000

/** @param each Told of all of them, also those that are not kept. */
export function collectRemarks(each?: (remark: Remark) => void): Remarks {
  const kept: Remark[] = []
  let rejected = 0
  let leftOut = 0
  return {
    add: (remark) => {
      if (isRejection(remark)) rejected += 1
      else leftOut += 1
      if (kept.length < MOST_KEPT) kept.push(remark)
      each?.(remark)
    },
    rejected: () => rejected,
    leftOut: () => leftOut,
    kept: () => kept,
  }
}

/** Whether the row was not taken; else it was, without this value. */
export function isRejection({ code }: Pick<Remark, 'code'>): boolean {
  return code.startsWith('row.')
}

/** Why, for a person. */
export function remarkSentence({ code, facts }: Pick<Remark, 'code' | 'facts'>, language: Language): string {
  return sentence(new Failure('invalid', code, facts), language)
}

/** Keeps remarks with their import, in the place of those of an earlier attempt. */
export async function storeRemarks(client: PoolClient, importId: string, remarks: readonly Remark[]): Promise<void> {
  await client.query('delete from import_reject where import_id = $1', [importId])
  if (remarks.length === 0) return
  const target = copyInto(client, 'import_reject', {
    import_id: 'uuid',
    line: 'bigint',
    column_name: 'text',
    code: 'text',
    facts: 'jsonb',
    value: 'text',
  })
  const seen = new Set<string>()
  for (const { line, column, code, facts, value } of remarks) {
    if (seen.has(`${line} ${code}`)) continue
    seen.add(`${line} ${code}`)
    const written = target.row([importId, line, column, code, JSON.stringify(facts), value])
    if (written) await written
  }
  await target.end()
}

/** The first line of a table of remarks. */
export const remarkHeader = csvLine(['line', 'column', 'taken', 'code', 'reason', 'value'])

export function remarkLine(
  remark: Pick<Remark, 'line' | 'column' | 'code' | 'facts' | 'value'>,
  language: Language,
): string {
  const { line, column, code, value } = remark
  return csvLine([line, column, isRejection(remark) ? 'no' : 'yes', code, remarkSentence(remark, language), value])
}

/** Writes remarks into a file of CSV as they come. */
export function remarkFile(
  path: string,
  language: Language,
): { readonly add: (remark: Remark) => void; readonly end: () => Promise<void> } {
  const file = createWriteStream(path)
  const failed = new Promise<never>((_, reject) => file.once('error', reject))
  failed.catch(() => undefined)
  file.write(`\uFEFF${remarkHeader}`)
  return {
    add: (remark) => void file.write(remarkLine(remark, language)),
    end: () => Promise.race([failed, new Promise<void>((resolve) => file.end(resolve))]),
  }
}
