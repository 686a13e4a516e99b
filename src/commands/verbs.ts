import type { Verbs } from './run.ts'

/** The command line: what can be said, and what then runs. */
export const verbs: Verbs = {
  start: { load: async () => (await import('./start.ts')).startCommand, alone: true },
  migrate: { load: async () => (await import('./migrate.ts')).migrateCommand, alone: true },
  sample: { load: async () => (await import('./sample.ts')).sampleCommand },
  import: { load: async () => (await import('./import.ts')).importCommand },
  clock: { load: async () => (await import('./clock.ts')).clockCommand, alone: true },
  recompute: { load: async () => (await import('./recompute.ts')).recomputeCommand },
  agreement: { load: async () => (await import('./yaml-files.ts')).agreementCommand },
  calendar: { load: async () => (await import('./yaml-files.ts')).calendarCommand },
  review: { load: async () => (await import('./review.ts')).reviewCommand },
  mail: { load: async () => (await import('./mail.ts')).mailCommand, alone: true },
  token: { load: async () => (await import('./token.ts')).tokenCommand },
  user: { load: async () => (await import('./user.ts')).userCommand },
  audit: { load: async () => (await import('./audit.ts')).auditCommand },
  backup: { load: async () => (await import('./backup.ts')).backupCommand },
  export: { load: async () => (await import('./export.ts')).exportCommand },
  restore: { load: async () => (await import('./restore.ts')).restoreCommand, alone: true },
  workspace: { load: async () => (await import('./workspace.ts')).workspaceCommand, alone: true },
  doctor: { load: async () => (await import('./doctor.ts')).doctorCommand },
  test: { load: async () => (await import('./test.ts')).testCommand, alone: true },
  check: { load: async () => (await import('./check.ts')).checkCommand, alone: true },
  bench: { load: async () => (await import('./bench.ts')).benchCommand, alone: true },
  pictures: { load: async () => (await import('./pictures.ts')).picturesCommand, alone: true },
  generate: { load: async () => (await import('./generate.ts')).generateCommand, alone: true },
}
