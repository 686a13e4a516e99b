import { EventEmitter } from 'node:events'
import { sql } from 'kysely'
import { Client, type Pool } from 'pg'
import { tellAccessChanged } from '#platform/access-change.ts'
import type { Db } from '#platform/context.ts'
import type { Loop } from '#platform/worker.ts'
import { workspaceOf } from '#platform/workspace.ts'

/*
 * Signals between the processes of an installation, over PostgreSQL's own channel: that there is news for somebody, that
 * somebody opened a record. They carry ids and no content, nothing is kept of them, and nothing depends on their arrival:
 * whoever misses one finds out a little later by asking.
 */

/** What one signal may carry, and a little less. */
const MOST_BYTES = 7000
const ID_BYTES = 40

/** Something that other processes shall hear of, and for whom: nobody else's page is told. */
export interface Signal {
  /** The name of the server-sent event. */
  readonly what: string
  readonly people: readonly string[]
  readonly data: Readonly<Record<string, string | number | boolean | null>>
}

const emitter = new EventEmitter<{ signal: [Signal] }>().setMaxListeners(0)

/** Tells all processes, this one among them, once the transaction of `db` commits. */
export async function sendSignal(db: Db, { people, ...signal }: Signal): Promise<void> {
  const most = Math.floor(MOST_BYTES / ID_BYTES)
  let at = 0
  do {
    const part = people.slice(at, at + most)
    await sql`select pg_notify(${workspaceOf(db).channel}, ${JSON.stringify({ ...signal, people: part })})`.execute(db)
    at += most
  } while (at < people.length)
}

/** Hears every signal until the returned function is called. */
export function onSignal(heard: (signal: Signal) => void): () => void {
  emitter.on('signal', heard)
  return () => void emitter.off('signal', heard)
}

const listening = new WeakMap<Pool, Client>()

/** What this process hears with: another after each time at which it heard nothing, null while it does not. */
export function earsOf(pool: Pool): object | null {
  return listening.get(pool) ?? null
}

/** Keeps this process listening: on a connection of its own, renewed when it broke. */
export const liveListening: Loop = {
  name: 'live.listen',
  serving: true,
  run: async ({ pool, signal }) => {
    if (listening.has(pool)) return null
    const workspace = workspaceOf(pool)
    const client = new Client({
      ...(pool.options as object),
      application_name: workspace.application('plumbline-live'),
    })
    const lost = () => void listening.delete(pool)
    client.on('error', lost)
    client.on('end', lost)
    client.on('notification', ({ payload = '' }) => {
      const told = JSON.parse(payload) as Signal
      if (told.what === 'access.changed') tellAccessChanged()
      else emitter.emit('signal', told)
    })
    await client.connect()
    await client.query(`listen ${workspace.channel}`)
    listening.set(pool, client)
    signal.addEventListener('abort', () => void client.end().catch(() => undefined), { once: true })
    return null
  },
}
