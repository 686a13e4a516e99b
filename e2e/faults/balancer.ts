import { execFileSync, spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '../program.ts'

/** Where Debian's package `haproxy` puts it. */
const PROGRAM = '/usr/sbin/haproxy'

/** Why there is no HAProxy to put before programs; null when there is one. */
export function noBalancer(): string | null {
  try {
    execFileSync(PROGRAM, ['-v'], { stdio: 'ignore' })
    return null
  } catch {
    return 'HAProxy is not installed (apt-get install haproxy): a rolling restart is not tried'
  }
}

/** Sends each request to one of the programs that say that they are ready. */
export interface Balancer {
  readonly url: string
  /** Waits until each of the programs is given requests. */
  readonly allUp: () => Promise<void>
  readonly stop: () => Promise<void>
}

/** As `deploy/haproxy.cfg` has it, for programs on these ports of this machine. */
export async function startBalancer(ports: readonly number[]): Promise<Balancer> {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-haproxy-'))
  const port = await freePort()
  const servers = ports.map((each) => `  server p${each} 127.0.0.1:${each} check inter 400ms fall 2 rise 1`)
  const text = `defaults
  mode http
  timeout connect 2s
  timeout client 60s
  timeout server 60s
  timeout check 3s
  option redispatch 1
  retries 3
frontend all
  bind 127.0.0.1:${port}
  stats enable
  stats uri /balance
  default_backend programs
backend programs
  balance roundrobin
  option httpchk GET /readyz
  http-check expect status 200
${servers.join('\n')}
`
  await writeFile(join(folder, 'haproxy.cfg'), text)
  const child = spawn(PROGRAM, ['-db', '-f', join(folder, 'haproxy.cfg')], { stdio: 'ignore' })
  const url = `http://127.0.0.1:${port}`
  async function allUp(): Promise<void> {
    for (let attempt = 0; attempt < 600; attempt++) {
      const reply = await fetch(`${url}/balance;csv`).catch(() => null)
      const lines = ((await reply?.text()) ?? '').split('\n').filter((line) => line.startsWith('programs,p'))
      if (lines.length === ports.length && lines.every((line) => line.split(',')[17] === 'UP')) return
      await sleep(50)
    }
    throw new Error('A program was given no requests within half a minute.')
  }
  await allUp()
  return {
    url,
    allUp,
    stop: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGKILL')
      await ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}
