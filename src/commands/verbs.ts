import type { Verbs } from './run.ts'

/** The command line: what can be said, and what then runs. */
export const verbs: Verbs = {
  start: { load: async () => (await import('./start.ts')).startCommand, alone: true },
  migrate: { load: async () => (await import('./migrate.ts')).migrateCommand, alone: true },
  clock: { load: async () => (await import('./clock.ts')).clockCommand, alone: true },
  recompute: { load: async () => (await import('./recompute.ts')).recomputeCommand },
  token: { load: async () => (await import('./token.ts')).tokenCommand },
  user: { load: async () => (await import('./user.ts')).userCommand },
  doctor: { load: async () => (await import('./doctor.ts')).doctorCommand },
  bench: { load: async () => (await import('./bench.ts')).benchCommand, alone: true },
  generate: { load: async () => (await import('./generate.ts')).generateCommand, alone: true },
}
