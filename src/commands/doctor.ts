import { statfs } from 'node:fs/promises'
import { finished } from 'node:stream/promises'
import { sql } from 'kysely'
import { Failure } from '#core/failure.ts'
import { configurationOf } from '#platform/configuration.ts'
import { bucketAt } from '#platform/files/bucket.ts'
import { requireScanner } from '#platform/files/scanner.ts'
import { openKept } from '#platform/files/store.ts'
import { workspaceOf } from '#platform/workspace.ts'
import type { CommandWorld } from './command.ts'
import { type CommandText, sayCommand } from './text.ts'

interface Finding {
  readonly fine: boolean
  readonly code: CommandText
  readonly values: Readonly<Record<string, unknown>>
}

const LEAST_FREE_GB = 2

/**
 * `doctor [--files]`: a line for each thing looked at, and exit 1 when something wants mending; with `--files` every kept
 * file is read, which takes as long as the disk does.
 */
export async function doctorCommand(
  args: readonly string[],
  { database, out, json, language }: CommandWorld,
): Promise<number> {
  const findings = [await node(), ...(await databaseFindings(database)), await disk(), ...(await fileFindings())]
  if (args.includes('--files')) findings.push(...(await damagedFiles(database)))
  const fine = findings.every((finding) => finding.fine)
  const told = findings.map(({ fine: each, code, values }) => ({
    fine: each,
    code,
    sentence: sayCommand(language, code, values),
  }))
  if (json) out(JSON.stringify({ fine, findings: told }))
  else {
    for (const each of told) out(`${each.fine ? '✓' : '✗'} ${each.sentence}`)
    if (fine) out(sayCommand(language, 'doctor.fine'))
  }
  return fine ? 0 : 1
}

async function node(): Promise<Finding> {
  return { fine: true, code: 'doctor.node', values: { version: process.versions.node } }
}

async function databaseFindings({ db }: CommandWorld['database']): Promise<Finding[]> {
  const { rows } = await sql<{
    version: string
    number: number
    size: number
    migrations: number
    administrators: number
    strays: number
    setAside: number
  }>`
    select current_setting('server_version') as version, current_setting('server_version_num')::int as number,
      ((select sum(pg_total_relation_size(oid)) from pg_class where relkind = 'r'
        and relnamespace = current_schema()::regnamespace) / 1000000)::int as size, (select count(*) from migration)::int as migrations,
      (select count(*) from role_assignment where role = 'administrator' and valid_from <= now() and (valid_to is null or valid_to > now()))::int
        as administrators,
      (select count(*) from history_default)::int as strays,
      (select count(*) from set_aside)::int as "setAside"`.execute(db)
  const { version, number, size, migrations, administrators, strays, setAside } = rows[0]!
  const findings: Finding[] = [
    {
      fine: number >= 150_000,
      code: number >= 150_000 ? 'doctor.database' : 'doctor.database-old',
      values: { version, size, migrations },
    },
  ]
  if (administrators === 0) findings.push({ fine: false, code: 'doctor.admin-missing', values: {} })
  if (setAside > 0) findings.push({ fine: false, code: 'doctor.set-aside', values: { count: setAside } })
  const failing = await db
    .selectFrom('mailAccount')
    .select(['address', 'problemDetail'])
    .where('failingSince', 'is not', null)
    .where('paused', '=', false)
    .execute()
  for (const { address, problemDetail } of failing) {
    findings.push({ fine: false, code: 'doctor.mail-failing', values: { address, detail: problemDetail ?? '–' } })
  }
  if (strays > 0)
    findings.push({ fine: true, code: 'doctor.default-partition', values: { count: strays, table: 'history' } })
  const failed = await sql<{ count: number }>`
    select count(*)::int as count from ${sql.id(workspaceOf(db).queue, 'job')} where state = 'failed' and completed_on > now() - interval '1 day'`
    .execute(db)
    // Nothing was ever queued.
    .catch(() => ({ rows: [{ count: 0 }] }))
  if (failed.rows[0]!.count > 0)
    findings.push({ fine: false, code: 'doctor.jobs-failed', values: { count: failed.rows[0]!.count } })
  return findings
}

/** The store for files and the virus scanner, where the environment names them. */
async function fileFindings(): Promise<Finding[]> {
  const { bucket, clamd } = configurationOf(process.env)
  const findings: Finding[] = []
  if (bucket !== undefined) {
    const detail = await troubleWith(bucketAt(bucket).putAt(NO_CONTENT))
    const values = { url: bucket.url, detail }
    findings.push({ fine: detail === null, code: detail === null ? 'doctor.store' : 'doctor.store-away', values })
  }
  if (clamd !== undefined) {
    const detail = await troubleWith(requireScanner(clamd))
    const values = { at: clamd, detail }
    findings.push({ fine: detail === null, code: detail === null ? 'doctor.scanner' : 'doctor.scanner-away', values })
  }
  return findings
}

/** Every kept file that is not what it was, or not there; when there is none, how many there are. */
async function damagedFiles({ db }: CommandWorld['database']): Promise<Finding[]> {
  const files = await db
    .selectFrom('keptFile')
    .select((where) => [
      'sha256',
      where
        .selectFrom('attachment')
        .whereRef('attachment.sha256', '=', 'keptFile.sha256')
        .select(({ fn }) => fn.min('attachment.name').as('name'))
        .as('name'),
    ])
    .orderBy('sha256')
    .execute()
  const findings: Finding[] = []
  for (const { sha256, name } of files) {
    const values = { sha256, name: name ?? '–' }
    const bytes = await openKept(sha256)
    if (bytes === null) findings.push({ fine: false, code: 'doctor.file-missing', values })
    else {
      const trouble = await troubleWith(finished(bytes.resume()))
      if (trouble !== null) findings.push({ fine: false, code: 'doctor.file-damaged', values })
    }
  }
  return findings.length > 0 ? findings : [{ fine: true, code: 'doctor.files', values: { count: files.length } }]
}

/** Names a content that nothing has. */
const NO_CONTENT = '0'.repeat(64)

/** What somebody says who does not answer as they should; null when they do. */
async function troubleWith(asking: Promise<unknown>): Promise<string | null> {
  try {
    await asking
    return null
  } catch (error) {
    return error instanceof Failure ? String(error.values['detail']) : String(error)
  }
}

async function disk(): Promise<Finding> {
  const { dataFolder: folder } = configurationOf(process.env)
  const { bavail, bsize } = await statfs(folder).catch(() => ({ bavail: Infinity, bsize: 1 }))
  const free = Math.floor((bavail * bsize) / 1e9)
  const low = free < LEAST_FREE_GB
  return { fine: !low, code: low ? 'doctor.disk-low' : 'doctor.disk', values: { free, folder } }
}
