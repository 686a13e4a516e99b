import { once } from 'node:events'
import type { PoolClient } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { isoOf } from '#core/iso.ts'

/** What goes into a column: null, or what its text form is made of. */
export type CopyValue = string | number | boolean | Date | null | undefined

/** Rows on their way into a table by `COPY`: many at once, without a statement for each. */
export interface CopyTarget {
  /** Adds a row, values in the order of the columns; resolves when there is room for more. */
  readonly row: (values: readonly CopyValue[]) => Promise<void> | void
  /** Says that there are no more; resolves with their number when all are in. */
  readonly end: () => Promise<number>
}

/** Rows are sent in pieces of about this many characters. */
const PIECE = 64 * 1024

/**
 * Opens a `COPY` into columns of a table. The connection is busy with it until `end`. What the database refuses is thrown
 * by the next call.
 */
export function copyInto(client: PoolClient, table: string, columns: readonly string[]): CopyTarget {
  const stream = client.query(copyFrom(`copy ${table} (${columns.join(', ')}) from stdin`))
  let failure: unknown
  let piece = ''
  let rows = 0
  stream.on('error', (error) => {
    failure = error
  })

  async function send(): Promise<void> {
    if (failure) throw failure
    const text = piece
    piece = ''
    if (!stream.write(text)) {
      const waiting = new AbortController()
      await Promise.race([
        once(stream, 'drain', { signal: waiting.signal }),
        once(stream, 'close', { signal: waiting.signal }),
      ]).finally(() => waiting.abort())
    }
    if (failure) throw failure
  }

  return {
    row: (values) => {
      rows += 1
      for (let index = 0; index < values.length; index++) piece += (index === 0 ? '' : '\t') + field(values[index])
      piece += '\n'
      return piece.length >= PIECE ? send() : undefined
    },
    end: async () => {
      if (piece !== '') await send()
      await new Promise<void>((resolve, reject) => {
        stream.once('finish', resolve)
        stream.once('error', reject)
        stream.end()
      })
      return rows
    },
  }
}

/** Copies rows into columns of a table. */
export async function copyRows(
  client: PoolClient,
  table: string,
  columns: readonly string[],
  rows: readonly (readonly CopyValue[])[],
): Promise<void> {
  if (rows.length === 0) return
  const target = copyInto(client, table, columns)
  for (const row of rows) {
    const written = target.row(row)
    if (written) await written
  }
  await target.end()
}

const SPECIAL = /[\\\t\n\r\0]/g

/** A value in PostgreSQL's text format of `COPY`. A NUL, which no text there may hold, becomes a replacement character. */
function field(value: CopyValue): string {
  if (value === null || value === undefined) return '\\N'
  if (typeof value === 'string') return SPECIAL.test(value) ? value.replace(SPECIAL, escaped) : value
  if (typeof value === 'boolean') return value ? 't' : 'f'
  if (value instanceof Date) return isoOf(value.getTime())
  return String(value)
}

function escaped(character: string): string {
  switch (character) {
    case '\\':
      return '\\\\'
    case '\t':
      return '\\t'
    case '\n':
      return '\\n'
    case '\r':
      return '\\r'
    default:
      return '\uFFFD'
  }
}
