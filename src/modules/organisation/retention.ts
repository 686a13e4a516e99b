import { sql } from 'kysely'
import { forgetAuditBefore } from '#modules/audit'
import { forgetRecomputations } from '#modules/corrections'
import { endLapsedAccounts } from '#modules/people'
import { forgetWhatIfs } from '#modules/what-if'
import type { Db } from '#platform/context.ts'
import { countOldUploads, removeOldUploads } from '#platform/files/uploads.ts'
import { countAnswersBefore, forgetAnswersBefore } from '#platform/idempotency.ts'
import type { JobWorld } from '#platform/worker.ts'
import { readSettings } from './queries.ts'

const DAY_MS = 86_400_000

/** When it is done, in UTC, as the queue takes it: when few are awake. */
export const NIGHTLY = '17 2 * * *'

/** The next time that it is done. */
export function nextNight(now: Date): Date {
  const next = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate(), 2, 17))
  return next > now ? next : new Date(next.getTime() + DAY_MS)
}

function daysBefore(now: Date, days: number): Date {
  return new Date(now.getTime() - days * DAY_MS)
}

function monthsBefore(now: Date, months: number): Date {
  const before = new Date(now)
  before.setUTCMonth(before.getUTCMonth() - months)
  return before
}

/** What the next night takes away, as things stand. As the owner. */
export async function retentionOutlook(db: Db, now: Date) {
  const { uploadDays, answerDays, auditMonths } = await readSettings(db)
  const next = nextNight(now)
  const auditBefore = auditMonths === null ? null : monthsBefore(next, auditMonths)
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from audit where at < ${auditBefore}`.execute(db)
  return {
    next,
    uploads: await countOldUploads(next, uploadDays),
    answers: await countAnswersBefore(db, daysBefore(next, answerDays)),
    audit: rows[0]!.count,
    auditBefore,
  }
}

/**
 * Takes away what has been kept for as long as was said, also what was tried or counted anew long ago, and switches off accounts that their provider has not vouched for.
 * The history stays: every figure is counted from it.
 */
export async function tidyUp(world: JobWorld): Promise<void> {
  const { db, now, log, inTransaction } = world
  const at = now()
  const { uploadDays, answerDays, auditMonths } = await readSettings(db)
  await removeOldUploads(at, uploadDays)
  const answers = await inTransaction((context) => forgetAnswersBefore(context.db, daysBefore(at, answerDays)))
  const accounts = await inTransaction((context) => endLapsedAccounts(context))
  const entries = auditMonths === null ? 0 : await forgetAuditBefore(world, monthsBefore(at, auditMonths))
  const whatIfs = await inTransaction((context) => forgetWhatIfs(context.db, at))
  const recomputations = await inTransaction((context) => forgetRecomputations(context.db, at))
  log.info({ answers, accounts, whatIfs, recomputations, entries }, 'tidied up')
}
