import { once } from 'node:events'
import type { PoolClient } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { CopyRows, type CopyType, type CopyValue } from './copy-rows.ts'

export type { CopyType, CopyValue } from './copy-rows.ts'

/** Columns of a table in the order of a row's values, each with the type that it has there. */
export type CopyColumns = Readonly<Record<string, CopyType>>

/** Rows on their way into a table by `COPY`: many at once, without a statement for each. */
export interface CopyTarget {
  /** Adds a row, values in the order of the columns; resolves when there is room for more. */
  readonly row: (values: readonly CopyValue[]) => Promise<void> | void
  /** Says that there are no more; resolves with their number when all are in. */
  readonly end: () => Promise<number>
}

/**
 * Opens a `COPY` into columns of a table. The connection is busy with it until `end`. What the database refuses is thrown
 * by the next call; a value that is none of its column's type by the call that it was given to.
 */
export function copyInto(client: PoolClient, table: string, columns: CopyColumns): CopyTarget {
  const names = Object.keys(columns).join(', ')
  const stream = client.query(copyFrom(`copy ${table} (${names}) from stdin (format binary)`))
  const rows = new CopyRows(Object.values(columns))
  let failure: unknown
  let count = 0
  stream.on('error', (error) => {
    failure = error
  })

  async function send(piece: Buffer): Promise<void> {
    if (failure) throw failure
    if (!stream.write(piece)) {
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
      count += 1
      rows.add(values)
      const piece = rows.fullPiece()
      return piece === null ? undefined : send(piece)
    },
    end: async () => {
      await send(rows.lastPiece())
      await new Promise<void>((resolve, reject) => {
        stream.once('finish', resolve)
        stream.once('error', reject)
        stream.end()
      })
      return count
    },
  }
}

/** Copies rows into columns of a table. */
export async function copyRows(
  client: PoolClient,
  table: string,
  columns: CopyColumns,
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
