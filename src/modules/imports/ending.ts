import { Failure } from '#core/failure.ts'
import { isAway } from '#platform/problem.ts'
import type { JobWorld } from '#platform/worker.ts'
import { updateImport } from './queries.ts'

/** The program is being stopped. */
export const stopped = new Error('The program is being stopped')
/** Somebody asked for it. */
export const givenUp = new Error('Somebody cancelled it')

/** What an import failed of, for a person: what we did not foresee is looked up in the log under its id. */
function failureOf(error: unknown, importId: string): Failure {
  if (error instanceof Failure) return error
  const { code } = error as { code?: string }
  if (code === '53100' || code === 'ENOSPC') return new Failure('unavailable', 'import.disk-full')
  if (isAway(error)) return new Failure('unavailable', 'import.database-away')
  return new Failure('refused', 'import.broke', { import: importId })
}

/** In this many seconds, and as often, a database that went away may come back. */
const WAIT_SECONDS = 5
const ATTEMPTS = 12

/** Writes down what an import failed of, so that somebody can start it again; returns it. */
export async function recordFailure(
  { db, log, now, signal }: JobWorld,
  importId: string,
  error: unknown,
): Promise<Failure> {
  const failure = failureOf(error, importId)
  if (failure !== error) {
    const { message, stack, code } = error as { message?: string; stack?: string; code?: string }
    log.error({ importId, code, error: message, stack }, 'import failed')
  }
  const { code, values } = failure
  for (let attempt = 1; ; attempt++) {
    try {
      await updateImport(db, importId, { state: 'failed', phase: null, failure: { code, values }, finishedAt: now() })
      return failure
    } catch (away) {
      if (attempt >= ATTEMPTS || signal.aborted) throw away
      await new Promise((resolve) => setTimeout(resolve, WAIT_SECONDS * 1000))
    }
  }
}
