/**
 * Imports: histories of tickets brought in from elsewhere. Owns `import` and `import_reject`; files that were sent lie in a
 * folder (platform/files) until they are taken in. What a row means is decided by pure functions (mapping, row, change,
 * history); facts, incidents and clocks are written by incidents, figures counted by service-levels.
 * Importing the same or a longer export again adds only what is new, and an import can be undone.
 */
export type { ImportCounts } from './counts.ts'
export { type GivenMapping, givenMapping, type Source, sources } from './mapping.ts'
export { importByCommand } from './by-command.ts'
export { remarkFile } from './rejects.ts'
export { importRoutes } from './routes.ts'
export { importJobs } from './worker.ts'
export { importWaits } from './waits.ts'
