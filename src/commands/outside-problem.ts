import { readFileSync } from 'node:fs'
import { join } from 'node:path'
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

/** Codes of a connection that ended while it was needed, or that finds nobody any more. */
const LOST = /^(08|57P0)|^E(CONN|PIPE)|^ENOENT$/

/** Why something outside of the program lets it down, and what to do about it; undefined for any other error. */
export function outsideProblem(error: unknown, language: Language): string | undefined {
  if (error instanceof ConfigurationProblem)
    return sayCommand(language, error.code, { port: error.value, value: error.value })
  const { databaseUrl, dataFolder, clusterFolder, workspace } = configurationOf(process.env)
  const { code = '', syscall, message = '' } = error as { code?: string; syscall?: string; message?: string }
  if (message.startsWith('corrupted migrations')) return sayCommand(language, 'database-newer')
  // The role of a workspace that nobody made, or somebody removed.
  if (workspace !== undefined && (code === '22023' || code === '3F000'))
    return sayCommand(language, 'workspace-missing', { name: workspace })
  if (code === 'ENOSPC' || code === '53100')
    return sayCommand(language, databaseUrl === undefined || code === 'ENOSPC' ? 'disk-full' : 'database-full', {
      folder: dataFolder,
    })
  if (syscall === 'mkdir') return sayCommand(language, 'folder-unusable', { folder: dataFolder, reason: code })
  if (databaseUrl === undefined) {
    const lost = LOST.test(code) && (syscall === undefined || syscall === 'connect')
    return lost || message.startsWith('Connection terminated') ? embeddedLost(clusterFolder, language) : undefined
  }
  const says = databaseSays[code]
  if (says === undefined) return undefined
  const { host, user, database } = partsOf(databaseUrl)
  return sayCommand(language, says, { host, user, database })
}

/** Why the embedded database went away: what it wrote last tells a full disk from anything else. */
function embeddedLost(folder: string, language: Language): string {
  const log = join(folder, 'server.log')
  let written = ''
  try {
    written = readFileSync(log, 'utf8').slice(-4000)
  } catch {
    // Without its log there is nothing more to say.
  }
  const full = written.includes('No space left on device')
  return sayCommand(language, full ? 'disk-full' : 'database-lost', { folder, log })
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
