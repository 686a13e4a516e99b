import { appendFile, mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { configurationOf } from '#platform/configuration.ts'

/*
 * Who was forgotten stands in a list beside the database, too: a backup from before knows neither that they were nor the list
 * of today. It holds ids alone. A restore reads it before it begins and forgets them again.
 */

const FILE = 'erasures.jsonl'

let folder: string | undefined

/** Keeps the list in this folder, for the whole process. Without it, in the data folder of the environment. */
export function keepErasuresIn(path: string): void {
  folder = path
}

function ownFolder(): string {
  return folder ?? configurationOf(process.env).dataFolder
}

const line = z.object({ person: z.uuid(), at: z.iso.datetime() })
export type Forgotten = z.output<typeof line>

/** Adds people to the list in the data folder; more than once does no harm. */
export async function noteForgotten(people: readonly Forgotten[]): Promise<void> {
  await mkdir(ownFolder(), { recursive: true })
  const lines = people.map(({ person, at }) => `${JSON.stringify({ person, at })}\n`)
  await appendFile(join(ownFolder(), FILE), lines.join(''), { mode: 0o600, flush: true })
}

/** Everybody in a list, that of the data folder unless another is named, each once; nobody where there is none. What is no line of it is passed over. */
export async function forgottenBefore(file: string = join(ownFolder(), FILE)): Promise<readonly Forgotten[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  const found = text.split('\n').flatMap((each) => {
    try {
      return [line.parse(JSON.parse(each))]
    } catch {
      return []
    }
  })
  return [...new Map(found.map((each) => [each.person, each])).values()]
}
