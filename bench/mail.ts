import { Pool } from 'pg'
import { startEmbeddedPostgres } from '#platform/embedded-postgres.ts'
import { join } from 'node:path'
import { mailOf, readMailbox, until, withDovecot } from './mailbox.ts'
import { print, rounded } from './measure.ts'
import { startProgram } from '../e2e/program.ts'

/**
 * From a real mailbox to tickets: messages a second that lie there when the program begins to read, with all that follows
 * from each. `PLUMBLINE_BENCH_MAILS` makes it smaller. The IMAP server runs on the same processors.
 */
const MAILS = Number(process.env['PLUMBLINE_BENCH_MAILS'] ?? 2000)
const ADDRESS = 'hilfe@dienst.example'
const WANTED = 50
/** In seconds. */
const PATIENCE = 600

await withDovecot(async (server) => {
  const program = await startProgram()
  // The database that the program started, beside it.
  const postgres = await startEmbeddedPostgres({ folder: join(program.folder, 'postgres'), log: () => undefined })
  const pool = new Pool({ connectionString: postgres.url, max: 1 })
  try {
    // From a hundred people, so that nobody is held for sending very many.
    const mails = Array.from({ length: MAILS }, (_, index) =>
      mailOf({ from: `p${index % Math.max(100, Math.ceil(MAILS / 15))}@kunde.example`, subject: `Störung ${index}` }),
    )
    await server.deliver(ADDRESS, ...mails)
    const taken = async () => {
      const { rows } = await pool.query<{ many: number; first: Date | null; last: Date | null }>(
        `select count(*)::int as many, min(taken_at) as first, max(taken_at) as last from received_mail`,
      )
      return rows[0]!
    }
    await readMailbox(program, server, ADDRESS)
    await until('a first mail', PATIENCE, async () => (await taken()).many > 0)
    const used = await program.processorSeconds()
    const began = { at: performance.now(), many: (await taken()).many }
    await until('all mails', PATIENCE, async () => (await taken()).many >= MAILS)
    const seconds = (performance.now() - began.at) / 1000
    const after = await program.processorSeconds()
    const many = MAILS - began.many
    const { rows } = await pool.query<{ many: number }>('select count(*)::int as many from incident')
    print({
      name: 'mail.rate',
      value: rounded(many / seconds, 1),
      unit: '1/s',
      samples: many,
      detail: {
        wanted: WANTED,
        of: 'mails in one mailbox, each an incident with its clocks',
        incidents: rows[0]!.many,
        processorMsPerMail: {
          program: rounded(((after.server - used.server) * 1000) / many),
          database: rounded(((after.database - used.database) * 1000) / many),
        },
      },
    })
  } finally {
    await pool.end()
    await postgres.stop()
    await program.stop()
  }
})
