import type { Readable } from 'node:stream'
import { sql } from 'kysely'
import { Failure, invalid, notFound } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { barredFromInside } from '#core/may.ts'
import { explaining } from '#platform/constraint.ts'
import type { Context } from '#platform/context.ts'
import { headOf, keepFile, openKept, removeKept } from '#platform/files/store.ts'
import type { FileReply } from '#platform/http.ts'
import { type Attachment, type AttachmentChange, LARGEST_ATTACHMENT } from './api.ts'
import { maybeShown, nameOf, typeOf, UNKNOWN } from './content.ts'

/** The record that a file belongs to. */
export interface AttachmentSubject {
  readonly subjectType: 'friction-point' | 'incident' | 'request'
  readonly subjectId: string
  readonly customerId: string
}

/** A file on the disk that no record refers to yet. */
export interface ReceivedFile {
  readonly sha256: string
  readonly size: number
  readonly type: string
}

/** Keeps the bytes of a file before any transaction: how long they take to come is not known. Fails for an empty one. */
export async function receiveFile(bytes: Readable): Promise<ReceivedFile> {
  const { sha256, size } = await keepFile(bytes, LARGEST_ATTACHMENT)
  if (size === 0) {
    await removeKept(sha256)
    throw invalid('attachment.empty')
  }
  return { sha256, size, type: await typeOf(await headOf(sha256)) }
}

/**
 * Ties a received file to a record. The same content under the same name twice at one record is one attachment, so that a
 * request may be repeated.
 */
export async function attach(
  { db, actor, now }: Context,
  { subjectType, subjectId, customerId }: AttachmentSubject,
  { name: given, visibility, file }: { name: string; visibility: Attachment['visibility']; file: ReceivedFile },
): Promise<{ readonly id: string; readonly name: string; readonly added: boolean }> {
  const { sha256, size, type } = file
  const name = nameOf(given)
  await sql`select keep_file(${sha256}, ${size}, ${type}, ${now})`.execute(db)
  const id = newId(now.getTime())
  const row = { id, customerId, subjectType, subjectId, name, sha256, size, type, visibility }
  const { numInsertedOrUpdatedRows: added = 0n } = await db
    .insertInto('attachment')
    .values({ ...row, addedBy: actor.personId, addedAt: now })
    .onConflict((conflict) =>
      conflict.columns(['subjectId', 'sha256', 'name']).where('removedAt', 'is', null).doNothing(),
    )
    .executeTakeFirst()
  if (added > 0n) return { id, name, added: true }
  const same = await db
    .selectFrom('attachment')
    .select('id')
    .where('subjectId', '=', subjectId)
    .where('sha256', '=', sha256)
    .where('name', '=', name)
    .where('removedAt', 'is', null)
    .executeTakeFirstOrThrow()
  return { id: same.id, name, added: false }
}

/** Files of a record that the actor may see, the first added first; those taken away too, for the provider. */
export async function listAttachments(
  { db, actor }: Pick<Context, 'db' | 'actor'>,
  { subjectType, subjectId }: Pick<AttachmentSubject, 'subjectType' | 'subjectId'>,
): Promise<Attachment[]> {
  const inside = barredFromInside(actor) === null
  // Who among the provider's people added a file is nothing that the customer is told.
  const addedBy = inside
    ? sql<string | null>`(select name from person where id = attachment.added_by)`
    : sql<null>`null`
  const rows = await db
    .selectFrom('attachment')
    .select(['id', 'name', 'type', 'size', 'visibility', 'addedAt', 'removedAt', 'version', addedBy.as('addedBy')])
    .where('subjectType', '=', subjectType)
    .where('subjectId', '=', subjectId)
    .orderBy('addedAt')
    .orderBy('id')
    .execute()
  return rows.map(({ removedAt, visibility, ...row }) => ({
    ...row,
    visibility: visibility as Attachment['visibility'],
    removed: removedAt !== null,
  }))
}

interface AttachmentOf extends Pick<AttachmentSubject, 'subjectType' | 'subjectId'> {
  readonly id: string
}

/** Shows a file to the customer or to nobody but us, takes it away or gives it back. What it is called, for the history. */
export async function changeAttachment(
  { db, now }: Context,
  { id, subjectType, subjectId }: AttachmentOf,
  { version, change }: { readonly version: number; readonly change: AttachmentChange },
): Promise<{ readonly name: string; readonly visibility: Attachment['visibility'] }> {
  const kept = await db
    .selectFrom('attachment')
    .select(['name', 'visibility', 'version', 'removedAt'])
    .where('id', '=', id)
    .where('subjectType', '=', subjectType)
    .where('subjectId', '=', subjectId)
    .forUpdate()
    .executeTakeFirst()
  if (kept === undefined) throw notFound('attachment.not-found')
  if (kept.version !== version) throw new Failure('moved-on', 'request.moved-on')
  const removedAt = change.removed === undefined ? kept.removedAt : change.removed ? (kept.removedAt ?? now) : null
  const visibility = change.visibility ?? (kept.visibility as Attachment['visibility'])
  await explaining({ attachment_once: 'attachment.there-again' }, { name: kept.name }, () =>
    db
      .updateTable('attachment')
      .set({ visibility, removedAt, version: version + 1 })
      .where('id', '=', id)
      .execute(),
  )
  return { name: kept.name, visibility }
}

/**
 * The bytes of a file.
 *
 * @param show In the page, where its kind allows that; as a download otherwise.
 */
export async function openAttachment(
  { db }: Pick<Context, 'db'>,
  { id, subjectType, subjectId }: AttachmentOf,
  show: boolean,
): Promise<FileReply> {
  const found = await db
    .selectFrom('attachment')
    .select(['name', 'type', 'sha256'])
    .where('id', '=', id)
    .where('subjectType', '=', subjectType)
    .where('subjectId', '=', subjectId)
    .executeTakeFirst()
  if (found === undefined) throw notFound('attachment.not-found')
  const file = await openKept(found.sha256)
  if (file === null) throw new Failure('unavailable', 'attachment.lost', { name: found.name })
  if (show && maybeShown(found.type)) return { file, type: found.type }
  return { file, type: UNKNOWN, name: found.name }
}
