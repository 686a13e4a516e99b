/**
 * Who did what: read by auditors, held together by a chain of hashes, checked each night. Owns `audit_link`, `audit_unlinked`
 * and `audit_check`; `audit` itself is written by whoever does something, in the transaction in which they do it.
 */
export { auditLoop, linkEntries } from './link.ts'
export { auditRoutes } from './routes.ts'
export { auditJobs } from './worker.ts'
export { entriesAfter } from './queries.ts'
export { forgetAuditBefore } from './retention.ts'
export { type Head, verifyChain } from './verify.ts'
