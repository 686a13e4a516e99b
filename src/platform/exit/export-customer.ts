import { createWriteStream } from 'node:fs'
import { rename, rm, stat } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Pool, PoolClient } from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { ZipFile } from 'yazl'
import { notFound, refused } from '#core/failure.ts'
import { addEntry } from '#platform/backup/backup.ts'
import { openKept } from '#platform/files/store.ts'
import { workspaceOf } from '#platform/workspace.ts'
import {
  type Audience,
  BLANKED,
  contentOf,
  EXIT_MANIFEST,
  type ExitManifest,
  LEFT_OUT,
  linesOf,
  numberings,
  SHARED,
} from './form.ts'

export interface Exported {
  readonly customer: string
  readonly tables: number
  readonly rows: number
  readonly files: number
  readonly bytes: number
}

interface ExportOptions {
  readonly pool: Pool
  /** Id or name. */
  readonly customer: string
  readonly audience: Audience
  readonly now: Date
}

/** Nothing in JSON is one of these, so that a line of CSV is the JSON as it is. */
const AS_IT_IS = `with (format csv, quote e'\\x01', delimiter e'\\x02')`

/**
 * Writes a customer into a file that another installation takes in, or that the customer is handed, as it is at one moment
 * and while others work. For the customer the database itself decides what is in it: rows and columns are read in the role of
 * its people.
 *
 * @param path Nothing may be there yet.
 */
export async function exportCustomer(path: string, options: ExportOptions): Promise<Exported> {
  if ((await stat(path).catch(() => null)) !== null) throw refused('backup.exists', { file: path })
  const part = `${path}.part`
  const client = await options.pool.connect()
  try {
    await client.query('begin isolation level repeatable read')
    const zip = new ZipFile()
    const output = pipeline(
      zip.outputStream as Readable,
      createWriteStream(part, { mode: 0o600, flags: 'wx', flush: true }),
    )
    const written = write(zip, client, options).catch((error: unknown) => {
      ;(zip.outputStream as Readable).destroy(error as Error)
      throw error
    })
    const [whole] = await Promise.all([written, output])
    await rename(part, path)
    return {
      customer: whole.customer.name,
      tables: whole.tables.length,
      rows: whole.tables.reduce((sum, { rows }) => sum + rows, 0),
      files: whole.files.length,
      bytes: (await stat(path)).size,
    }
  } catch (error) {
    await rm(part, { force: true })
    throw error
  } finally {
    await client.query('rollback').catch(() => undefined)
    client.release()
  }
}

async function write(zip: ZipFile, client: PoolClient, options: ExportOptions): Promise<ExitManifest> {
  const { audience, now } = options
  const customer = await findCustomer(client, options.customer)
  const sequences = await sequencesOf(client, customer.id)
  const { rows: migrations } = await client.query<{ name: string }>('select name from migration order by name')
  const seenBy = audience === 'provider' ? null : workspaceOf(options.pool).role('customer')
  const all = await tablesOf(client, seenBy)
  const chosen = all.filter(({ name }) => !LEFT_OUT.includes(name as (typeof LEFT_OUT)[number]))
  if (audience === 'provider') await chooseShared(client, customer.id)
  else {
    // The id was read from the table: it is one.
    await client.query(`set local role ${workspaceOf(options.pool).role('customer')}; set local plumbline.customers = '${customer.id}';
      set local plumbline.money = 'charges'`)
  }
  const tables: ExitManifest['tables'] = []
  for (const table of chosen) {
    const { name, columns } = table
    const bytes = client.query(copyTo(`copy (${selectOf(table, customer.id, audience)}) to stdout ${AS_IT_IS}`))
    const { sha256, lines } = await addEntry(zip, linesOf(name), bytes)
    tables.push({ name, columns: [...columns], rows: lines, sha256 })
  }
  const { files, lost } = await addFiles(zip, client, customer.id)
  const whole: ExitManifest = {
    format: 'plumbline-customer',
    version: 1,
    madeAt: now.toISOString(),
    audience,
    customer,
    migrations: migrations.map(({ name }) => name),
    tables,
    files,
    lost,
    sequences,
    leftOut: all.filter((table) => !chosen.includes(table)).map(({ name }) => name),
  }
  zip.addBuffer(Buffer.from(JSON.stringify(whole, null, 2)), EXIT_MANIFEST)
  zip.end()
  return whole
}

