import { sql } from 'kysely'
import { Failure } from '#core/failure.ts'
import { recordNumber } from '#core/record-number.ts'
import type { Db } from '#platform/context.ts'
import type { SlideMaster } from '#platform/documents/slide-master.ts'
import { settings, type Settings, type SettingsChange } from './api.ts'
import type { Logo } from './logo.ts'
import { usual } from './setting.ts'

/** The name has a row of its own: documents and the page for signing in read it alone. */
const NAME = 'organisation'
const REST = 'installation'
const LOGO = 'logo'
const SLIDE_MASTER = 'slide-master'

/** All settings. What is kept but cannot be (any more) is as if nobody had said it. */
export async function readSettings(db: Db): Promise<Settings> {
  const rows = await db
    .selectFrom('setting')
    .select(['name', 'value', 'version'])
    .where('name', 'in', [NAME, REST])
    .execute()
  const name = rows.find((row) => row.name === NAME)?.value
  const rest = rows.find((row) => row.name === REST)
  const kept = (typeof rest?.value === 'object' ? rest.value : {}) as Readonly<Record<string, unknown>>
  const organisation = typeof name === 'string' && name.trim() !== '' ? name.trim() : null
  const version = rest?.version ?? 0
  const read = settings.safeParse({ ...usual, ...kept, organisation, version })
  return read.success ? read.data : { ...usual, organisation, version }
}

/** Fails when the settings are not at `version` any more. Of two at the same time the second finds out. */
export async function writeSettings(
  db: Db,
  version: number,
  { organisation, ...change }: SettingsChange,
  at: Date,
): Promise<void> {
  const value = JSON.stringify(change)
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('setting')
    .values({ name: REST, value, changedAt: at, version: version + 1 })
    .onConflict((conflict) =>
      conflict
        .column('name')
        .doUpdateSet((set) => ({
          value: sql`setting.value || ${value}::jsonb`,
          changedAt: at,
          version: set('setting.version', '+', 1),
        }))
        .where('setting.version', '=', version),
    )
    .executeTakeFirst()
  if (numInsertedOrUpdatedRows !== 1n) throw new Failure('moved-on', 'request.moved-on')
  if (organisation === null || organisation === '') await db.deleteFrom('setting').where('name', '=', NAME).execute()
  else if (organisation !== undefined) await writeRow(db, NAME, organisation, at)
}

async function writeRow(db: Db, name: string, content: unknown, changedAt: Date): Promise<void> {
  const value = JSON.stringify(content)
  await db
    .insertInto('setting')
    .values({ name, value, changedAt })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value, changedAt }))
    .execute()
}

interface KeptLogo {
  readonly type: Logo['type']
  readonly sha256: string
  readonly content: string
  /** Of a drawing: the same as a PNG, for programs that show no drawings. */
  readonly picture?: string
}

export async function findLogo(db: Db): Promise<KeptLogo | null> {
  const row = await db.selectFrom('setting').select('value').where('name', '=', LOGO).executeTakeFirst()
  return (row?.value ?? null) as KeptLogo | null
}

/** Which logo it is, without its content. */
export async function findLogoShown(db: Db): Promise<Pick<KeptLogo, 'type' | 'sha256'> | null> {
  const row = await db
    .selectFrom('setting')
    .select(sql<Pick<KeptLogo, 'type' | 'sha256'>>`value - 'content' - 'picture'`.as('value'))
    .where('name', '=', LOGO)
    .executeTakeFirst()
  return row?.value ?? null
}

export async function writeLogo(db: Db, logo: KeptLogo, at: Date): Promise<void> {
  await writeRow(db, LOGO, logo, at)
}

/** Beside the drawing that is there; whether there is one. */
export async function writeLogoPicture(db: Db, picture: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('setting')
    .set({ value: sql`value || jsonb_build_object('picture', ${picture}::text)` })
    .where('name', '=', LOGO)
    .where(sql<boolean>`value ->> 'type' = 'image/svg+xml'`)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export async function deleteLogo(db: Db): Promise<void> {
  await db.deleteFrom('setting').where('name', '=', LOGO).execute()
}

/** What the provider's slides look like; null for those of the house. */
export async function findSlideMaster(db: Db): Promise<SlideMaster | null> {
  const row = await db.selectFrom('setting').select('value').where('name', '=', SLIDE_MASTER).executeTakeFirst()
  return (row?.value ?? null) as SlideMaster | null
}

/** Null takes it away. */
export async function writeSlideMaster(db: Db, master: SlideMaster | null, at: Date): Promise<void> {
  if (master === null) await db.deleteFrom('setting').where('name', '=', SLIDE_MASTER).execute()
  else await writeRow(db, SLIDE_MASTER, master, at)
}

/** Which one it is, without its content. */
export async function findSlideMasterShown(db: Db): Promise<Pick<SlideMaster, 'name' | 'sha256'> | null> {
  const row = await db
    .selectFrom('setting')
    .select(sql<Pick<SlideMaster, 'name' | 'sha256'>>`value - 'content'`.as('value'))
    .where('name', '=', SLIDE_MASTER)
    .executeTakeFirst()
  return row === undefined ? null : { name: row.value.name, sha256: row.value.sha256 }
}

/** Customers by name, with the number that their next record gets. As the owner: sequences are read by nobody else. */
export async function customerNumbers(db: Db) {
  const customers = await db
    .selectFrom('customer')
    .select(['id', 'name', 'key'])
    .orderBy(sql`lower(name)`)
    .orderBy('id')
    .execute()
  const { rows } = await sql<{ name: string; last: number | null; start: number }>`
    select sequencename as name, last_value as last, start_value as start from pg_sequences
    where schemaname = current_schema() and sequencename like 'number_%'`.execute(db)
  const { numbering } = await readSettings(db)
  const sequences = new Map(rows.map((row) => [row.name, row]))
  return customers.map((customer) => {
    const sequence = sequences.get(`number_${customer.id.replaceAll('-', '')}`)
    const last = sequence?.last ?? null
    const number = last === null ? (sequence?.start ?? 1001) : last + 1
    return { ...customer, number, next: recordNumber(numbering.incident, customer.key, number), used: last !== null }
  })
}
