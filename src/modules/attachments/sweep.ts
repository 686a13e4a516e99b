import { sql } from 'kysely'
import type { Db } from '#platform/context.ts'
import { removeKept, removeParts } from '#platform/files/store.ts'
import type { JobWorld } from '#platform/worker.ts'

/** So long something that was taken away can be had back. */
const HAD_BACK_DAYS = 30
/** A file is on the disk before its record is written: what is younger may be on its way. */
const ON_ITS_WAY_MS = 24 * 3_600_000
const AT_ONCE = 500

/**
 * Lets go of what was taken away long ago, of what belongs to a record that is no more, and of files that nothing refers to.
 * A row goes before its file: after an interruption a file may be left over, and never a row without its file.
 */
export async function sweepFiles({
  now,
  log,
  inTransaction,
}: Pick<JobWorld, 'now' | 'log' | 'inTransaction'>): Promise<void> {
  const at = now()
  const attachments = await inTransaction(({ db }) => forgetAttachments(db, at))
  const before = new Date(at.getTime() - ON_ITS_WAY_MS)
  let files = 0
  for (;;) {
    const free = await inTransaction(({ db }) => forgetFiles(db, before))
    for (const sha256 of free) await removeKept(sha256, before)
    files += free.length
    if (free.length < AT_ONCE) break
  }
  await removeParts(before)
  log.info({ attachments, files }, 'swept files')
}

async function forgetAttachments(db: Db, now: Date): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('attachment')
    .where((where) =>
      where.or([
        where('removedAt', '<', new Date(now.getTime() - HAD_BACK_DAYS * 86_400_000)),
        sql<boolean>`subject_type = 'incident' and not exists (select from incident where incident.id = subject_id)`,
      ]),
    )
    .executeTakeFirst()
  return Number(numDeletedRows)
}

/** Whatever table refers to a file by a foreign key keeps it. */
async function forgetFiles(db: Db, before: Date): Promise<readonly string[]> {
  const { rows } = await sql<{ readonly sha256: string }>`
    delete from kept_file where sha256 in (
      select sha256 from kept_file where kept_at < ${before}
        and not exists (select from attachment where attachment.sha256 = kept_file.sha256)
      limit ${AT_ONCE} for update skip locked)
    returning sha256`.execute(db)
  return rows.map(({ sha256 }) => sha256)
}
