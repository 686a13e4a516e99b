/**
 * Personal data: what is known of somebody and told to them, how long records are kept, how somebody is forgotten, and what a
 * works council is told. Owns `subject_key`, `retention_period`, `retention_hold`, `retention_run`, `erasure` and `readable`.
 * It is the one module that changes rows of all others: store.ts says of each table what becomes of it, texts.ts covers words
 * wherever they stand (decision 0105).
 */
export { forgottenBefore, keepErasuresIn, noteForgotten } from './list.ts'
export { dropEmptyMonths } from './months.ts'
export { forgetAgain } from './repeat.ts'
export { privacyRoutes } from './routes.ts'
export { privacyJobs } from './worker.ts'
