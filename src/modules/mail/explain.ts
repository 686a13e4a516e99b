import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Language } from '#core/text.ts'
import type { Db } from '#platform/context.ts'
import { hasKey } from '#platform/seal.ts'
import { judge, type Known, nothingKnown, type Outcome } from './judge.ts'
import { knownFor } from './known.ts'
import { mailsIn } from './mailbox-file.ts'
import { readMail, type Reading } from './reading.ts'
import { reasonOf } from './text.ts'
import { mailTokens, noTokens } from './token.ts'

/** What would become of a raw mail. */
export interface Explained {
  readonly file: string
  /** Which of the mails in the file, from 1; only where there are several. */
  readonly mail?: number
  readonly outcome: Outcome
  /** The ticket that it belongs to; only where it belongs to one. */
  readonly ticket?: string
  readonly reason: string
}

export interface ExplainOptions {
  readonly language: Language
  /** Where tickets are known; nothing is known without one. It is only read. */
  readonly db?: Db
}

/**
 * What would become of the mails in a file or folder, one after the other; touches nothing. Fails when the path cannot be
 * read.
 */
export async function* explainMails(path: string, options: ExplainOptions): AsyncGenerator<Explained> {
  for (const file of await filesUnder(path)) {
    // A mail that is kept as a file of its own may quote the beginnings of others.
    const content = await readFile(file)
    const mails = /\.(eml|msg|txt)$/i.test(file) ? [content] : mailsIn(content)
    for (const [index, raw] of mails.entries()) {
      yield { file, ...(mails.length > 1 && { mail: index + 1 }), ...(await explained(raw, options)) }
    }
  }
}

async function explained(raw: Buffer, { language, db }: ExplainOptions): Promise<Omit<Explained, 'file'>> {
  const mail = await readMail(raw)
  const judgement = judge(mail, db === undefined ? nothingKnown : await knownHere(db, mail))
  const { outcome } = judgement
  const ticket = db === undefined || judgement.ticket === null ? null : await numberOf(db, judgement.ticket)
  return { outcome, ...(ticket !== null && { ticket }), reason: reasonOf(judgement, language) }
}

/** By what this installation knows; without its key, which is not made for this, it knows none of its tokens. */
async function knownHere(db: Db, mail: Reading): Promise<Known> {
  return knownFor(db, mail, (await hasKey()) ? await mailTokens() : noTokens)
}

async function numberOf(db: Db, id: string): Promise<string | null> {
  const row = await db.selectFrom('incident').select('number').where('id', '=', id).executeTakeFirst()
  return row?.number ?? null
}

/** The file itself, or all in a folder and those below it, by name. */
async function filesUnder(path: string): Promise<readonly string[]> {
  if (!(await stat(path)).isDirectory()) return [path]
  const entries = await readdir(path, { withFileTypes: true, recursive: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
}
