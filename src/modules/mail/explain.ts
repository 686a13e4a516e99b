import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Language } from '#core/text.ts'
import { judge, type Known, type Outcome } from './judge.ts'
import { mailsIn } from './mailbox-file.ts'
import { readMail, type Reading } from './reading.ts'
import { reasonOf } from './text.ts'

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
  /** Of what is known here, what concerns this mail. */
  readonly known: (mail: Reading) => Promise<Known>
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

async function explained(raw: Buffer, { language, known }: ExplainOptions): Promise<Omit<Explained, 'file'>> {
  const mail = await readMail(raw)
  const judgement = judge(mail, await known(mail))
  const { outcome, ticket } = judgement
  return { outcome, ...(ticket !== null && { ticket }), reason: reasonOf(judgement, language) }
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