async function findCustomer(client: PoolClient, idOrName: string): Promise<ExitManifest['customer']> {
  const { rows } = await client.query<ExitManifest['customer']>(
    'select id, name, key from customer where id::text = $1 or lower(name) = lower($1)',
    [idOrName],
  )
  if (rows[0] === undefined) throw notFound('customer.not-found', { customer: idOrName })
  return rows[0]
}

interface Table {
  readonly name: string
  readonly columns: readonly string[]
  /** Which rows are the customer's; null where they only are what others refer to. */
  readonly own: string | null
}

/** Tables with rows of the customer, and those that they refer to; of columns those that a role may see, or all. */
async function tablesOf(client: PoolClient, seenBy: string | null): Promise<readonly Table[]> {
  const may = seenBy === null ? 'true' : `has_column_privilege('${seenBy}', c.oid, a.attnum, 'select')`
  const { rows } = await client.query<{ name: string; columns: string[]; ofCustomer: boolean }>(`
    select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns,
      bool_or(a.attname = 'customer_id') as "ofCustomer"
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and ${may}
    group by c.relname order by c.relname`)
  return rows.flatMap(({ name, columns, ofCustomer }) => {
    const own =
      name === 'customer'
        ? 'id = ID'
        : name === 'import_reject'
          ? `exists (select from import
      where import.id = import_reject.import_id and import.customer_id = ID)`
          : ofCustomer
            ? 'customer_id = ID'
            : null
    if (own === null && (seenBy !== null || !SHARED.includes(name))) return []
    return [{ name, columns, own }]
  })
}

/** Of a person of ours their name is taken along, since history says that somebody did something. */
const NAME_ALONE = `case when customer_id is null then jsonb_build_object('email', null, 'source_key', null, 'time_zone', null)
  else '{}' end`

function selectOf({ name, columns, own }: Table, customerId: string, audience: Audience): string {
  const quoted = columns.map((column) => `"${column}"`).join(', ')
  const blanked = Object.entries(BLANKED[name] ?? {}).filter(([column]) => columns.includes(column))
  const instead = blanked.map(([column, value]) => `'${column}', ${value}`).join(', ')
  const extra = name === 'person' && audience === 'provider' ? ` || ${NAME_ALONE}` : ''
  const ofShared =
    audience === 'provider' && SHARED.includes(name)
      ? `exists (select from exit_shared where exit_shared.name = '${name}' and exit_shared.key = "${name}"."${keyOf(name)}"::text)`
      : 'false'
  const ofCustomer = own === null ? 'false' : own.replaceAll('ID', `'${customerId}'::uuid`)
  return `select to_jsonb(r)${instead === '' ? '' : ` || jsonb_build_object(${instead})`}${extra}
    from (select ${quoted} from "${name}" where ${ofCustomer} or ${ofShared}) r`
}

function keyOf(table: string): string {
  return table === 'kept_file' ? 'sha256' : table === 'exchange_rate' ? 'rate_set_id' : 'id'
}

