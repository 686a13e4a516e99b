import type { Access } from '#platform/context.ts'

/*
 * Several installations may share one database, each in a workspace of its own (decision 0122): a schema for its tables, one
 * for its queue, roles of its own, and one of these that owns both. Which workspace a connection is in stands in its address,
 * so whoever has the address needs to know nothing else.
 */

/** What an installation is called in its database. */
export interface Workspace {
  /** Null where the installation has the database to itself. */
  readonly name: string | null
  /** The role that owns its tables; `none`, that is whoever is connected, where it has the database to itself. */
  readonly owner: string
  /** The role for a kind of access. */
  readonly role: (access: Access) => string
  /** The schema of the queue. */
  readonly queue: string
  /** The channel on which its processes tell each other that something changed. */
  readonly channel: string
  /** Advisory locks are the whole database's: the name of one, as the others know it not. */
  readonly lock: (name: string) => string
  /** How its connections are told apart. */
  readonly application: (part: string) => string
}

const alone: Workspace = {
  name: null,
  owner: 'none',
  role: (access) => `plumbline_${access}`,
  queue: 'pgboss',
  channel: 'plumbline_live',
  lock: (name) => name,
  application: (part) => part,
}

/** Where extensions lie that all workspaces of a database use. */
export const EXTENSIONS = 'plumbline_extensions'

/** Names that roles and schemas of ours have already. */
const RESERVED = new Set(['system', 'staff', 'limited', 'customer', 'auditor', 'live', 'jobs', 'extensions'])

/** Whether a workspace may be called so: it becomes a part of names of the database. */
export function isWorkspaceName(name: string): boolean {
  return /^[a-z][a-z0-9]{1,29}$/.test(name) && !RESERVED.has(name)
}

/** @param name A name that a workspace may have. */
export function workspaceNamed(name: string): Workspace {
  return {
    name,
    owner: `plumbline_${name}`,
    role: (access) => `plumbline_${name}_${access}`,
    queue: `plumbline_${name}_jobs`,
    channel: `plumbline_${name}_live`,
    lock: (text) => `${name}: ${text}`,
    application: (part) => `${part} ${name}`,
  }
}

/** The address of a workspace in the database of another address. */
export function inWorkspace(url: string, name: string): string {
  const { owner } = workspaceNamed(name)
  const [address = '', query = ''] = url.split('?', 2)
  const given = new URLSearchParams(query)
  const own = `-c search_path=${owner},${EXTENSIONS} -c role=${owner}`
  given.set('options', [given.get('options') ?? '', own].join(' ').trim())
  return `${address}?${given.toString().replaceAll('+', '%20')}`
}

/** The workspace that an address leads into. */
export function workspaceAt(url: string): Workspace {
  const name = /search_path(?:=|%3D)plumbline_([a-z0-9]+)(?:,|%2C)/i.exec(url)?.[1]
  return name === undefined ? alone : workspaceNamed(name)
}

const workspaces = new WeakMap<object, Workspace>()

/** Remembers which workspace a handle, a transaction or a pool is of. */
export function belongsTo(handle: object, workspace: Workspace): void {
  if (workspace !== alone) workspaces.set(handle, workspace)
}

/** The workspace of a handle, a transaction or a pool. */
export function workspaceOf(handle: object): Workspace {
  return workspaces.get(handle) ?? alone
}

/** The SQL of a migration as it is said in a workspace: roles and channels have other names there, all else is the same. */
export function saidIn({ name }: Workspace, text: string): string {
  return name === null
    ? text
    : text.replaceAll(/\bplumbline_(system|staff|limited|customer|auditor|live)\b/g, `plumbline_${name}_$1`)
}
