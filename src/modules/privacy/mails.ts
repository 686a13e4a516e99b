import { type RawBuilder, sql } from 'kysely'
import { removeRawMail } from '#modules/mail'
import type { Db } from '#platform/context.ts'

/**
 * Takes away what came by mail: the file as it came, sender, subject. The rows stay, so that none is taken in again; how many
 * mails those were. The files go first: what was interrupted is begun again.
 */
export async function emptyMails(db: Db, which: RawBuilder<boolean>, now: Date): Promise<number> {
  const { rows } = await sql<{ id: string; sha256: Buffer; shared: boolean }>`
    select id, sha256, exists (select from received_mail other where other.sha256 = received_mail.sha256
      and other.emptied_at is null and other.id <> received_mail.id) as shared
    from received_mail where emptied_at is null and ${which} for update`.execute(db)
  for (const { id, sha256, shared } of rows) {
    if (!shared) await removeRawMail(sha256)
    await sql`update received_mail set from_name = '', from_address = null, subject = '', recipient = '', emptied_at = ${now}
      where id = ${id}`.execute(db)
  }
  return rows.length
}
