import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { explainMails, sayOfMail } from '#modules/mail'
import { configurationOf } from '#platform/configuration.ts'
import { connect, type Database } from '#platform/database.ts'
import type { CommandWorld } from './command.ts'
import { openAddress } from './database-address.ts'

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
  const there = await databaseThere(err)
  const options = { language, ...(there !== null && { db: there.database.db }) }
  try {
    for (const path of paths) {
      try {
        for await (const explained of explainMails(path, options)) out(JSON.stringify(explained))
      } catch (error) {
        unread += 1
        err(sayOfMail(language, 'no-file', { file: path, reason: (error as Error).message }))
      }
    }
  } finally {
    await there?.leave()
  }
  return unread === 0 ? 0 : 1
}

/** The database, if one runs that is at this version: nothing is started or changed to explain a mail. */
async function databaseThere(
  err: (line: string) => void,
): Promise<{ readonly database: Database; readonly leave: () => Promise<void> } | null> {
  const configuration = configurationOf(process.env)
  if (configuration.databaseUrl === undefined && !(await isRunning(configuration.clusterFolder))) return null
  const address = await openAddress(configuration, err)
  const database = connect(address.url, { connections: 1 })
  const leave = async () => {
    await database.close()
    await address.leave()
  }
  try {
    await database.db.selectFrom('receivedMail').select('id').limit(1).execute()
    return { database, leave }
  } catch {
    await leave()
    return null
  }
}

async function isRunning(folder: string): Promise<boolean> {
  try {
    const [pid] = (await readFile(join(folder, 'cluster/data/postmaster.pid'), 'utf8')).split('\n')
    return process.kill(Number(pid), 0)
  } catch {
    return false
  }
}
