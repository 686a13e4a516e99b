import { readFile, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { type Language, speaker } from '#core/text.ts'
import { configurationOf, ROOT } from '#platform/configuration.ts'
import type { Db } from '#platform/context.ts'
import { pendingMigrations } from '#platform/migrations.ts'
import { workspaceOf } from '#platform/workspace.ts'
import de from '../../locales/de/health.json' with { type: 'json' }
import en from '../../locales/en/health.json' with { type: 'json' }
import type { Finding } from './api.ts'

type HealthText = keyof typeof en

const say = speaker<HealthText>({ en, de })

const LEAST_POSTGRES = 150_000
const LEAST_FREE_GB = 2
const SCARCE_FREE_GB = 10
/** Of the connections that the server allows. */
const MANY_CONNECTIONS = 0.8
const LONG_QUEUE = 1000
/** Between this machine and the database, in milliseconds. */
const SKEW_MS = 2000

/** A finding before it is said. */
interface Found {
  readonly code: Extract<HealthText, `health.${string}`>
  readonly standing: Finding['standing']
  readonly values?: Readonly<Record<string, unknown>>
}

/** How the installation does. As the owner: the queue and the server's figures are read by nobody else. */
export async function healthReport(db: Db, language: Language): Promise<Finding[]> {
  const found = [
    ...(await databaseFindings(db)),
    ...(await queueFindings(db)),
    await diskFinding(),
    ...(await mailFindings(db)),
    ...(await libraryFindings()),
    ...(await zoneFindings(db)),
    { code: 'health.backup-none', standing: 'doubt' } as const,
  ]
  return found.map(({ code, standing, values = {} }) => ({
    code: code.slice('health.'.length),
    standing,
    sentence: say(language, code, values),
    todo: todoOf(code, language, values),
  }))
}

function todoOf(code: Found['code'], language: Language, values: Readonly<Record<string, unknown>>): string | null {
  const key = code.replace('health.', 'todo.')
  return key in en ? say(language, key as HealthText, values) : null
}

async function databaseFindings(db: Db): Promise<Found[]> {
  const sentAt = Date.now()
  const { rows } = await sql<{
    version: string
    number: number
    size: number
    connections: number
    most: number
    replicas: number
    administrators: number
    strays: number
    now: Date
  }>`
    select current_setting('server_version') as version, current_setting('server_version_num')::int as number,
      ((select sum(pg_total_relation_size(oid)) from pg_class where relkind = 'r'
        and relnamespace = current_schema()::regnamespace) / 1000000)::int as size,
      (select count(*)::int from pg_stat_activity where datname = current_database()) as connections,
      current_setting('max_connections')::int as most,
      (select count(*)::int from pg_stat_replication) as replicas,
      (select count(*)::int from role_assignment where role = 'administrator' and valid_from <= now()
        and (valid_to is null or valid_to > now())) as administrators,
      (select count(*)::int from history_default) as strays, clock_timestamp() as now`.execute(db)
  const answeredAt = Date.now()
  const { version, number, size, connections, most, replicas, administrators, strays, now } = rows[0]!
  const embedded = configurationOf(process.env).databaseUrl === undefined
  // The answer was on its way for a while: nearer than to that the two clocks cannot be compared.
  const skewMs = Math.max(0, sentAt - now.getTime(), now.getTime() - answeredAt)
  const pending = (await pendingMigrations(db)).length
  return [
    number >= LEAST_POSTGRES
      ? { code: 'health.database', standing: 'fine', values: { version, size } }
      : { code: 'health.database-old', standing: 'wrong', values: { version } },
    embedded ? { code: 'health.embedded', standing: 'fine' } : { code: 'health.own-server', standing: 'fine' },
    connections < most * MANY_CONNECTIONS
      ? { code: 'health.connections', standing: 'fine', values: { connections, most } }
      : { code: 'health.connections-many', standing: 'doubt', values: { connections, most } },
    replicas > 0
      ? { code: 'health.replicas', standing: 'fine', values: { replicas } }
      : { code: 'health.replicas-none', standing: 'fine' },
    pending === 0
      ? { code: 'health.migrations', standing: 'fine' }
      : { code: 'health.migrations-pending', standing: 'wrong', values: { pending } },
    skewMs < SKEW_MS
      ? { code: 'health.clock', standing: 'fine' }
      : { code: 'health.clock-off', standing: 'wrong', values: { seconds: Math.round(skewMs / 1000) } },
    ...(administrators === 0 ? [{ code: 'health.administrator-missing', standing: 'wrong' } as const] : []),
    ...(strays > 0 ? [{ code: 'health.strays', standing: 'fine', values: { count: strays } } as const] : []),
  ]
}

async function queueFindings(db: Db): Promise<Found[]> {
  const { rows } = await sql<{ waiting: number; failed: number }>`
    select count(*) filter (where state in ('created', 'retry'))::int as waiting,
      count(*) filter (where state = 'failed' and completed_on > now() - interval '1 day')::int as failed
    from ${sql.id(workspaceOf(db).queue, 'job')}`.execute(db)
  const { waiting, failed } = rows[0]!
  return [
    waiting < LONG_QUEUE
      ? { code: 'health.queue', standing: 'fine', values: { waiting } }
      : { code: 'health.queue-long', standing: 'doubt', values: { waiting } },
    failed === 0
      ? { code: 'health.jobs', standing: 'fine' }
      : { code: 'health.jobs-failed', standing: 'wrong', values: { failed } },
  ]
}

/** Mailboxes that have not been read for a while, though nobody paused them. */
async function mailFindings(db: Db): Promise<Found[]> {
  const rows = await db
    .selectFrom('mailAccount')
    .select(['address', 'failingSince'])
    .where('paused', '=', false)
    .orderBy('address')
    .execute()
  const failing = rows.filter(({ failingSince }) => failingSince !== null)
  if (rows.length === 0) return []
  return failing.length === 0
    ? [{ code: 'health.mail', standing: 'fine', values: { mailboxes: rows.length } }]
    : failing.map(({ address, failingSince }) => ({
        code: 'health.mail-failing',
        standing: 'wrong',
        values: { address, since: failingSince },
      }))
}

async function diskFinding(): Promise<Found> {
  const { dataFolder } = configurationOf(process.env)
  const there = await statfs(dataFolder).catch(() => statfs(ROOT))
  const free = Math.floor((there.bavail * there.bsize) / 1e9)
  if (free < LEAST_FREE_GB) return { code: 'health.disk-full', standing: 'wrong', values: { free } }
  return free < SCARCE_FREE_GB
    ? { code: 'health.disk-low', standing: 'doubt', values: { free } }
    : { code: 'health.disk', standing: 'fine', values: { free } }
}

async function libraryFindings(): Promise<Found[]> {
  const text = await readFile(join(ROOT, 'node_modules/date-holidays/package.json'), 'utf8')
  const { version } = JSON.parse(text) as { version: string }
  return [
    { code: 'health.zones', standing: 'fine', values: { version: process.versions['tz'] ?? '–' } },
    { code: 'health.holidays', standing: 'fine', values: { version } },
    { code: 'health.node', standing: 'fine', values: { version: process.versions.node } },
  ]
}

/** So long it is told. */
const ZONES_TOLD_DAYS = 30

/** Zones whose rules became others with a newer release of them: what is due in calendars there may have moved. */
async function zoneFindings(db: Db): Promise<Found[]> {
  const { rows } = await sql<{ zones: string[] | null; source: string; since: Date }>`
    select array_agg(zone order by zone) as zones, max(source) as source, max(changed_at) as since from zone_rules
    where changed_at > now() - make_interval(days => ${ZONES_TOLD_DAYS})`.execute(db)
  const { zones, ...values } = rows[0]!
  return zones === null
    ? []
    : [{ code: 'health.zones-changed', standing: 'doubt', values: { ...values, zones: zones.join(', ') } }]
}
