import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Pool } from 'pg'
import { startEmbeddedPostgres } from '#platform/embedded-postgres.ts'
import { mailOf, readMailbox, until, withDovecot } from './mailbox.ts'
import { print, rounded } from './measure.ts'
import { type Program, startProgram } from '../e2e/program.ts'

/**
 * Two whole programs on one database and one mailbox, of which one after the other is killed while mails come:
 * `PLUMBLINE_KILLS` times, ten unless said. Each mail is there once, as one incident; some come twice.
 */
const KILLS = Number(process.env['PLUMBLINE_KILLS'] ?? 10)
const EACH = 40
const ADDRESS = 'hilfe@dienst.example'
/** In seconds. */
const PATIENCE = 180

await withDovecot(async (server) => {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-kills-'))
  const postgres = await startEmbeddedPostgres({ folder: join(folder, 'postgres'), log: () => undefined })
  const pool = new Pool({ connectionString: postgres.url, max: 1 })
  const env = { DATABASE_URL: postgres.url, PLUMBLINE_SECRET: Buffer.alloc(32, 7).toString('base64url') }
  const begin = (administered: boolean) => startProgram({ folder: join(folder, 'data'), administered, env })
  const count = async (sql: string) => (await pool.query<{ many: number }>(sql)).rows[0]!.many
  const taken = () => count('select count(*)::int as many from received_mail')
  const programs: Program[] = []
  try {
    programs.push(await begin(true), await begin(false))
    await readMailbox(programs[0]!, server, ADDRESS)
    const began = performance.now()
    let sent = 0
    for (let kill = 0; kill < KILLS; kill += 1) {
      const mails = Array.from({ length: EACH }, (_, index) =>
        mailOf({ from: `p${sent + index}@kunde.example`, subject: `Nr. ${sent + index}` }),
      )
      sent += EACH
      const before = await taken()
      await server.deliver(ADDRESS, ...mails, ...mails.slice(0, 3))
      // In the midst of it: the one that was not killed last reads by now.
      await until('a program that reads on', PATIENCE, async () => (await taken()) > before)
      process.kill(programs[kill % 2]!.pid, 'SIGKILL')
      programs[kill % 2] = await begin(false)
    }
    await until('all mails', PATIENCE, async () => (await taken()) >= sent)
    // What is doubled would be by now: the mailbox is read to its end.
    const last = () => count('select max(last_uid)::int as many from mail_account')
    await until('a mailbox that is read', PATIENCE, async () => (await last()) === sent + 3 * KILLS)
    const incidents = await count('select count(*)::int as many from incident')
    const titles = await count('select count(distinct title)::int as many from incident')
    const detail = {
      kills: KILLS,
      mails: sent,
      twice: 3 * KILLS,
      seconds: rounded((performance.now() - began) / 1000, 0),
    }
    print({
      name: 'mail-kills.lost',
      value: sent - titles,
      unit: 'mails',
      samples: sent,
      detail: { wanted: 0, ...detail },
    })
    print({
      name: 'mail-kills.doubled',
      value: incidents - titles,
      unit: 'mails',
      samples: sent,
      detail: { wanted: 0, ...detail },
    })
    if (incidents !== sent || titles !== sent) process.exitCode = 1
  } finally {
    await Promise.all(programs.map((program) => program.stop()))
    await pool.end()
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
})
