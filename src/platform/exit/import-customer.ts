import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Pool, PoolClient } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { z } from 'zod'
import { invalid, refused } from '#core/failure.ts'
import { type Archive, openArchive } from '#platform/backup/restore.ts'
import { knownMigrations } from '#platform/migrations.ts'
import { keepFile } from '#platform/files/store.ts'
import {
  contentOf,
  EXIT_MANIFEST,
  type ExitManifest,
  exitManifest,
  LEFT_OUT,
  linesOf,
  numberings,
  SHARED,
} from './form.ts'

export interface TakenIn {
  readonly customer: string
  readonly tables: number
  readonly rows: number
  readonly files: number
}

const AS_IT_IS = `with (format csv, quote e'\\x01', delimiter e'\\x02')`

/**
 * Takes a customer in from the file that another installation wrote: everything or nothing. Ids stay, so that links from
 * elsewhere still lead there; a team of the same name is the same team. Refuses a file for the customer's own eyes, which
 * does not hold all, one of a later version, a customer who is here already, and rows that no customer brings along: who
 * wrote the file is not believed.
 */
export async function importCustomer(path: string, { pool }: { readonly pool: Pool }): Promise<TakenIn> {
  const archive = await openArchive(path)
  const client = await pool.connect()
  try {
    const whole = await manifestOf(archive)
    if (whole.audience !== 'provider') throw refused('exit.not-whole')
    await requireTakeable(client, whole)
    for (const { sha256 } of whole.files) {
      const kept = await keepFile(await archive.open(contentOf(sha256)), Number.MAX_SAFE_INTEGER)
      if (kept.sha256 !== sha256) throw invalid('backup.damaged', { entry: contentOf(sha256) })
    }
    await client.query('begin')
    // The rows refer to each other in circles, and were whole where they come from.
    await client.query('set local session_replication_role = replica').catch((error: { code?: string }) => {
      throw error.code === '42501' ? refused('backup.not-owner') : error
    })
    await client.query('create temp table exit_line (line text) on commit drop')
    const teams = new Map<string, string>()
    const inOrder = whole.tables.toSorted((a, b) => Number(b.name === 'team') - Number(a.name === 'team'))
    let rows = 0
    for (const table of inOrder)
      rows += await takeTable(client, archive, { customerId: whole.customer.id, table, teams })
    await client.query('select make_numbering($1)', [whole.customer.id])
    // A file of an earlier version does not know who held them.
    await client.query(
      `insert into holding_due (incident_id, customer_id) select id, customer_id from incident where customer_id = $1
        and not exists (select from holding h where h.incident_id = incident.id)
        and not exists (select from holding_due d where d.incident_id = incident.id)`,
      [whole.customer.id],
    )
    // Nor how many answered what.
    await client.query('select add_felt_up($1) where not exists (select from felt_sum where customer_id = $1)', [
      whole.customer.id,
    ])
    const own = numberings(whole.customer.id)
    for (const { name, last, called } of whole.sequences.filter((each) => own.includes(each.name)))
      await client.query('select setval(quote_ident($1)::regclass, $2, $3)', [name, last, called])
    await client.query('commit')
    await client.query('analyze')
    return { customer: whole.customer.name, tables: whole.tables.length, rows, files: whole.files.length }
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  } finally {
    client.release()
    archive.close()
  }
}

async function manifestOf(archive: Archive): Promise<ExitManifest> {
  try {
    return exitManifest.parse(await archive.json(EXIT_MANIFEST))
  } catch (error) {
    if (error instanceof z.ZodError || error instanceof SyntaxError) throw invalid('exit.none')
    throw error
  }
}

async function requireTakeable(client: PoolClient, { customer, migrations, madeAt }: ExitManifest): Promise<void> {
  const known = new Set(await knownMigrations())
  if (migrations.some((name) => !known.has(name))) throw refused('backup.later', { madeAt })
  const { rows } = await client.query<{ name: string }>(
    'select name from customer where id = $1 or lower(name) = lower($2) or key = $3',
    [customer.id, customer.name, customer.key],
  )
  if (rows[0] !== undefined) throw refused('exit.there', { customer: rows[0].name })
}

interface Taking {
  readonly customerId: string
  readonly table: ExitManifest['tables'][number]
  /** Of teams that are here under another id. */
  readonly teams: Map<string, string>
}

