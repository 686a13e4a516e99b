import { createHmac, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { Db } from '#platform/context.ts'
import { seal, unseal } from '#platform/seal.ts'

const KEY_BYTES = 32

/** What a key is sealed for: it opens for nobody else. */
const purposeOf = (personId: string) => `subject key of ${personId}`

/** Nobody's name, the same in every language; what follows tells two of them apart. */
export function namelessName(id: string): string {
  return `Person ${id.slice(-6).toUpperCase()}`
}

/**
 * Who stands in for a person in records that have been kept long enough: the same one each time, so that two records of one
 * person are still of one. Which one that is follows from the person's key; without it nothing leads from the one to the other.
 */
export async function standInFor(db: Db, personId: string, now: Date): Promise<string> {
  const id = standInOf(await keyOf(db, personId, now))
  await sql`insert into person (id, customer_id, name, language, pseudonym, created_at)
    select ${id}, customer_id, ${namelessName(id)}, language, true, ${now} from person where id = ${personId}
    on conflict (id) do nothing`.execute(db)
  return id
}

/** Who stands in for a person, where somebody does and their key has not been destroyed. */
export async function knownStandIn(db: Db, personId: string): Promise<string | null> {
  const row = await db.selectFrom('subjectKey').select('key').where('personId', '=', personId).executeTakeFirst()
  return row === undefined ? null : standInOf(Buffer.from(await unseal(row.key, purposeOf(personId)), 'base64url'))
}

async function keyOf(db: Db, personId: string, now: Date): Promise<Buffer> {
  const fresh = await seal(randomBytes(KEY_BYTES).toString('base64url'), purposeOf(personId))
  await db
    .insertInto('subjectKey')
    .values({ personId, key: fresh, madeAt: now })
    .onConflict((conflict) => conflict.column('personId').doNothing())
    .execute()
  const { key } = await db
    .selectFrom('subjectKey')
    .select('key')
    .where('personId', '=', personId)
    .executeTakeFirstOrThrow()
  return Buffer.from(await unseal(key, purposeOf(personId)), 'base64url')
}

/** A UUID of version 8 (RFC 9562): made of the key by a function that leads one way. */
function standInOf(key: Buffer): string {
  const bytes = createHmac('sha256', key).update('stands in').digest().subarray(0, 16)
  bytes[6] = (bytes[6]! & 0x0f) | 0x80
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
