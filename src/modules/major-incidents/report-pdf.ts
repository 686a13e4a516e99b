import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Language } from '#core/text.ts'
import type { Context } from '#platform/context.ts'
import { pdfApart } from '#platform/documents/pdf-apart.ts'
import { readLetterhead } from '#platform/documents/letterhead.ts'
import { momentParts, printableDeep } from '#platform/documents/printable.ts'
import type { FileReply } from '#platform/http.ts'
import { fullReport } from './full-report.ts'
import type { Edition } from './report-parts.ts'
import { readReportFacts } from './report-query.ts'
import { voiceIn } from './report-words.ts'

const TEMPLATE = new URL('report.typ', import.meta.url)

/** The full report on paper, with a checksum of what it says. */
export async function reportPdf(
  inTransaction: <Result>(mode: 'read only', work: (context: Context) => Promise<Result>) => Promise<Result>,
  { id, lang, edition }: { readonly id: string; readonly lang: Language | undefined; readonly edition: Edition },
): Promise<FileReply> {
  const made = await inTransaction('read only', async (context) => {
    const language = lang ?? context.actor.language
    const facts = await readReportFacts(context, id, language)
    const { say, moment } = voiceIn(language, facts.timeZone, facts.now)
    const report = fullReport(facts, language, edition)
    const page = {
      language,
      made: momentParts(facts.now),
      kind: say('report.kind'),
      running: `${say('report.kind')} · ${report.subtitle}`,
      page: say('page', { page: '§', pages: '¶' }),
      head: [say('head.at'), say('head.who'), say('head.what')],
      by: say('made', { at: moment(facts.now) }),
      checksum: createHash('sha256').update(JSON.stringify(report)).digest('hex'),
      ...report,
      // The lines of what people wrote stay lines; whatever else is printed is one.
      parts: report.parts.map((part) => ({
        ...part,
        text: part.text.split('\n').filter((line) => line.trim() !== ''),
      })),
    }
    const file = `${say('file')}-${facts.number}-${edition}-${language}.pdf`
    return { data: page, letterhead: await readLetterhead(context.db), name: file }
  })
  const template = await readFile(TEMPLATE, 'utf8')
  const { data, letterhead, name } = made
  return { file: await pdfApart({ template, data: printableDeep(data), letterhead }), type: 'application/pdf', name }
}