async function takeTable(client: PoolClient, archive: Archive, { customerId, table, teams }: Taking): Promise<number> {
  const { name, rows, sha256 } = table
  const columns = await columnsHere(client, name)
  if (columns.length === 0) throw invalid('backup.damaged', { entry: linesOf(name) })
  await client.query('truncate exit_line')
  const got = await copyLines(client, await archive.open(linesOf(name)))
  if (got.rows !== rows || got.sha256 !== sha256) throw invalid('backup.damaged', { entry: linesOf(name) })
  if (rows === 0) return 0
  await requireOwn(client, name, { columns, customerId })
  for (const [from, to] of teams)
    await client.query('update exit_line set line = replace(line, $1, $2) where position($1 in line) > 0', [from, to])
  if (name === 'team') {
    const { rows: same } = await client.query<{ from: string; to: string }>(
      `select exit_line.line::jsonb ->> 'id' as "from", team.id as "to" from exit_line
        join team on team.name = exit_line.line::jsonb ->> 'name' and team.id::text <> exit_line.line::jsonb ->> 'id'`,
    )
    for (const { from, to } of same) teams.set(from, to)
    await client.query(`delete from exit_line using team where team.name = exit_line.line::jsonb ->> 'name'`)
  }
  if (name === 'history') await makeMonths(client)
  const given = columns.filter((column) => table.columns.includes(column)).map((column) => `"${column}"`)
  const { rowCount } = await client.query(
    `insert into "${name}" (${given.join(', ')})
      select ${given.map((column) => `r.${column}`).join(', ')}
      from exit_line, jsonb_populate_record(null::"${name}", line::jsonb) r on conflict do nothing`,
  )
  // What others have, too, may be here already; what is the customer's alone may not.
  if (rowCount !== rows && !SHARED.includes(name)) throw refused('exit.clash', { table: name })
  return rowCount ?? 0
}

/**
 * Refuses a table that no export holds, as those that say who may do what, and rows of another customer: the database's own
 * rules do not look at what its owner takes in.
 */
async function requireOwn(
  client: PoolClient,
  name: string,
  { columns, customerId }: { readonly columns: readonly string[]; readonly customerId: string },
): Promise<void> {
  const given = (column: string) => `(line::jsonb ->> '${column}')::uuid`
  const ofCustomer = columns.includes('customer_id')
  const isShared = SHARED.includes(name)
  const own =
    name === 'customer'
      ? `${given('id')} = $1`
      : name === 'import_reject'
        ? `exists (select from import where import.id = ${given('import_id')} and import.customer_id = $1)`
        : isShared
          ? `$1::uuid is not null and ${ofCustomer ? `coalesce(${given('customer_id')}, $1) = $1` : 'true'}`
          : ofCustomer && !(LEFT_OUT as readonly string[]).includes(name)
            ? `${given('customer_id')} = $1`
            : '$1::uuid is null'
  const { rowCount } = await client.query(`select from exit_line where (${own}) is not true limit 1`, [customerId])
  if (rowCount !== 0) throw refused('exit.not-theirs', { table: name })
}

async function columnsHere(client: PoolClient, table: string): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select attname as name from pg_attribute where attrelid = to_regclass(quote_ident($1)) and attnum > 0
      and not attisdropped and attgenerated = '' order by attnum`,
    [table],
  )
  return rows.map(({ name }) => name)
}

async function makeMonths(client: PoolClient): Promise<void> {
  await client.query(`select ensure_months('history', min(at), max(at)) from (
    select (line::jsonb ->> 'occurred_at')::timestamptz as at from exit_line) moments
    having max(at) - min(at) <= interval '60 years'`)
}

async function copyLines(client: PoolClient, bytes: Readable): Promise<{ rows: number; sha256: string }> {
  const into = client.query(copyFrom(`copy exit_line (line) from stdin ${AS_IT_IS}`))
  const hash = createHash('sha256')
  async function* hashed(): AsyncGenerator<Buffer> {
    for await (const chunk of bytes as AsyncIterable<Buffer>) {
      hash.update(chunk)
      yield chunk
    }
  }
  await pipeline(hashed, into)
  return { rows: into.rowCount, sha256: hash.digest('hex') }
}