/** Notes which shared rows the customer's refer to, and those that these refer to, until there are no more. */
async function chooseShared(client: PoolClient, customerId: string): Promise<void> {
  await client.query('create temp table exit_shared (name text, key text, primary key (name, key)) on commit drop')
  const { rows: references } = await client.query<{ table: string; column: string; to: string; ofCustomer: boolean }>(
    `select c.relname as "table", a.attname as "column", p.relname as "to",
      exists (select from pg_attribute own where own.attrelid = c.oid and own.attname = 'customer_id' and not own.attisdropped)
        as "ofCustomer"
    from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_class p on p.oid = k.confrelid
      join pg_attribute a on a.attrelid = c.oid and a.attnum = k.conkey[1]
    where k.contype = 'f' and c.relnamespace = current_schema()::regnamespace and not c.relispartition
      and p.relname = any($1) and not (c.relname = any($2))`,
    [SHARED, LEFT_OUT],
  )
  const { rows: persons } = await client.query<{ table: string; column: string; type: string }>(
    `select c.relname as "table", a.attname as "column", a.atttypid::regtype::text as type
    from pg_class c join pg_attribute a on a.attrelid = c.oid and not a.attisdropped and a.attnum > 0
    where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and a.atttypid in ('uuid'::regtype, 'uuid[]'::regtype) and not (c.relname = any($1))
      and (a.attname ~ '(person|actor|owner|assignee|by)_id$|_by$' or a.attname ~ '^(approver|recipient)_ids$')
      and exists (select from pg_attribute own where own.attrelid = c.oid and own.attname = 'customer_id' and not own.attisdropped)`,
    [LEFT_OUT],
  )
  for (const { table, column, type } of persons) {
    const value = type === 'uuid[]' ? `unnest("${column}")` : `"${column}"`
    await client.query(
      `insert into exit_shared select 'person', id::text from person where id in (
        select ${value} from "${table}" where customer_id = $1) and customer_id is null on conflict do nothing`,
      [customerId],
    )
  }
  // What belongs together though nothing of the customer's refers to it.
  const versions = ['calendar', 'catalogue_item'] as const
  for (let before = -1, count = 0; count !== before;) {
    before = count
    for (const { table, column, to, ofCustomer } of references) {
      const own = ofCustomer ? `t.customer_id = $1 or ` : ''
      const shared = SHARED.includes(table)
        ? `exists (select from exit_shared s where s.name = '${table}' and s.key = t."${keyOf(table)}"::text)`
        : 'false'
      if (own === '' && shared === 'false') continue
      const foreign = to === 'kept_file' || !(await hasCustomer(client, to)) ? 'true' : 'p.customer_id is null'
      await client.query(
        `insert into exit_shared select distinct '${to}', p."${keyOf(to)}"::text from "${table}" t
          join "${to}" p on p."${keyOf(to)}" = t."${column}" where (${own}${shared}) and ${foreign} and $1::uuid is not null
        on conflict do nothing`,
        [customerId],
      )
    }
    for (const of of versions)
      await client.query(`insert into exit_shared select '${of}_version', v.id::text from "${of}_version" v
        join exit_shared s on s.name = '${of}' and s.key = v."${of === 'calendar' ? 'calendar_id' : 'item_id'}"::text
        where v.customer_id is null on conflict do nothing`)
    await client.query(`insert into exit_shared select 'exchange_rate', key from exit_shared where name = 'rate_set'
      on conflict do nothing`)
    const { rows } = await client.query<{ count: number }>('select count(*)::int as count from exit_shared')
    count = rows[0]!.count
  }
}

async function hasCustomer(client: PoolClient, table: string): Promise<boolean> {
  const { rows } = await client.query<{ has: boolean }>(
    `select exists (select from pg_attribute where attrelid = to_regclass(quote_ident($1)) and attname = 'customer_id'
      and not attisdropped) as has`,
    [table],
  )
  return rows[0]!.has
}

/** Contents of attachments that are in sight. */
async function addFiles(
  zip: ZipFile,
  client: PoolClient,
  customerId: string,
): Promise<Pick<ExitManifest, 'files' | 'lost'>> {
  const { rows } = await client.query<{ sha256: string }>(
    'select distinct sha256 from attachment where customer_id = $1 order by 1',
    [customerId],
  )
  const files: ExitManifest['files'] = []
  const lost: string[] = []
  for (const { sha256 } of rows) {
    const bytes = await openKept(sha256)
    if (bytes === null) {
      lost.push(sha256)
      continue
    }
    const { size } = await addEntry(zip, contentOf(sha256), bytes)
    files.push({ sha256, size })
  }
  return { files, lost }
}

async function sequencesOf(client: PoolClient, customerId: string): Promise<ExitManifest['sequences']> {
  const sequences: ExitManifest['sequences'] = []
  for (const name of numberings(customerId)) {
    const { rows } = await client.query<{ last: number; called: boolean }>(
      `select last_value as last, is_called as called from "${name}"`,
    )
    sequences.push({ name, ...rows[0]! })
  }
  return sequences
}
