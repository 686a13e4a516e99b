import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, chown, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '../program.ts'

/** Where Debian's packages `patroni`, `etcd-server`, `haproxy` and `postgresql-15` put them. */
const PROGRAMS = ['/usr/bin/patroni', '/usr/bin/etcd', '/usr/sbin/haproxy', '/usr/lib/postgresql/15/bin/postgres']

/** Why there are no hosts to fail over between; null when there are. */
export function noHosts(): string | null {
  if (process.getuid?.() !== 0) return 'Only root makes network namespaces: a failover is not tried'
  const missing = PROGRAMS.find((path) => !existsSync(path))
  return missing === undefined
    ? null
    : `${missing} is missing (apt-get install patroni etcd-server haproxy postgresql-15): a failover is not tried`
}

const NETWORK = '10.77.83'
const BRIDGE = 'plumbbr'
const addressOf = { etcd: `${NETWORK}.10`, a: `${NETWORK}.11`, b: `${NETWORK}.12` } as const
type Host = keyof typeof addressOf
const spaceOf = (host: Host) => `plumb-${host}`

/** Two hosts with PostgreSQL under Patroni, one with etcd, each a network namespace; and HAProxy on this machine. */
export interface Hosts {
  /** Of whichever database is the primary. */
  readonly url: string
  /** Of whichever follows it; nobody answers there while none does. */
  readonly copyUrl: string
  /** Which one that is now; null while there is none. */
  readonly primary: () => Promise<'a' | 'b' | null>
  /** Waits until a standby has to confirm each commit. */
  readonly synchronous: () => Promise<void>
  /** Ends all that runs on a host at once and pulls its cable. */
  readonly fail: (host: 'a' | 'b') => void
  /** Plugs its cable in again and starts it: it finds out who has taken over, and follows. */
  readonly revive: (host: 'a' | 'b') => void
  readonly end: () => Promise<void>
}

const PASSWORD = 'only-for-this-test'

