import { explainMails, nothingKnown, sayOfMail } from '#modules/mail'
import type { CommandWorld } from './command.ts'

/**
 * `mail explain FILE…`: a JSON object a line for each raw mail, with `--json` and without. A file that cannot be read is
 * told on standard error, and the others are explained all the same.
 */
export async function mailCommand(args: readonly string[], { out, err, language }: CommandWorld): Promise<number> {
  const [what, ...paths] = args
  if (args.includes('--help')) {
    out(sayOfMail(language, 'usage'))
    return 0
  }
  if (what !== 'explain' || paths.length === 0 || paths.some((path) => path.startsWith('--'))) {
    err(sayOfMail(language, 'usage'))
    return 2
  }
  let unread = 0
  for (const path of paths) {
    try {
      const known = async () => nothingKnown
      for await (const explained of explainMails(path, { language, known })) out(JSON.stringify(explained))
    } catch (error) {
      unread += 1
      err(sayOfMail(language, 'no-file', { file: path, reason: (error as Error).message }))
    }
  }
  return unread === 0 ? 0 : 1
}
