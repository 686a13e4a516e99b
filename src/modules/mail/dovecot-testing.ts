import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { chown, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { ImapFlow } from 'imapflow'

/** Where Debian's package `dovecot-imapd` puts it. */
const PROGRAM = '/usr/sbin/dovecot'
const NOBODY = 65_534

/** Why there is no Dovecot to try mailboxes with; null when there is one. */
export function noDovecot(): string | null {
  try {
    execFileSync(PROGRAM, ['--version'], { stdio: 'ignore' })
    return null
  } catch {
    return 'Dovecot is not installed (apt-get install dovecot-imapd): mailboxes are not tried'
  }
}

/** A real IMAP server with a mailbox for everybody who signs in by {@link PASSWORD}. */
export interface Dovecot {
  readonly port: number
  /** Puts a mail into somebody's mailbox. */
  readonly deliver: (user: string, ...raws: readonly (string | Buffer)[]) => Promise<void>
  /** How many mails of a mailbox bear the flag of being read. */
  readonly read: (user: string) => Promise<number>
  readonly stop: () => Promise<void>
  /** Runs again after `stop`, with the same mailboxes. */
  readonly start: () => Promise<void>
  readonly end: () => Promise<void>
}

export const PASSWORD = 'secret'

/**
 * Starts one in a folder of its own, as nobody where the test may choose.
 *
 * @param introspection Where it asks whose access token it is, for those who sign in by OAuth 2; by the password alone otherwise.
 */
export async function startDovecot({ introspection }: { readonly introspection?: string } = {}): Promise<Dovecot> {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-dovecot-'))
  const port = await freePort()
  const root = process.getuid?.() === 0
  const [user, group] = root ? ['nobody', 'nogroup'] : [whoami('-un'), whoami('-gn')]
  await writeFile(join(folder, 'dovecot.conf'), configuration({ folder, port, user, group, introspection }))
  if (introspection !== undefined) await writeFile(join(folder, 'oauth2.conf'), oauth2(introspection))
  await mkdir(join(folder, 'run'))
  if (root) for (const path of [folder, join(folder, 'run')]) await chown(path, NOBODY, NOBODY)
  let program: ChildProcess | undefined

  const stop = async () => {
    if (program === undefined || program.exitCode !== null || program.signalCode !== null) return
    const ended = new Promise((resolve) => program!.once('exit', resolve))
    // With all that it started, and without a word to those who are connected.
    process.kill(-program.pid!, 'SIGKILL')
    await ended
  }
  const start = async () => {
    program = spawn(PROGRAM, ['-F', '-c', join(folder, 'dovecot.conf')], {
      stdio: 'ignore',
      detached: true,
      ...(root && { uid: NOBODY, gid: NOBODY }),
    })
    await answering(port)
  }
  await start()
  return {
    port,
    stop,
    start,
    deliver: (name, ...raws) =>
      signedIn(port, name, async (client) => {
        for (const raw of raws) await client.append('INBOX', typeof raw === 'string' ? Buffer.from(raw) : raw)
      }),
    read: (name) =>
      signedIn(port, name, async (client) => {
        await client.mailboxOpen('INBOX', { readOnly: true })
        const found = await client.search({ seen: true })
        return found ? found.length : 0
      }),
    end: async () => {
      await stop()
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

async function signedIn<Result>(
  port: number,
  user: string,
  work: (client: ImapFlow) => Promise<Result>,
): Promise<Result> {
  const client = new ImapFlow({ host: '127.0.0.1', port, secure: false, auth: { user, pass: PASSWORD }, logger: false })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.logout()
  }
}

interface Place {
  readonly folder: string
  readonly port: number
  readonly user: string
  readonly group: string
  readonly introspection?: string | undefined
}

/** Asks by RFC 7662, with its own name and secret in the address. */
function oauth2(introspection: string): string {
  return `
introspection_mode = post
introspection_url = ${introspection}
username_attribute = sub
active_attribute = active
active_value = true
`
}

function configuration({ folder, port, user, group, introspection }: Place): string {
  return `
base_dir = ${folder}/run
state_dir = ${folder}/run
log_path = ${folder}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
default_internal_user = ${user}
default_internal_group = ${group}
default_login_user = ${user}
first_valid_uid = 1
mail_location = maildir:${folder}/mail/%u
${introspection === undefined ? '' : byToken(folder)}
passdb {
  driver = static
  args = password=${PASSWORD}
}
userdb {
  driver = static
  args = uid=${user} gid=${group} home=${folder}/mail/%u
}
service anvil {
  chroot =
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
`
}

function byToken(folder: string): string {
  return `
auth_mechanisms = plain login xoauth2 oauthbearer
passdb {
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = ${folder}/oauth2.conf
}`
}

function whoami(what: '-un' | '-gn'): string {
  return execFileSync('id', [what], { encoding: 'utf8' }).trim()
}

/**
 * Below those that the system gives to whoever calls out: while the server is stopped, as a test does, somebody else’s
 * connection could begin at its port, and it could not begin again.
 */
async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_000)
    const server = createServer()
    const free = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false))
      server.listen(port, '127.0.0.1', () => resolve(true))
    })
    if (!free) continue
    await new Promise((resolve) => server.close(resolve))
    return port
  }
}

async function answering(port: number): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      await signedIn(port, 'nobody', async () => undefined)
      return
    } catch (error) {
      if (tries === 100) throw error
      await pause(100)
    }
  }
}
