import { sql } from 'kysely'
import { coveredWithin } from '#core/cover.ts'
import type { Db } from '#platform/context.ts'

/**
 * Tables whose texts hold no words of persons, or whose words stay: the audit is a chain and names fields alone, reviews are
 * what a customer was told, with a checksum, and an active agreement does not change. History is covered by its own function.
 */
const SPARED = [
  'account',
  'agreement_version',
  'audit',
  'audit_check',
  'audit_link',
  'catalogue_item_version',
  'customer',
  'erasure',
  'exchange_rate',
  'history',
  'identity_provider',
  'mail_account',
  'migration',
  'migration_lock',
  'period',
  'person',
  'retention_run',
  'review',
  'review_document',
  'setting',
  'zone_rules',
]

interface TextColumn {
  readonly table: string
  readonly column: string
  readonly json: boolean
  /** Whether rows of the table are of a customer each. */
  readonly customers: boolean
}

/** Every column in which somebody may have written about somebody; a new one is among them by itself. */
async function textColumns(db: Db): Promise<readonly TextColumn[]> {
  const { rows } = await sql<TextColumn>`
    select c.relname as "table", a.attname as "column", a.atttypid = 'jsonb'::regtype as "json",
      exists (select from pg_attribute of_customer where of_customer.attrelid = c.oid
        and of_customer.attname = 'customer_id' and not of_customer.attisdropped) as "customers"
    from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r' and not c.relispartition
      and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
      and a.atttypid in ('text'::regtype, 'text[]'::regtype, 'jsonb'::regtype)
      and not (c.relname = any(${SPARED}))
    order by 1, 2`.execute(db)
  return rows
}

/** What is looked for, and where: with one customer, or with all. */
export interface Sought {
  readonly words: readonly string[]
  readonly customerId: string | null
}

/**
 * Covers words in all texts of all tables, history among them; how many texts that were. As the owner, in a transaction
 * that {@link mayCover}. Each table is read whole, so it is work for the background.
 */
export async function coverEverywhere(db: Db, sought: Sought, cover: (text: string) => string): Promise<number> {
  if (sought.words.length === 0) return 0
  let count = await coverHistory(db, { cover, ...sought })
  for (const column of await textColumns(db)) count += await coverColumn(db, column, { sought, cover })
  return count
}

function patternsOf(words: readonly string[]): readonly string[] {
  // As they stand in JSON; whatever is found by this is looked at again.
  return words.map(
    (word) =>
      `%${JSON.stringify(word)
        .slice(1, -1)
        .replace(/[\\%_]/g, String.raw`\$&`)
        .replace(/\s+/gu, '%')}%`,
  )
}

async function coverColumn(
  db: Db,
  { table, column, json, customers }: TextColumn,
  { sought: { words, customerId }, cover }: { readonly sought: Sought; readonly cover: (text: string) => string },
): Promise<number> {
  const ref = sql.id(column)
  const within = customers && customerId !== null ? sql`and customer_id = ${customerId}::uuid` : sql``
  const { rows } = await sql<{ place: string; value: unknown }>`
    select ctid::text as place, ${ref} as value from ${sql.id(table)}
    where ${ref}::text ilike any(${patternsOf(words)}) ${within} for update`.execute(db)
  let count = 0
  for (const { place, value } of rows) {
    const now = coveredWithin(value, cover)
    if (JSON.stringify(now) === JSON.stringify(value)) continue
    const bound = json ? sql`${JSON.stringify(now)}::jsonb` : sql`${now}`
    await sql`update ${sql.id(table)} set ${ref} = ${bound} where ctid = ${place}::tid`.execute(db)
    count += 1
  }
  return count
}

interface HistoryCover {
  readonly cover: (text: string) => string
  /** Only facts with these words, and of this customer. */
  readonly words?: readonly string[]
  readonly customerId?: string | null
  /** Only facts about these records. */
  readonly subjects?: readonly string[]
  /** Who stands in for whom, in the facts about these records. */
  readonly standIns?: ReadonlyMap<string, string>
}

/** Covers words in facts; how many facts that were. The database refuses any other change of a fact. */
export async function coverHistory(
  db: Db,
  { cover, words, customerId = null, subjects, standIns = new Map() }: HistoryCover,
): Promise<number> {
  const ofWords = words === undefined ? sql`` : sql`and facts::text ilike any(${patternsOf(words)})`
  const ofCustomer = customerId === null ? sql`` : sql`and customer_id = ${customerId}::uuid`
  const ofSubjects = subjects === undefined ? sql`` : sql`and subject_id = any(${subjects}::uuid[])`
  const { rows } = await sql<{ id: string; at: string; actorId: string | null; facts: unknown }>`
    select id, occurred_at::text as at, actor_id as "actorId", facts from history
    where true ${ofSubjects} ${ofWords} ${ofCustomer}`.execute(db)
  let count = 0
  for (const { id, at, actorId, facts } of rows) {
    const now = coveredWithin(facts, cover)
    const actor = (actorId !== null && standIns.get(actorId)) || actorId
    if (actor === actorId && JSON.stringify(now) === JSON.stringify(facts)) continue
    await sql`update history set facts = ${JSON.stringify(now)}::jsonb, actor_id = ${actor}
      where id = ${id} and occurred_at = ${at}::timestamptz`.execute(db)
    count += 1
  }
  return count
}

/** Lets the transaction cover words in facts; nothing else can be changed of them even so. */
export async function mayCover(db: Db): Promise<void> {
  await sql`set local plumbline.privacy = 'on'`.execute(db)
}
