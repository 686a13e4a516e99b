import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inWorkspace, isWorkspaceName } from '#platform/workspace.ts'

/** A bucket of an S3-compatible store, and who we are there. */
export interface BucketSettings {
  /** With the bucket, and what its names begin with; without a trailing slash. */
  readonly url: string
  readonly region: string
  readonly key: string
  readonly secret: string
}

/** What the environment says; INTERFACE of the program, see docs/guide. */
export interface Configuration {
  readonly host: string
  readonly port: number
  /** Folder of files and of the key, and of the embedded database where there is no workspace. */
  readonly dataFolder: string
  /** Folder of the embedded database. */
  readonly clusterFolder: string
  /** Which of the workspaces of the database this is (decision 0122). */
  readonly workspace: string | undefined
  /** A PostgreSQL to use instead of the embedded one. */
  readonly databaseUrl: string | undefined
  /** Requests of one caller in a minute; 0 is as many as they like. */
  readonly requestsPerMinute: number
  /** A copy of the database that follows by streaming; reports are read from it. */
  readonly replicaUrl: string | undefined
  /** Reports from it are at most so old. */
  readonly replicaSeconds: number
  /** The address people use, without a trailing slash. */
  readonly url: string
  readonly adminEmail: string | undefined
  readonly adminPassword: string | undefined
  /** Whether a proxy before us may say who is calling. */
  readonly trustProxy: boolean
  /** After a signal to stop it goes on answering for so long, not ready any more, so that nobody sends requests here. */
  readonly drainSeconds: number
  /** Where files are kept instead of the data folder. */
  readonly bucket: BucketSettings | undefined
  /** The clamd that looks at each file before it is kept: `host:port`, or the path of its socket. */
  readonly clamd: string | undefined
}

export const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** A value of the environment that cannot be right. */
export class ConfigurationProblem extends Error {
  override readonly name = 'ConfigurationProblem'
  readonly code: 'port-wrong' | 'database-url' | 'bucket-wrong' | 'drain-wrong' | 'workspace-wrong'
  readonly value: string

  constructor(code: ConfigurationProblem['code'], value: string) {
    super(`${code}: ${value}`)
    this.code = code
    this.value = value
  }
}

/** Throws a {@link ConfigurationProblem} when a value cannot be right. */
export function configurationOf(env: Readonly<Record<string, string | undefined>>): Configuration {
  const host = env['HOST'] || '127.0.0.1'
  const port = Number(env['PORT'] || 4600)
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new ConfigurationProblem('port-wrong', env['PORT']!)
  const drainSeconds = Number(env['PLUMBLINE_DRAIN_SECONDS'] || 0)
  if (!(drainSeconds >= 0 && drainSeconds <= 600))
    throw new ConfigurationProblem('drain-wrong', env['PLUMBLINE_DRAIN_SECONDS']!)
  const databaseUrl = env['DATABASE_URL'] || undefined
  if (databaseUrl !== undefined && !/^postgres(ql)?:\/\//.test(databaseUrl)) {
    // The value may hold a password: it is not repeated.
    throw new ConfigurationProblem('database-url', '')
  }
  const workspace = env['PLUMBLINE_WORKSPACE'] || undefined
  if (workspace !== undefined && !isWorkspaceName(workspace))
    throw new ConfigurationProblem('workspace-wrong', workspace)
  const within = (url: string | undefined) => (url && workspace ? inWorkspace(url, workspace) : url)
  const folder = env['PLUMBLINE_DATA'] || `${ROOT}data`
  return {
    host,
    port,
    dataFolder: workspace === undefined ? folder : join(folder, 'workspaces', workspace),
    clusterFolder: join(folder, 'postgres'),
    workspace,
    databaseUrl: within(databaseUrl),
    requestsPerMinute: Math.max(0, Number(env['PLUMBLINE_REQUESTS_PER_MINUTE'] ?? 120_000) || 0),
    replicaUrl: within(env['DATABASE_REPLICA_URL'] || undefined),
    replicaSeconds: Number(env['PLUMBLINE_REPLICA_SECONDS']) || 10,
    url: (env['PLUMBLINE_URL'] || `http://${namedIn(host)}:${port}`).replace(/\/+$/, ''),
    adminEmail: env['PLUMBLINE_ADMIN_EMAIL'] || undefined,
    adminPassword: env['PLUMBLINE_ADMIN_PASSWORD'] || undefined,
    trustProxy: env['PLUMBLINE_TRUST_PROXY'] === '1',
    drainSeconds,
    bucket: bucketOf(env, workspace),
    clamd: env['PLUMBLINE_CLAMD'] || undefined,
  }
}

function bucketOf(
  env: Readonly<Record<string, string | undefined>>,
  workspace: string | undefined,
): BucketSettings | undefined {
  const given = env['PLUMBLINE_S3']
  if (!given) return undefined
  const [key, secret] = [env['PLUMBLINE_S3_KEY'], env['PLUMBLINE_S3_SECRET']]
  const address = URL.canParse(given) ? new URL(given) : null
  if (address === null || !/^https?:$/.test(address.protocol) || address.pathname === '/' || !key || !secret)
    throw new ConfigurationProblem('bucket-wrong', given)
  const root = `${address.origin}${address.pathname}`.replace(/\/+$/, '')
  const url = workspace === undefined ? root : `${root}/workspaces/${workspace}`
  return { url, region: address.searchParams.get('region') ?? 'us-east-1', key, secret }
}

/** A host as it stands in an address. One that stands for all of a machine's is no address that a browser could open. */
function namedIn(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost'
  return host.includes(':') ? `[${host}]` : host
}
