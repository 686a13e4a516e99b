import { mkdir } from 'node:fs/promises'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { forgetAgain, forgottenBefore, noteForgotten } from '#modules/privacy'
import { restore } from '#platform/backup/restore.ts'
import { configurationOf } from '#platform/configuration.ts'
import { connect } from '#platform/database.ts'
import type { CommandWorld } from './command.ts'
import { openAddress } from './database-address.ts'
import { claimFolder } from './folder-claim.ts'
import { sayCommand } from './text.ts'

/**
 * `restore FILE`: brings everything of a backup back, into a database that nobody worked with, and brings it to this
 * version. The data folder is claimed meanwhile: nobody serves from it half full.
 */
export async function restoreCommand(
  args: readonly string[],
  { out, err, json, language }: CommandWorld,
): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { help: { type: 'boolean', default: false }, erasures: { type: 'string' } },
    allowPositionals: true,
  })
  const [path] = positionals
  if (values.help || path === undefined || positionals.length > 1) {
    out(sayCommand(language, 'restore.usage'))
    return values.help ? 0 : 2
  }
  const configuration = configurationOf(process.env)
  const { dataFolder, bucket } = configuration
  await mkdir(dataFolder, { recursive: true })
  const leaving = new AsyncDisposableStack()
  try {
    const claim = await claimFolder(dataFolder)
    if (claim.takenBy !== undefined)
      throw new Error(sayCommand(language, 'already-started', { folder: dataFolder, pid: String(claim.takenBy) }))
    leaving.defer(claim.release)
    const { url, leave } = await openAddress(configuration, err)
    leaving.defer(leave)
    const database = connect(url)
    leaving.defer(() => database.close())
    const started = performance.now()
    const options = { database, url, dataFolder, filesElsewhere: bucket !== undefined, ...(!json && { onEntry: err }) }
    // Read first: the files of the backup bring a list that is as old as they are.
    const forgotten = [...(await forgottenBefore()), ...(values.erasures ? await forgottenBefore(values.erasures) : [])]
    const done = await restore(resolve(path), options)
    const list = [...forgotten, ...(await forgottenBefore())]
    await noteForgotten(list)
    const again = await forgetAgain(database.db, list, new Date())
    const seconds = Math.round(performance.now() - started) / 1000
    if (json) out(JSON.stringify({ ...done, forgottenAgain: again, seconds }))
    else out(sayCommand(language, 'restore.done', { ...done, again, madeAt: done.madeAt.toISOString() }))
    return 0
  } finally {
    await leaving.disposeAsync()
  }
}
