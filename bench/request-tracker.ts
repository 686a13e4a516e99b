import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { startEmbeddedPostgres } from '#platform/embedded-postgres.ts'
import { databaseSecondsOf, treeSeconds } from '../e2e/program.ts'

/** Where Debian's package `request-tracker5` puts it. */
const RT = '/usr/share/request-tracker5'
const SET_UP = '/usr/sbin/rt-setup-database-5'
const INDEX = '/usr/sbin/rt-setup-fulltext-index-5'
const WORKERS = 4
/**
 * Whoever is killed cannot stop what they started: a guard reads from them, and hears the end when they are gone. Standard
 * input of what runs in the background is closed unless it is said otherwise.
 */
const ENDS_WITH_ITS_PARENT = `exec 3<&0 </dev/null
(read -r _ <&3; kill $$) &
exec 3<&-`
/** Tickets that Request Tracker itself makes; the others are copies of theirs. */
const OWN_TICKETS = 200

/** Why there is no Request Tracker to stand beside; null when there is one. */
export function noRequestTracker(): string | null {
  const there = [SET_UP, '/usr/bin/starman', `${RT}/libexec/rt-server`].every((path) => existsSync(path))
  return there ? null : 'Not installed: apt-get install request-tracker5 rt5-db-postgresql rt5-standalone starman'
}

/** A Request Tracker of its own, on the PostgreSQL that the program itself uses. */
export interface RequestTracker {
  readonly url: string
  /** Of somebody who signed in. */
  readonly cookie: string
  readonly processorSeconds: () => Promise<{ readonly server: number; readonly database: number }>
  readonly stop: () => Promise<void>
}

interface Words {
  readonly title: string
  readonly description: string
}

/** Starts it and fills it with so many tickets, in turn with these words. */
export async function startRequestTracker(count: number, words: readonly Words[]): Promise<RequestTracker> {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-rt-'))
  await chmod(folder, 0o755)
  const postgres = await startEmbeddedPostgres({
    folder: join(folder, 'postgres'),
    database: 'rt',
    log: () => undefined,
  })
  const end = async () => {
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    const port = await freePort()
    const env = await filled({ folder, port, url: postgres.url }, count, words)
    const starman = `exec /usr/bin/starman --listen 127.0.0.1:${port} --workers ${WORKERS} --preload-app ${RT}/libexec/rt-server`
    const server = spawn('/bin/sh', ['-c', `${ENDS_WITH_ITS_PARENT}\n${starman}`], {
      env,
      stdio: ['pipe', 'ignore', 'ignore'],
    })
    const url = `http://127.0.0.1:${port}`
    return {
      url,
      cookie: await signedIn(url),
      processorSeconds: async () => ({
        server: await treeSeconds(server.pid!),
        database: await databaseSecondsOf(join(folder, 'postgres')),
      }),
      stop: async () => {
        await ended(server)
        await end()
      },
    }
  } catch (error) {
    await end()
    throw error
  }
}

/** Makes its tables and tickets. @returns the environment that it runs in. */
async function filled(
  { folder, port, url }: { readonly folder: string; readonly port: number; readonly url: string },
  count: number,
  words: readonly Words[],
): Promise<NodeJS.ProcessEnv> {
  // It names a socket: a URL of the web needs a host.
  const access = new URL(url.replace(/^postgres(ql)?:/, 'http:').replace('@/', '@socket/'))
  const config = join(folder, 'RT_SiteConfig.pm')
  await mkdir(join(folder, 'var'))
  await writeFile(config, configuration({ folder, port, access }))
  const env = { ...process.env, RT_SITE_CONFIG: config, RT_SITE_CONFIG_DIR: folder, PERL5LIB: `${RT}/lib` }
  const run = (file: string, args: readonly string[]) =>
    execFileSync(file, [...args], { env, stdio: ['ignore', 'ignore', 'pipe'], maxBuffer: 1e8 })
  const owner = ['--dba', decodeURIComponent(access.username), '--dba-password', decodeURIComponent(access.password)]
  for (const action of ['schema', 'acl', 'coredata', 'insert']) {
    const data = action === 'insert' ? ['--datafile', `${RT}/etc/initialdata`] : []
    run(SET_UP, ['--action', action, ...data, ...owner, '--datadir', `${RT}/etc`])
  }
  const begun = Math.min(count, OWN_TICKETS)
  await writeFile(join(folder, 'words.json'), JSON.stringify(words))
  await writeFile(join(folder, 'fill.pl'), FILL)
  run('perl', [join(folder, 'fill.pl'), String(begun), join(folder, 'words.json')])
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await copies(client, begun, count)
    run(INDEX, ['--noask', ...owner])
    await client.query('vacuum analyze')
  } finally {
    await client.end()
  }
  return env
}

interface Place {
  readonly folder: string
  readonly port: number
  readonly access: URL
}

