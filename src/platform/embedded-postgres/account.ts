import { existsSync, lchownSync, readFileSync, readdirSync, realpathSync, statSync, type Stats } from 'node:fs'
import { userInfo } from 'node:os'
import { dirname, join } from 'node:path'
import type { Voice } from './problem.ts'

/** A user of the operating system. */
export interface Account {
  readonly name: string
  readonly uid: number
  readonly gid: number
}

const PREFERRED = ['postgres', '_postgres', 'nobody']

/**
 * Who has to run the server on `cluster` when it cannot be ourselves, which PostgreSQL refuses to root; undefined when it
 * can. A cluster that is there is run by its owner, whatever we would choose today.
 */
export function serverAccount(cluster: string, voice: Voice): Account | undefined {
  const owner = existsSync(cluster) ? statSync(cluster).uid : undefined
  const uid = process.getuid?.()
  if (uid !== 0) {
    if (uid !== undefined && !hasName()) throw voice.problem('user-nameless', { uid: String(uid) })
    if (owner !== undefined && owner !== uid)
      throw voice.problem('folder-not-owned', { folder: cluster, owner: String(owner) })
    return undefined
  }
  const accounts = namedAccounts()
  const kept = accounts.find((account) => owner !== 0 && account.uid === owner)
  const account = kept ?? PREFERRED.map((name) => accounts.find((known) => known.name === name)).find(Boolean)
  if (account === undefined) throw voice.problem('user-missing')
  return account
}

/** initdb looks up the name of the user it runs as, and gives up without one. */
function hasName(): boolean {
  try {
    return userInfo().username !== ''
  } catch {
    return false
  }
}

function namedAccounts(): readonly Account[] {
  return readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .filter((fields) => fields.length >= 4 && fields[2] !== '0')
    .map(([name, , uid, gid]) => ({ name: name ?? '', uid: Number(uid), gid: Number(gid) }))
}

/** Whether `account` may pass through every folder down to and including `folder`; lists of further rights are not read. */
export function reaches(account: Account | undefined, folder: string): boolean {
  if (account === undefined) return true
  let at = realpathSync(folder)
  while (mayPass(account, statSync(at))) {
    if (at === dirname(at)) return true
    at = dirname(at)
  }
  return false
}

/** Whether `account` may read and run the file. */
export function mayRun(account: Account | undefined, file: string): boolean {
  if (account === undefined) return true
  const { uid, gid, mode } = statSync(file)
  return (rightsOf(account, { uid, gid, mode }) & 0o5) === 0o5 && reaches(account, dirname(file))
}

function mayPass(account: Account, stats: Stats): boolean {
  return (rightsOf(account, stats) & 0o1) === 0o1
}

function rightsOf(account: Account, { uid, gid, mode }: Pick<Stats, 'uid' | 'gid' | 'mode'>): number {
  if (uid === account.uid) return mode >> 6
  return gid === account.gid ? mode >> 3 : mode
}

/** Gives a file or a folder with all that is in it to `account`; nothing to do when we are the server's user. */
export function giveTo(account: Account | undefined, path: string): void {
  if (account === undefined) return
  lchownSync(path, account.uid, account.gid)
  if (!statSync(path).isDirectory()) return
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const inside = join(path, entry.name)
    // A link is given away as a link: what it points to is not ours to give.
    if (entry.isDirectory()) giveTo(account, inside)
    else lchownSync(inside, account.uid, account.gid)
  }
}