export async function startHosts(): Promise<Hosts> {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-hosts-'))
  await chmod(folder, 0o755)
  const started: ChildProcess[] = []
  const ip = (...args: readonly string[]) => execFileSync('ip', args, { stdio: 'ignore' })
  ip('link', 'add', BRIDGE, 'type', 'bridge')
  ip('addr', 'add', `${NETWORK}.1/24`, 'dev', BRIDGE)
  ip('link', 'set', BRIDGE, 'up')
  for (const [host, address] of Object.entries(addressOf)) {
    const space = spaceOf(host as Host)
    ip('netns', 'add', space)
    ip('link', 'add', `plv-${host}`, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', space)
    ip('link', 'set', `plv-${host}`, 'master', BRIDGE, 'up')
    ip('-n', space, 'addr', 'add', `${address}/24`, 'dev', 'eth0')
    ip('-n', space, 'link', 'set', 'eth0', 'up')
    ip('-n', space, 'link', 'set', 'lo', 'up')
  }
  const on = (host: Host, ...command: readonly string[]) =>
    started.push(spawn('ip', ['netns', 'exec', spaceOf(host), ...command], { stdio: 'ignore', cwd: folder }))

  const startPatroni = (host: 'a' | 'b') =>
    on(host, 'runuser', '-u', 'postgres', '--', 'patroni', join(folder, `${host}.json`))

  const client = `http://${addressOf.etcd}:2379`
  on(
    'etcd',
    'etcd',
    '--data-dir',
    join(folder, 'etcd'),
    '--listen-client-urls',
    client,
    '--advertise-client-urls',
    client,
  )
  const [user, group] = ['-u', '-g'].map((flag) => Number(execFileSync('id', [flag, 'postgres']).toString()))
  for (const host of ['a', 'b'] as const) {
    await mkdir(join(folder, host))
    await chown(join(folder, host), user!, group!)
    // JSON is YAML, too.
    await writeFile(join(folder, `${host}.json`), JSON.stringify(patroni(host, join(folder, host))))
    startPatroni(host)
  }
  const [port, copyPort] = [await freePort(), await freePort()]
  await writeFile(join(folder, 'haproxy.cfg'), balancing(port, copyPort))
  started.push(spawn('/usr/sbin/haproxy', ['-db', '-f', join(folder, 'haproxy.cfg')], { stdio: 'ignore' }))

  async function standing(host: 'a' | 'b'): Promise<{ readonly role?: string; readonly sync_standby?: boolean }> {
    const signal = AbortSignal.timeout(1000)
    return fetch(`http://${addressOf[host]}:8008/patroni`, { signal }).then(
      (reply) => reply.json() as never,
      () => ({}),
    )
  }
  async function primary(): Promise<'a' | 'b' | null> {
    for (const host of ['a', 'b'] as const) {
      if (['master', 'primary'].includes((await standing(host)).role ?? '')) return host
    }
    return null
  }
  const until = async (what: string, isSo: () => Promise<boolean>) => {
    for (let attempt = 0; !(await isSo()); attempt++) {
      if (attempt > 600) throw new Error(`Not within two minutes: ${what}`)
      await sleep(200)
    }
  }
  const synchronous = () =>
    until('a standby that confirms commits', async () =>
      (await Promise.all((['a', 'b'] as const).map(standing))).some((each) => each.sync_standby === true),
    )
  await until('a primary', async () => (await primary()) !== null)
  return {
    url: `postgres://postgres:${PASSWORD}@127.0.0.1:${port}/postgres?sslmode=disable`,
    copyUrl: `postgres://postgres:${PASSWORD}@127.0.0.1:${copyPort}/postgres?sslmode=disable`,
    primary,
    synchronous,
    fail: (host) => {
      ip('link', 'set', `plv-${host}`, 'down')
      endAllIn(spaceOf(host))
    },
    revive: (host) => {
      ip('link', 'set', `plv-${host}`, 'up')
      startPatroni(host)
    },
    end: async () => {
      for (const host of Object.keys(addressOf)) endAllIn(spaceOf(host as Host))
      for (const child of started) child.kill('SIGKILL')
      await sleep(500)
      for (const host of Object.keys(addressOf)) ip('netns', 'del', spaceOf(host as Host))
      ip('link', 'del', BRIDGE)
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Everything that runs in a namespace of ours. */
function endAllIn(space: string): void {
  const pids = execFileSync('ip', ['netns', 'pids', space]).toString().split('\n').filter(Boolean).map(Number)
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It went with another.
    }
  }
}

/** With a lease of twenty seconds, the shortest that Patroni takes, and commits that the standby has to confirm. */
function patroni(host: 'a' | 'b', folder: string): object {
  const address = addressOf[host]
  return {
    scope: 'plumbline',
    name: host,
    restapi: { listen: `${address}:8008`, connect_address: `${address}:8008` },
    etcd3: { host: `${addressOf.etcd}:2379` },
    bootstrap: {
      dcs: {
        ttl: 20,
        loop_wait: 5,
        retry_timeout: 5,
        synchronous_mode: true,
        postgresql: { use_pg_rewind: true, parameters: { max_connections: 150 } },
      },
      initdb: [{ encoding: 'UTF8' }, 'data-checksums'],
    },
    postgresql: {
      listen: `${address}:5432`,
      connect_address: `${address}:5432`,
      data_dir: join(folder, 'data'),
      bin_dir: '/usr/lib/postgresql/15/bin',
      parameters: { unix_socket_directories: folder },
      pg_hba: [
        `host all all ${NETWORK}.0/24 scram-sha-256`,
        `host replication replicator ${NETWORK}.0/24 scram-sha-256`,
        'local all all trust',
      ],
      authentication: {
        superuser: { username: 'postgres', password: PASSWORD },
        replication: { username: 'replicator', password: PASSWORD },
        rewind: { username: 'rewinder', password: PASSWORD },
      },
    },
  }
}

function balancing(port: number, copyPort: number): string {
  const servers = (['a', 'b'] as const).map((host) => `  server ${host} ${addressOf[host]}:5432 check port 8008`)
  return `defaults
  mode tcp
  timeout connect 2s
  timeout client 1h
  timeout server 1h
  timeout check 2s
frontend database
  bind 127.0.0.1:${port}
  default_backend primary
backend primary
  option httpchk OPTIONS /primary
  http-check expect status 200
  default-server inter 500ms fall 2 rise 1 on-marked-down shutdown-sessions
${servers.join('\n')}
frontend copies
  bind 127.0.0.1:${copyPort}
  default_backend replica
backend replica
  option httpchk OPTIONS /replica
  http-check expect status 200
  default-server inter 500ms fall 2 rise 1 on-marked-down shutdown-sessions
${servers.join('\n')}
`
}
