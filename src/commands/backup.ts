import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { backUp } from '#platform/backup/backup.ts'
import { configurationOf } from '#platform/configuration.ts'
import type { CommandWorld } from './command.ts'
import { sayCommand } from './text.ts'

/** `backup FILE [--without-key]`: writes everything, as it is at one moment, into one file; others may go on working. */
export async function backupCommand(
  args: readonly string[],
  { database: { pool }, out, err, json, language }: CommandWorld,
): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { 'without-key': { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
    allowPositionals: true,
  })
  const [path] = positionals
  if (values.help || path === undefined || positionals.length > 1) {
    out(sayCommand(language, 'backup.usage'))
    return values.help ? 0 : 2
  }
  const withKey = !values['without-key']
  const { dataFolder, bucket } = configurationOf(process.env)
  const started = performance.now()
  const done = await backUp(resolve(path), {
    pool,
    dataFolder,
    filesElsewhere: bucket !== undefined,
    withKey,
    now: new Date(),
    ...(!json && { onEntry: err }),
  })
  const seconds = Math.round(performance.now() - started) / 1000
  if (json) out(JSON.stringify({ file: path, ...done, seconds }))
  else {
    out(sayCommand(language, 'backup.done', { ...done, file: path, megabytes: Math.ceil(done.bytes / 1024 ** 2) }))
    out(sayCommand(language, withKey && !process.env['PLUMBLINE_SECRET'] ? 'backup.secret' : 'backup.without-key'))
  }
  return 0
}
