import { audit } from '#platform/history.ts'
import type { JobWorld } from '#platform/worker.ts'
import type { ImportCounts } from './counts.ts'
import { givenUp, stopped } from './ending.ts'
import { type ImportChange, type ImportRecord, updateImport } from './queries.ts'
import type { Progress } from './take-in.ts'

export interface ReporterOptions {
  readonly onProgress?: (progress: Progress) => void
  /** How often, in milliseconds, progress is written down, and somebody who wants to stop is heard. */
  readonly tickMs?: number
}

/** Writes down how far an import is, where others can read it while it runs, and hears whether it is to stop. */
export interface Reporter {
  /** The moment of everything that this attempt writes. */
  readonly startedAt: Date
  readonly seconds: () => number
  /** What was written so far. */
  readonly counts: () => ImportCounts | null
  readonly begin: () => Promise<void>
  /** Throws when the import is to stop. */
  readonly heed: () => Promise<void>
  readonly tick: (progress: Progress) => Promise<void>
  readonly end: (change: ImportChange, action: string) => Promise<void>
}

/** Reading is about a third of the work, writing the rest. */
const READING = 1 / 3

export function reporter(
  { db, now, signal, inTransaction }: JobWorld,
  { id, customerId, fileSize }: ImportRecord,
  { onProgress, tickMs = 300 }: ReporterOptions,
): Reporter {
  const began = performance.now()
  const startedAt = now()
  let last = -Infinity
  let latest: ImportCounts | null = null
  const seconds = () => Math.round(performance.now() - began) / 1000

  async function write(change: ImportChange): Promise<void> {
    if (signal.aborted) throw stopped
    if (await updateImport(db, id, change)) throw givenUp
  }
  return {
    startedAt,
    seconds,
    counts: () => latest,
    begin: () =>
      write({
        state: 'running',
        phase: 'reading',
        progressBytes: 0,
        startedAt,
        finishedAt: null,
        failure: null,
        counts: null,
      }),
    heed: () => write({}),
    tick: async (progress) => {
      const { phase, share, counts } = progress
      latest = { ...counts, seconds: seconds() }
      if (signal.aborted) throw stopped
      if (performance.now() - last < tickMs) return
      last = performance.now()
      onProgress?.(progress)
      const done = phase === 'reading' ? share * READING : READING + share * (1 - READING)
      await write({ phase, progressBytes: Math.min(fileSize, Math.round(fileSize * done)), counts: latest })
    },
    end: async (change, action) => {
      await updateImport(db, id, { ...change, phase: null, finishedAt: now() })
      const facts = { ...change.counts }
      await inTransaction((context) =>
        audit(context, { action, subjectType: 'import', subjectId: id, customerId, facts }),
      )
    },
  }
}
