import type { Asker, Reason } from '#core/may.ts'

/** Keeps lists of one's own: whoever is a person; an auditor leaves no trace. */
export function barredFromKeepingViews({ personId, access }: Asker): Reason | null {
  if (personId === null) return 'may.sign-in'
  return access === 'auditor' ? 'may.read-only' : null
}