function configuration({ folder, port, access }: Place): string {
  const quoted = (text: string) => `'${text.replaceAll(/['\\]/g, '\\$&')}'`
  const host = access.searchParams.get('host') ?? decodeURIComponent(access.hostname)
  const values = {
    rtname: 'bench.example',
    Organization: 'bench.example',
    DatabaseType: 'Pg',
    DatabaseHost: host,
    DatabasePort: access.searchParams.get('port') ?? (access.port || '5432'),
    DatabaseName: 'rt',
    DatabaseUser: decodeURIComponent(access.username),
    DatabasePassword: decodeURIComponent(access.password),
    WebDomain: '127.0.0.1',
    WebPort: String(port),
    WebBaseURL: `http://127.0.0.1:${port}`,
    MailCommand: 'testfile',
    LogToSyslog: '',
    LogToSTDERR: 'error',
    LogDir: join(folder, 'var'),
  }
  const lines = Object.entries(values).map(([name, value]) => `Set($${name}, ${quoted(value)});`)
  return `${lines.join('\n')}
Set(%FullTextSearch, Enable => 1, Indexed => 1, Column => 'ContentIndex', Table => 'AttachmentsIndex');
1;
`
}

/** Makes tickets the way Request Tracker does, without mails. */
const FILL = `use strict; use warnings; use RT -init; use JSON;
my ($count, $file) = @ARGV;
open my $in, '<', $file or die $!; my $words = decode_json(do { local $/; <$in> });
RT->Config->Set(NotifyActor => 0);
my $user = RT::CurrentUser->new('root');
for my $index (0 .. $count - 1) {
  my $word = $words->[$index % @$words];
  my $ticket = RT::Ticket->new($user);
  my ($id, undef, $message) = $ticket->Create(
    Queue => 'General', Subject => $word->{title}, Requestor => 'person' . ($index % 50) . '@bench.example',
    MIMEObj => MIME::Entity->build(Type => 'text/plain', Charset => 'utf-8', Data => Encode::encode('UTF-8', $word->{description})));
  die $message unless $id;
  $ticket->Comment(Content => 'Called back: it works again after a restart.');
}
`

/** Copies what belongs to the tickets that are there until there are so many: rows of another span of ids. */
async function copies(client: Client, begun: number, count: number): Promise<void> {
  const times = Math.ceil(count / begun) - 1
  if (times <= 0) return
  const spans = 100_000
  const shift = `n.times * ${spans}`
  const all = `cross join generate_series(1, ${times}) as n(times)`
  const columns = async (table: string) => {
    const { rows } = await client.query<{ name: string }>(
      `select column_name as name from information_schema.columns where table_name = $1 and table_schema = 'public' order by ordinal_position`,
      [table],
    )
    return rows.map(({ name }) => name)
  }
  const copy = async (table: string, shifted: readonly string[], where: string) => {
    const names = await columns(table)
    const values = names.map((name) => (shifted.includes(name) ? `t.${name} + ${shift}` : `t.${name}`))
    await client.query(
      `insert into ${table} (${names.join(', ')}) select ${values.join(', ')} from ${table} t ${all} where ${where}`,
    )
    await client.query(`select setval('${table}_id_seq', (select max(id) from ${table}))`)
  }
  // What was there before any ticket is shared by all copies.
  const groups = `t.domain = 'RT::Ticket-Role'`
  const ofGroups = `(select id from groups g where g.domain = 'RT::Ticket-Role' and g.instance <= ${spans})`
  await copy('principals', ['id'], `t.id in ${ofGroups}`)
  await copy('groupmembers', ['id', 'groupid'], `t.groupid in ${ofGroups}`)
  const via = 'cachedgroupmembers'
  const names = await columns(via)
  const own = (name: string) =>
    name === 'memberid'
      ? `case when t.memberid in ${ofGroups} then t.memberid + ${shift} else t.memberid end`
      : `t.${name} + ${shift}`
  const values = names.map((name) => (name === 'disabled' ? 't.disabled' : own(name)))
  await client.query(
    `insert into ${via} (${names.join(', ')}) select ${values.join(', ')} from ${via} t ${all} where t.groupid in ${ofGroups}`,
  )
  await client.query(`select setval('${via}_id_seq', (select max(id) from ${via}))`)
  await copy(
    'attachments',
    ['id', 'transactionid'],
    `t.transactionid in (select id from transactions where objecttype = 'RT::Ticket')`,
  )
  await copy('transactions', ['id', 'objectid'], `t.objecttype = 'RT::Ticket'`)
  await copy('groups', ['id', 'instance'], groups)
  await copy('tickets', ['id', 'effectiveid'], 'true')
  await client.query(
    `delete from tickets where id in (select id from tickets order by id desc limit ${(times + 1) * begun - count})`,
  )
}

async function signedIn(url: string): Promise<string> {
  const body = new URLSearchParams({ user: 'root', pass: 'password' })
  for (let tries = 0; ; tries++) {
    const reply = await fetch(`${url}/NoAuth/Login.html`, { method: 'POST', body, redirect: 'manual' }).catch(
      () => null,
    )
    const cookie = reply?.headers
      .getSetCookie()
      .map((each) => each.split(';')[0])
      .join('; ')
    // Whoever is in is led on, or shown the form once more with their name in the page.
    if (cookie && (reply?.status === 302 || (await reply?.text())?.includes('"Name":"root"'))) return cookie
    if (tries === 600) throw new Error(`Request Tracker lets nobody in: ${reply?.status}`)
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

async function ended(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  const gone = new Promise((resolve) => server.once('exit', resolve))
  server.kill('SIGTERM')
  await gone
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { readonly port: number }
      probe.close(() => resolve(port))
    })
  })
}
