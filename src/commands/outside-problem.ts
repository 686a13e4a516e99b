import type { Language } from '#core/text.ts'
import { ConfigurationProblem, configurationOf } from '#platform/configuration.ts'
import { type CommandText, sayCommand } from './text.ts'

/** What a database says when it lets nobody in (PostgreSQL's manual, appendix A), and what the network says on the way there. */
const databaseSays: Readonly<Record<string, CommandText>> = {
  ECONNREFUSED: 'database-unreachable',
  ENOTFOUND: 'database-unreachable',
  EAI_AGAIN: 'database-unreachable',
  EHOSTUNREACH: 'database-unreachable',
  ETIMEDOUT: 'database-unreachable',
  '28000': 'database-refuses',
  '28P01': 'database-refuses',
  '3D000': 'database-missing',
  '42501': 'database-rights',
}

/** Why something outside of the program lets it down, and what to do about it; undefined for any other error. */
export function outsideProblem(error: unknown, language: Language): string | undefined {
  if (error instanceof ConfigurationProblem) return sayCommand(language, error.code, { port: error.value })
  const { databaseUrl, dataFolder } = configurationOf(process.env)
  const { code = '', syscall, message = '' } = error as { code?: string; syscall?: string; message?: string }
  if (message.startsWith('corrupted migrations')) return sayCommand(language, 'database-newer')
  if (code === 'ENOSPC') return sayCommand(language, 'disk-full', { folder: dataFolder })
  if (syscall === 'mkdir') return sayCommand(language, 'folder-unusable', { folder: dataFolder, reason: code })
  const says = databaseSays[code]
  if (says === undefined || databaseUrl === undefined) return undefined
  const { host, user, database } = partsOf(databaseUrl)
  return sayCommand(language, says, { host, user, database })
}

/** Without the password, which nobody should read on a screen. */
function partsOf(url: string): { readonly host: string; readonly user: string; readonly database: string } {
  const { host, username, pathname, searchParams } = new URL(url)
  return {
    host: host || (searchParams.get('host') ?? ''),
    user: decodeURIComponent(username),
    database: decodeURIComponent(pathname.slice(1)),
  }
}
