import type { Pool, PoolClient } from 'pg'

/** What has to be there before something else of the same table is made: a key before what refers to it. */
const ORDER = ['key', 'index', 'note', 'reference'] as const

interface SetAside {
  readonly ofTable: string
  readonly name: string
  readonly kind: (typeof ORDER)[number]
  readonly statement: string
}

/** Sorting an index in memory is much quicker than on the disk; of each connection that makes one. */
const SORTED_IN_MB = 512

/**
 * Takes from tables what slows the writing of very many rows and can be made from them afterwards: indexes, keys that
 * nobody refers to, references, and what is noted of each statement for key figures. Everybody else waits for that moment
 * and is slow until `putBack`; what is set aside is written down in the same transaction, so that whoever comes after a
 * crash can put it back. Runs as the owner of the tables.
 */
export async function setAside(client: PoolClient, tables: readonly string[]): Promise<void> {
  await client.query('call set_aside_for($1::text[])', [tables])
}

/**
 * Makes again what was set aside, also by somebody who did not come to it; nothing when nothing is. The database checks
 * every reference and every key over all rows while it makes them, and throws when one does not hold. Several
 * connections share the tables among them. To be called by one at a time.
 */
export async function putBack(clients: readonly PoolClient[]): Promise<void> {
  const left = await listSetAside(clients[0]!)
  if (left.length === 0) return
  for (const client of clients) await client.query(`set maintenance_work_mem = '${SORTED_IN_MB}MB'`)
  try {
    for (const kind of ORDER) {
      const ofKind = left.filter((each) => each.kind === kind)
      // Many indexes of one table are made at the same time; everything else wants its table for itself, and a reference two.
      if (kind === 'index')
        await share(
          clients,
          ofKind.map((each) => [each]),
        )
      else if (kind === 'reference') await share(clients.slice(0, 1), [ofKind])
      else await share(clients, [...Map.groupBy(ofKind, ({ ofTable }) => ofTable).values()])
    }
  } finally {
    for (const client of clients) await client.query('reset maintenance_work_mem').catch(() => undefined)
  }
}

/** Each connection takes the next of what is left, what belongs together one after the other. */
async function share(clients: readonly PoolClient[], work: readonly (readonly SetAside[])[]): Promise<void> {
  const waiting = [...work]
  const go = async (client: PoolClient) => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      for (const each of next) await make(client, each)
  }
  for (const ended of await Promise.allSettled(clients.map(go))) if (ended.status === 'rejected') throw ended.reason
}

/** What is set aside now. */
export async function listSetAside(client: Pick<Pool, 'query'>): Promise<readonly SetAside[]> {
  const { rows } = await client.query<SetAside>(
    'select of_table as "ofTable", name, kind, statement from set_aside order by of_table desc, name',
  )
  return rows
}

/** In one transaction with its being struck off. */
async function make(client: PoolClient, { ofTable, name, statement }: SetAside): Promise<void> {
  await client.query('begin')
  try {
    await client.query(statement)
    await client.query('delete from set_aside where of_table = $1 and name = $2', [ofTable, name])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  }
}
