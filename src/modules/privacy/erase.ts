import { type RawBuilder, sql } from 'kysely'
import { covered, wordsFor } from '#core/cover.ts'
import { emptyPerson } from '#modules/people'
import type { Db } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import type { JobWorld } from '#platform/worker.ts'
import { coverRecords, kinds } from './anonymous.ts'
import { emptyMails } from './mails.ts'
import { type Certificate, checksumOf } from './certificate.ts'
import { noteForgotten } from './list.ts'
import { namelessName, knownStandIn } from './stand-in.ts'
import { type Store, stores } from './store.ts'
import { coverEverywhere, mayCover } from './texts.ts'

const DAY_MS = 86_400_000
/** Backups from before are gone after so long (DOMAIN §5.4). */
const BACKUPS_LAST_DAYS = 35

interface Somebody {
  readonly id: string
  readonly name: string
  readonly email: string | null
  readonly customerId: string | null
}

/** Rows of a store that are somebody's. */
export function theirs(
  { columns, address }: Store,
  { id, email }: Pick<Somebody, 'id' | 'email'>,
): RawBuilder<boolean> {
  const byId = columns.map((column) =>
    column.endsWith('_ids')
      ? sql<boolean>`${id}::uuid = any(${sql.id(column)})`
      : sql<boolean>`${sql.id(column)} = ${id}::uuid`,
  )
  const byAddress = address === undefined || email === null ? [] : [sql<boolean>`lower(${sql.id(address)}) = ${email}`]
  const any = [...byId, ...byAddress]
  return any.length === 0 ? sql<boolean>`false` : sql<boolean>`(${sql.join(any, sql` or `)})`
}

/** Which tables know somebody, and how many rows of each; to be decided about before, and told afterwards. */
export async function recordsOf(db: Db, who: Pick<Somebody, 'id' | 'email'>): Promise<Certificate['records']> {
  const records: Certificate['records'] = []
  for (const store of stores) {
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from ${sql.id(store.table)} where ${theirs(store, who)}`.execute(db)
    const { subject, table, fate } = store
    if (rows[0]!.count > 0) records.push({ subject, table, fate, rows: rows[0]!.count })
  }
  return records
}

/**
 * Forgets somebody, in one transaction: what is theirs alone is deleted, words about them are covered wherever they stand,
 * their own row loses its values, and their key is destroyed. What is left of them is an id. Does nothing when it is done.
 */
export async function erase(world: JobWorld, erasureId: string): Promise<void> {
  const { db, inTransaction, log } = world
  const now = world.now()
  await db.transaction().execute(async (tx) => {
    await mayCover(tx)
    const asked = await tx.selectFrom('erasure').selectAll().where('id', '=', erasureId).forUpdate().executeTakeFirst()
    if (asked?.state !== 'waiting') return
    const who = await tx
      .selectFrom('person')
      .select(['id', 'name', 'email', 'customerId'])
      .where('id', '=', asked.personId)
      .forUpdate()
      .executeTakeFirstOrThrow()
    const done = await forget(tx, who, now)
    const told: Certificate = {
      erasure: asked.id,
      subject: who.id,
      ground: asked.ground as Certificate['ground'],
      requestedAt: asked.requestedAt.toISOString(),
      doneAt: now.toISOString(),
      ...done,
      backupsUntil: new Date(now.getTime() + BACKUPS_LAST_DAYS * DAY_MS).toISOString().slice(0, 10),
    }
    await tx
      .updateTable('erasure')
      .set({ state: 'done', doneAt: now, certificate: JSON.stringify(told), checksum: checksumOf(told) })
      .where('id', '=', asked.id)
      .execute()
  })
  const erased = await inTransaction(async (context) => {
    const row = await context.db
      .selectFrom('erasure')
      .select(['personId', 'customerId', 'checksum', 'state', 'doneAt'])
      .where('id', '=', erasureId)
      .executeTakeFirst()
    if (row?.state !== 'done') return null
    const { personId: subjectId, customerId, checksum } = row
    const facts = { erasure: erasureId, checksum }
    await audit(context, { action: 'person.erased', subjectType: 'person', subjectId, customerId, facts })
    return { person: subjectId, at: row.doneAt!.toISOString() }
  })
  if (erased === null) return
  await noteForgotten([erased])
  log.info(erased, 'somebody was forgotten')
}

/** Everything of {@link erase} but what is told of it; also after a restore, of somebody whose erasure is not in the backup. */
export async function forget(
  db: Db,
  who: Somebody,
  now: Date,
): Promise<Pick<Certificate, 'records' | 'texts' | 'files' | 'keyDestroyed'>> {
  const { id, customerId } = who
  const records = await recordsOf(db, who)
  const keyDestroyed = (await knownStandIn(db, id)) !== null
  const own = await coverOwn(db, who)
  let { files } = own
  if (who.email !== null) files += await emptyMails(db, sql<boolean>`lower(from_address) = ${who.email}`, now)
  for (const store of stores) {
    const { table, fate, emptied } = store
    if (fate === 'gone') await sql`delete from ${sql.id(table)} where ${theirs(store, who)}`.execute(db)
    if (emptied === undefined || Object.keys(emptied).length === 0) continue
    const nameless = sql`${namelessName(id)}`
    const values = Object.entries(emptied).map(
      ([column, value]) => sql`${sql.id(column)} = ${value === 'NAME' ? nameless : sql.raw(value)}`,
    )
    await sql`update ${sql.id(table)} set ${sql.join(values)} where ${theirs(store, who)}`.execute(db)
  }
  const words = wordsFor(who, false)
  const others = await coverEverywhere(db, { words, customerId }, (text) => covered(text, words))
  await emptyPerson(db, id, { name: namelessName(id), now })
  return { records, texts: own.texts + others, files, keyDestroyed }
}

/** What they wrote to us themselves: any part of their name is theirs there. How many texts were covered, and files went. */
async function coverOwn(db: Db, { id, name, email }: Somebody): Promise<{ texts: number; files: number }> {
  const words = wordsFor({ name, email }, true)
  const cover = (text: string) => covered(text, words)
  const idsOf = async (query: RawBuilder<{ id: string }>) => (await query.execute(db)).rows.map((row) => row.id)
  const reported = await idsOf(sql`select id from incident where requester_id = ${id}`)
  const ordered = await idsOf(sql`select id from request where requester_id = ${id} or ordered_by_id = ${id}`)
  const called = await idsOf(sql`select id from contact where person_id = ${id}`)
  const done = [
    await coverRecords(db, kinds.incident, { ids: reported, cover }),
    await coverRecords(db, kinds.request, { ids: ordered, cover }),
    await coverRecords(db, kinds.contact, { ids: called, cover }),
  ]
  for (const [table, column, of] of [
    ['feedback_case', 'text', 'person_id'],
    ['friction_point', 'description', 'reporter_id'],
  ] as const) {
    const { rows } = await sql<{ id: string; text: string }>`
      select id, ${sql.id(column)} as text from ${sql.id(table)} where ${sql.id(of)} = ${id} for update`.execute(db)
    for (const row of rows)
      await sql`update ${sql.id(table)} set ${sql.id(column)} = ${cover(row.text)} where id = ${row.id}`.execute(db)
  }
  await sql`delete from contact_message using contact
    where contact.id = contact_message.contact_id and contact.person_id = ${id}`.execute(db)
  await sql`update verbatim set answer_id = null where answer_id in (
    select answer_id from survey_answer_identity where person_id = ${id})`.execute(db)
  return {
    texts: done.reduce((sum, { texts }) => sum + texts, 0),
    files: done.reduce((sum, { files }) => sum + files, 0),
  }
}
