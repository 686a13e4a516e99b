import { Failure } from '#core/failure.ts'
import { configurationOf } from '#platform/configuration.ts'
import { connect } from '#platform/database.ts'
import { migrate } from '#platform/migrations.ts'
import { sentence } from '#platform/problem.ts'
import { terminalLanguage } from '#platform/terminal-language.ts'
import { VERSION } from '#platform/version.ts'
import type { Command, CommandWorld } from './command.ts'
import { openAddress } from './database-address.ts'
import { outsideProblem } from './outside-problem.ts'
import { type CommandText, sayCommand } from './text.ts'

/** A verb as the table of verbs holds it. */
export interface Verb {
  /** Loaded when it is said, so that no verb waits for what another needs. */
  readonly load: () => Promise<Command>
  /** Works without a database, or opens its own. */
  readonly alone?: boolean
}

export type Verbs = Readonly<Record<string, Verb>>

/** Runs one verb of the command line; the exit code. */
export async function runVerb(verbs: Verbs, verb: string, given: readonly string[]): Promise<number> {
  const language = terminalLanguage(process.env)
  const json = given.includes('--json')
  const args = given.filter((arg) => arg !== '--json')
  const out = (line: string) => void process.stdout.write(`${line}\n`)
  const err = (line: string) => void process.stderr.write(`${line}\n`)

  if (['help', '--help', '-h'].includes(verb)) {
    out(sayCommand(language, 'usage', { verbs: listed(verbs, language) }))
    return 0
  }
  if (['version', '--version', '-v'].includes(verb)) {
    out(json ? JSON.stringify({ version: VERSION }) : VERSION)
    return 0
  }
  const found = verbs[verb]
  if (found === undefined) {
    err(sayCommand(language, 'no-verb', { verb }))
    return 2
  }
  try {
    const command = await found.load()
    const talk = { out, err, json, language }
    if (found.alone || args.includes('--help')) return await command(args, talk as CommandWorld)
    return await withDatabase({ err }, (database, url) => command(args, { ...talk, database, url }))
  } catch (error) {
    const reason =
      error instanceof Failure
        ? sentence(error, language)
        : (outsideProblem(error, language) ?? (error instanceof Error ? error.message : String(error)))
    err(sayCommand(language, 'failed', { reason }))
    if (process.env['PLUMBLINE_TRACE']) err((error as Error).stack ?? '')
    return 1
  }
}

function listed(verbs: Verbs, language: CommandWorld['language']): string {
  return Object.keys(verbs)
    .map((name) => `  ${name.padEnd(10)} ${sayCommand(language, `verb.${name}` as CommandText)}`)
    .join('\n')
}

/** Opens the database that the environment names, or the embedded one; brings it to this version; closes it afterwards. */
export async function withDatabase<Result>(
  { err }: Pick<CommandWorld, 'err'>,
  work: (database: CommandWorld['database'], url: string) => Promise<Result>,
): Promise<Result> {
  const { url, leave } = await openAddress(configurationOf(process.env), err)
  try {
    const database = connect(url)
    try {
      await migrate(database.db)
      return await work(database, url)
    } finally {
      await database.close()
    }
  } finally {
    await leave()
  }
}
