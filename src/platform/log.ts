import { pino } from 'pino'

/** One JSON line per entry on standard error. No personal data: ids, counts, durations. */
export interface Log {
  readonly info: (facts: object, message: string) => void
  readonly warn: (facts: object, message: string) => void
  readonly error: (facts: object, message: string) => void
}

export function jsonLog(): Log {
  return pino({ level: process.env['LOG_LEVEL'] ?? 'info', base: null }, pino.destination({ dest: 2, sync: false }))
}

export const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined }
