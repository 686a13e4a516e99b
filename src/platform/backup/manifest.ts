import { z } from 'zod'

/** What a backup holds: its last entry, and the first that a restore reads. */
export const manifest = z.object({
  format: z.literal(1),
  madeAt: z.iso.datetime(),
  /** Files of `db/migrations` that had run, in their order: the shape that the tables have. */
  migrations: z.array(z.string()).min(1),
  tables: z.array(
    z.object({
      name: z.string(),
      columns: z.array(z.string()),
      rows: z.int(),
      sha256: z.string(),
      /** Parts that it is kept in, and what belongs into each, as PostgreSQL says it. */
      partitions: z.array(z.object({ name: z.string(), bound: z.string() })),
    }),
  ),
  sequences: z.array(z.object({ name: z.string(), last: z.int(), called: z.boolean() })),
  /** Files of the data folder, by their paths in it. */
  files: z.array(z.object({ path: z.string(), size: z.int(), sha256: z.string() })),
})
export type Manifest = z.output<typeof manifest>

/** Names of the entries of the archive. */
export const MANIFEST = 'manifest.json'
export const JOBS = 'jobs.json'
export const rowsOf = (table: string): string => `tables/${table}.copy`
export const fileOf = (path: string): string => `data/${path}`

/** Work that waits in the queue, as it is put in again. */
export const waitingJob = z.object({
  name: z.string(),
  data: z.record(z.string(), z.unknown()).nullable(),
  startAfter: z.string(),
  retryLimit: z.int(),
})
export type WaitingJob = z.output<typeof waitingJob>
