import type { Language } from '#core/text.ts'
import type { Database } from '#platform/database.ts'

/** What a verb of the command line works with. */
export interface CommandWorld {
  readonly database: Database
  /** Of the database, for those who need a connection of their own. */
  readonly url: string
  /** A line on standard output: the result. With `--json` one JSON object and nothing else. */
  readonly out: (line: string) => void
  /** A line on standard error: progress and messages. */
  readonly err: (line: string) => void
  readonly json: boolean
  readonly language: Language
}

/** A verb: its arguments without the verb itself, and `--json` taken out; the exit code (0 done, 1 failed, 2 wrong use). */
export type Command = (args: readonly string[], world: CommandWorld) => Promise<number>
