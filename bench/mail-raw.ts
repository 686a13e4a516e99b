import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Pool } from 'pg'
import { explainMails } from '#modules/mail'
import { startEmbeddedPostgres } from '#platform/embedded-postgres.ts'
import { readMailbox, until, withDovecot } from './mailbox.ts'
import { print } from './measure.ts'
import { hashOf } from '../src/modules/mail/keep.ts'
import { mailsIn } from '../src/modules/mail/mailbox-file.ts'
import { readMail } from '../src/modules/mail/reading.ts'
import { startProgram } from '../e2e/program.ts'

/**
 * Raw mails of a folder (`PLUMBLINE_MAILS`) through a real mailbox: what became of how many and why, beside what
 * `mail explain` says of the same ones.
 */
const FOLDER = process.env['PLUMBLINE_MAILS'] ?? fileURLToPath(new URL('../../shared/data/mails', import.meta.url))
const ADDRESS = 'hilfe@dienst.example'
/** In seconds. */
const PATIENCE = 300

/** An IMAP server ends lines as mails do, and takes no zeros; then it is the same mail. */
function keyOf(raw: Buffer): string {
  const ended = raw.toString('latin1').replaceAll(/\r\n?|\n/g, '\r\n')
  return createHash('sha256').update(ended, 'latin1').digest('hex')
}

interface Said {
  readonly file: string
  readonly outcome: string
  readonly reason: string
}

if (!existsSync(FOLDER)) {
  process.stderr.write(`There are no mails in ${FOLDER}: PLUMBLINE_MAILS names another folder.\n`)
} else {
  await withDovecot(async (server) => {
    const said = new Map<string, Said>()
    const byMessageId = new Map<string, string>()
    const raws: Buffer[] = []
    for await (const { file, mail, outcome, reason } of explainMails(FOLDER, { language: 'en' })) {
      const content = await readFile(file)
      const raw = mail === undefined ? content : mailsIn(content)[mail - 1]!
      const key = keyOf(raw)
      if (!said.has(key)) raws.push(raw)
      said.set(key, { file: file.slice(FOLDER.length + 1), outcome, reason })
      byMessageId.set((await readMail(raw)).messageId, key)
    }
    const program = await startProgram()
    const postgres = await startEmbeddedPostgres({ folder: join(program.folder, 'postgres'), log: () => undefined })
    const pool = new Pool({ connectionString: postgres.url, max: 1 })
    try {
      const refused: string[] = []
      for (const raw of raws) await server.deliver(ADDRESS, raw).catch(() => refused.push(said.get(keyOf(raw))!.file))
      const delivered = raws.length - refused.length
      await readMailbox(program, server, ADDRESS)
      await until('all mails', PATIENCE, async () => (await server.read(ADDRESS)) >= delivered)
      const { rows } = await pool.query<{ sha: string; id: string; outcome: string; reason: string }>(
        `select encode(sha256, 'hex') as sha, split_part(message_id, '#', 1) as id, outcome, reason from received_mail`,
      )
      const table: Record<string, number> = {}
      const wrong: string[] = []
      const seen = new Set<string>()
      for (const { sha, id, outcome, reason } of rows) {
        const raw = await readFile(join(program.folder, 'mails', sha.slice(0, 2), sha))
        // What the server changed on the way is known by its Message-ID.
        const key = said.has(keyOf(raw)) ? keyOf(raw) : (byMessageId.get(id) ?? '')
        const explained = said.get(key)
        seen.add(key)
        const apart = explained?.outcome === outcome ? '' : `, explained as ${explained?.outcome ?? 'nothing'}`
        const line = `${outcome} (${reason})${apart}`
        table[line] = (table[line] ?? 0) + 1
        if (outcome === 'ticket' && explained?.outcome !== 'ticket') wrong.push(explained?.file ?? sha)
      }
      // The same mail under the same Message-ID twice is taken once: each of those is proven by what it says.
      const contents = new Map<string, Set<string>>()
      for (const { sha } of rows) {
        const reading = await readMail(await readFile(join(program.folder, 'mails', sha.slice(0, 2), sha)))
        const there = contents.get(reading.messageId) ?? new Set()
        contents.set(reading.messageId, there.add(hashOf(reading).toString('hex')))
      }
      const lost: string[] = []
      const repeats: string[] = []
      for (const raw of raws) {
        const { file } = said.get(keyOf(raw))!
        if (seen.has(keyOf(raw)) || refused.includes(file)) continue
        const reading = await readMail(raw)
        const isThere = contents.get(reading.messageId)?.has(hashOf(reading).toString('hex'))
        ;(isThere ? repeats : lost).push(file)
      }
      const detail = { delivered, taken: rows.length, repeats: repeats.length, refusedByServer: refused, table }
      print({
        name: 'mail-raw.lost',
        value: lost.length,
        unit: 'mails',
        samples: delivered,
        detail: { wanted: 0, lost },
      })
      print({
        name: 'mail-raw.wrong',
        value: wrong.length,
        unit: 'mails',
        samples: rows.length,
        detail: { wanted: 0, of: 'no ticket by their explanation, and became one', wrong, ...detail },
      })
    } finally {
      await pool.end()
      await postgres.stop()
      await program.stop()
    }
  })
}
