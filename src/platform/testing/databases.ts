import { randomBytes } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { Client } from 'pg'

/** Databases for tests that follow each other. */
export interface Databases {
  /** The name of one that holds what the template holds, and is nobody else's until it is given back. */
  readonly take: () => Promise<string>
  /** Whether it will be handed out again: whoever is connected may stay so, if they do nothing until then. */
  readonly giveBack: (name: string) => Promise<boolean>
}

/** One of this size is sooner made anew than emptied. */
const LARGE_BYTES = 24 * 1024 * 1024

/**
 * A number for each catalogue that changes with what is made, altered or removed in the database; writing rows leaves
 * it as it is, and so do temporary tables, of connections that stay, and sequences, of which each customer has its own.
 */
const BUILD = [
  "pg_class where relpersistence <> 't' and relkind <> 'S' and",
  'pg_proc where',
  'pg_policy where',
  'pg_trigger where',
]
  .map((catalogue) => `select count(*) || '/' || max(xmin::text::bigint) as part from ${catalogue} oid >= 16384`)
  .join(' union all ')

/** What empties a database: a connection of its own, and what the database was like when it was made. */
interface Cleaner {
  readonly client: Client
  readonly build: string
  readonly sequences: readonly string[]
}

/**
 * To empty a database takes a small part of the time that it takes to make one; so one that is given back is emptied and
 * handed out again. One in which more than rows changed, or that cannot be emptied, is dropped.
 *
 * @param template To which nobody is connected.
 * @param address With `DATABASE` where a database's name goes.
 */
export function databasesLike(template: string, address: string): Databases {
  const free: string[] = []
  const cleaners = new Map<string, Cleaner>()

  return {
    take: async () => {
      const known = free.pop()
      if (known !== undefined) return known
      const name = `${testDatabases(template)}${randomBytes(6).toString('hex')}`
      await run(address, `create database ${name} template ${template} strategy file_copy`)
      const client = new Client({ connectionString: address.replace('DATABASE', name) })
      // A connection that was ended from the other side shows when it is used next.
      client.on('error', () => undefined)
      await client.connect()
      cleaners.set(name, { client, build: await buildOf(client), sequences: await sequencesOf(client) })
      return name
    },
    giveBack: async (name) => {
      const cleaner = cleaners.get(name)!
      const { client } = cleaner
      if (await empty(cleaner).catch(() => false)) {
        free.push(name)
        return true
      }
      cleaners.delete(name)
      await client.end().catch(() => undefined)
      await run(address, `drop database if exists ${name} with (force)`)
      return false
    },
  }
}

/** How the names of all databases like `template` begin. */
function testDatabases(template: string): string {
  return `${template.replace('template', 'test')}_`
}

/** Drops the template and what was made of it, whoever is connected. */
export async function dropAllLike(template: string, address: string): Promise<void> {
  const made = await run<{ datname: string }>(
    address,
    `select datname from pg_database where starts_with(datname, '${testDatabases(template)}')`,
  )
  for (const name of [template, ...made.map(({ datname }) => datname)])
    await run(address, `drop database if exists ${name} with (force)`)
}

/** Runs a statement in the server's own database. */
export async function run<Row extends object>(address: string, statement: string): Promise<readonly Row[]> {
  const client = new Client({ connectionString: address.replace('DATABASE', 'postgres') })
  await client.connect()
  try {
    return (await client.query<Row>(statement)).rows
  } finally {
    await client.end()
  }
}

/** Deletes all rows but those of the template; whether the database is like new then. */
async function empty({ client, build, sequences }: Cleaner): Promise<boolean> {
  if (!(await isLeftAlone(client)) || (await buildOf(client)) !== build) return false
  const { rows } = await client.query<{ tables: string[] | null; bytes: number; hasQueue: boolean }>(`
    select
      array_agg(oid::regclass::text) filter (where pg_relation_size(oid) > 0) as tables,
      sum(pg_total_relation_size(oid))::int as bytes,
      exists (select from pgboss.queue) as "hasQueue"
    from pg_class
    where relkind = 'r' and relnamespace = 'public'::regnamespace and relname not in ('migration', 'migration_lock')`)
  const { tables, bytes, hasQueue } = rows[0]!
  if (hasQueue || bytes > LARGE_BYTES) return false
  // In any order, whatever refers to what.
  const deletions = (tables ?? []).map((table) => `delete from ${table};`)
  const more = (await sequencesOf(client)).filter((sequence) => !sequences.includes(sequence))
  const drops = more.map((sequence) => `drop sequence ${sequence};`)
  await client.query(
    `set session_replication_role = replica; set lock_timeout = '5s'; ${deletions.join(' ')} ${drops.join(' ')}
     select setval(seqrelid::regclass, seqstart, false) from pg_sequence join pg_class c on c.oid = seqrelid
       where c.relnamespace = 'public'::regnamespace`,
  )
  return true
}

/** So often it is asked whether what a test began is over; after that it is not waited for. */
const LOOKS = 40
const BETWEEN_LOOKS_MS = 25

/** Whether nobody else does anything there any more, or holds what would be in the way of the next. */
async function isLeftAlone(client: Client): Promise<boolean> {
  for (let look = 0; look < LOOKS; look++) {
    if (look > 0) await setTimeout(BETWEEN_LOOKS_MS)
    const { rows } = await client.query<{ busy: boolean; held: boolean }>(`
      select
        exists (select from pg_stat_activity
          where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle') as busy,
        exists (select from pg_locks l join pg_database d on d.oid = l.database
          where d.datname = current_database() and l.locktype = 'advisory') as held`)
    const { busy, held } = rows[0]!
    if (!busy) return !held
  }
  return false
}

async function sequencesOf(client: Client): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select oid::regclass::text as name from pg_class where relkind = 'S' and relnamespace = 'public'::regnamespace`,
  )
  return rows.map(({ name }) => name)
}

async function buildOf(client: Client): Promise<string> {
  const { rows } = await client.query<{ part: string }>(BUILD)
  return rows.map(({ part }) => part).join(' ')
}
