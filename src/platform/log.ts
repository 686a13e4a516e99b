import { pino } from 'pino'

/** One JSON line per entry on standard error. No personal data: ids, counts, durations. */
export interface Log {
  readonly info: (facts: object, message: string) => void
  readonly warn: (facts: object, message: string) => void
  readonly error: (facts: object, message: string) => void
}

/** On a terminal only what is wrong is told, unless `LOG_LEVEL` says otherwise: a person reads it. */
export function jsonLog(): Log {
  const level = process.env['LOG_LEVEL'] ?? (process.stderr.isTTY ? 'warn' : 'info')
  return pino({ level, base: null }, pino.destination({ dest: 2, sync: false }))
}

export const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined }
