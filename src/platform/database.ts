import { type Compilable, CompiledQuery, type DatabaseConnection, Kysely, PostgresDialect } from 'kysely'
import { type ClientBase, type ClientConfig, Pool, type PoolConfig, types } from 'pg'
import { Failure } from '#core/failure.ts'
import { moneySeenBy } from '#core/may.ts'
import type { DB } from '#db'
import type { Actor, Db } from '#platform/context.ts'
import { PreparingClient } from '#platform/preparing-client.ts'
import { NamingClient, readMoment, snakeCase } from '#platform/rows.ts'
import { traced } from '#platform/tracing.ts'
import { belongsTo, type Workspace, workspaceAt, workspaceOf } from '#platform/workspace.ts'

// Counts and milliseconds fit a double far beyond any use here; a local date stays the text that it is.
types.setTypeParser(types.builtins.INT8, Number)
types.setTypeParser(types.builtins.DATE, (text: string) => text)
types.setTypeParser(types.builtins.TIMESTAMPTZ, readMoment)

/** A database: the query builder, and beside it connections for what the builder does not know, such as `COPY`. */
export interface Database {
  readonly db: Db
  readonly pool: Pool
  readonly close: () => Promise<void>
}

/** The connections of a database. */
export interface Connections {
  /** Statements follow each other over the wire without waiting for answers (`together`). */
  readonly pipelined: Pool
  readonly plain: Pool
}

/** @param connections At most this many at once for the query builder, and as many beside it. */
export function connect(url: string, { connections = 20 }: { readonly connections?: number } = {}): Database {
  return databaseOver(connectionsTo(url, connections), workspaceAt(url))
}

export function connectionsTo(url: string, most: number): Connections {
  const pipelined = poolOf(url, NamingClient, { max: most, pipeline: true })
  return { pipelined, plain: poolOf(url, PreparingClient, { max: most }) }
}

/** Where a pool connects to, for a process that connects by itself. */
export function addressOf(pool: Pool): string {
  const { connectionString } = pool.options
  if (connectionString === undefined) throw new Error('A pool without an address.')
  return connectionString
}

/** A query builder of its own over connections that are there; to close it ends them. */
export function databaseOver({ pipelined, plain: pool }: Connections, workspace?: Workspace): Database {
  const db = new Kysely<DB>({
    dialect: new PostgresDialect({ pool: pipelined }),
    plugins: [snakeCase],
  })
  if (workspace !== undefined) for (const handle of [db, pool]) belongsTo(handle, workspace)
  return {
    db,
    pool,
    close: async () => {
      await Promise.all([db.destroy(), pool.end()])
    },
  }
}

function poolOf(url: string, kind: new (config: ClientConfig) => PreparingClient, options: PoolConfig): Pool {
  const pool = new Pool({
    ...options,
    connectionString: url,
    application_name: workspaceAt(url).application('plumbline'),
    // Its other forms of `query` are those of its parent.
    Client: kind as unknown as new () => ClientBase,
  })
  // A connection that breaks while idle is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => undefined)
  // The same for one that breaks while it is out of the pool and between two statements: the next statement fails.
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/**
 * Runs `work` in a transaction that sees what `actor` may see. The role and its settings are set where the transaction
 * begins, in the same round trip; they end with it.
 */
export function transaction<Result>(
  db: Db,
  actor: Actor,
  mode: 'read only' | 'read write',
  work: (tx: Db) => Promise<Result>,
): Promise<Result> {
  return traced('transaction', () => inOne(db, actor, mode, work))
}

async function inOne<Result>(
  db: Db,
  actor: Actor,
  mode: 'read only' | 'read write',
  work: (tx: Db) => Promise<Result>,
): Promise<Result> {
  const workspace = workspaceOf(db)
  const begin = `begin ${mode}; ${standingOf(actor, workspace)}`
  const executor = db.getExecutor()
  return executor.provideConnection(async (connection) => {
    const begun = connection.executeQuery(CompiledQuery.raw(begin))
    const tx = handleOn(mode === 'read only' ? behind(begun, connection) : connection, executor)
    const closing: Closing = { statements: [], asOwner: [] }
    closings.set(tx, closing)
    belongsTo(tx, workspace)
    if (mode === 'read write') await begun
    // Whatever waits for it says so.
    else begun.catch(() => undefined)
    try {
      const result = await work(tx)
      await begun
      const { statements, asOwner } = closing
      if (asOwner.length > 0) {
        const written = statements.splice(0).map((each) => connection.executeQuery(each.compile()))
        await together([...written, connection.executeQuery(CompiledQuery.raw(`set local role ${workspace.owner}`))])
        for (const each of asOwner) await each(tx)
      }
      // A statement that fails makes the commit a rollback, and is what is said of it.
      await together([...statements.map((each) => connection.executeQuery(each.compile())), commit(connection)])
      return result
    } catch (error) {
      // A connection that is gone takes its transaction with it.
      await connection.executeQuery(CompiledQuery.raw('rollback')).catch(() => undefined)
      throw error
    }
  })
}

/** Whether it is certain that nothing stayed of a transaction that failed so: we or the database refused something in it. */
export function isUndone(error: unknown): boolean {
  const { code } = error as { readonly code?: unknown }
  // Classes of what a statement can do wrong; where a connection ends, nobody knows what became of the commit.
  return error instanceof Failure || (typeof code === 'string' && /^(?:22|23|40|42|44|P0)[0-9A-Z]{3}$/.test(code))
}

/** Whether transactions were in each other's way and the database undid this one for no fault of its own. */
export function isInTheWay(error: unknown): boolean {
  return /^40(?:001|P01)$/.test(String((error as { readonly code?: unknown }).code))
}

/** So often something is tried that others are in the way of. */
const TRIES = 3

/** Does a whole transaction again when the database undid it because others were in its way, as a migration may be. */
export async function untilOutOfTheWay<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let left = TRIES - 1; ; left--) {
    try {
      return await work()
    } catch (error) {
      if (left === 0 || !isInTheWay(error)) throw error
    }
  }
}

/** The role of the database and the settings that its policies read: what `actor` may see. */
function standingOf(
  { access, customers, parts = [], whole, personId, roles, books }: Actor,
  { role }: Pick<Workspace, 'role'>,
): string {
  // These become literals of the statement, so they are ids or nothing.
  const id = (text: string | null) => (text !== null && UUID.test(text) ? text : '')
  const list = (ids: readonly string[]) => ids.filter((each) => id(each) !== '').join(',')
  // What is not said is empty; each of these costs its part of every request.
  const setting = (name: string, value: string) => (value === '' ? '' : `; set local plumbline.${name} = '${value}'`)
  const standing = `set local role ${role(access)}${setting('customers', list(customers))}${setting('person', id(personId))}${setting('money', moneySeenBy({ access, roles }))}${setting('books', books ?? '')}`
  if (parts.length === 0) return standing
  const narrowed = new Set(parts.map(({ customerId }) => customerId))
  const inSight = whole ?? customers.filter((customer) => !narrowed.has(customer))
  const seen = parts.map(({ customerId, siteId, serviceId, teamId = null, requesterId = null }) =>
    [customerId, siteId, serviceId, teamId, requesterId].map(id).join('/'),
  )
  return `${standing}${setting('whole', list(inSight))}${setting('parts', seen.join(','))}`
}

/** What is left to do when the work of a transaction is done, in this order. */
interface Closing {
  readonly statements: Compilable[]
  readonly asOwner: ((tx: Db) => Promise<void>)[]
}

const closings = new WeakMap<Db, Closing>()

function closingOf(tx: Db): Closing {
  const closing = closings.get(tx)
  if (closing === undefined) throw new Error('This is not the handle of a transaction.')
  return closing
}

/**
 * Says these when everything else in the transaction of `tx` is done, in their order and in one piece with the commit: for
 * what nobody needs an answer to but that it was written. When one fails, so does the transaction.
 */
export function withCommit(tx: Db, statements: readonly Compilable[]): void {
  closingOf(tx).statements.push(...statements)
}

/**
 * Does `work` when everything else in the transaction of `tx` is done, as the owner of the tables and no longer as the
 * actor: for what belongs to the program and no person may touch. When it fails, so does the transaction.
 */
export function beforeCommit(tx: Db, work: (tx: Db) => Promise<void>): void {
  closingOf(tx).asOwner.push(work)
}

/**
 * Asks in the name of another within the transaction of `tx`: what would they see? Only for what is done before the commit
 * ({@link beforeCommit}), where the transaction is nobody's any more; afterwards it is again.
 */
export async function asAnother<Result>(tx: Db, actor: Actor, work: () => Promise<Result>): Promise<Result> {
  for (const each of standingAnew(actor, workspaceOf(tx))) await tx.executeQuery(CompiledQuery.raw(each))
  const result = await work()
  await tx.executeQuery(CompiledQuery.raw(`set local role ${workspaceOf(tx).owner}`))
  return result
}

/** The statements of an actor's standing where another stood before: what that one was let see must not be left over. */
function standingAnew(actor: Actor, workspace: Workspace): readonly string[] {
  const none = ['customers', 'person', 'money', 'books', 'whole', 'parts', 'handed', 'counting'].map(
    (name) => `set local plumbline.${name} = ''`,
  )
  return [...none, ...standingOf(actor, workspace).split('; ')]
}

/**
 * Asks in the name of another within a transaction of the program: what would they see, with what was done in it? It is the
 * program's again afterwards. Only for reading: whatever `look` writes is taken back.
 */
export async function seenAs<Result>(tx: Db, actor: Actor, look: () => Promise<Result>): Promise<Result> {
  const say = (text: string) => tx.executeQuery(CompiledQuery.raw(text))
  await say('savepoint seen_as')
  try {
    for (const each of standingAnew(actor, workspaceOf(tx))) await say(each)
    return await look()
  } finally {
    // What was set since then goes with it.
    await say('rollback to savepoint seen_as')
    await say('release savepoint seen_as')
  }
}

type Executor = ReturnType<Db['getExecutor']>

/** Never asked for a connection: a handle has its own. */
const noDialect = new PostgresDialect({
  pool: () => Promise.reject(new Error('This handle has a connection already.')),
})
const noDriver = noDialect.createDriver() as never

/** The query builder over one connection. Unlike the builder's own it lets a statement go before the last was answered. */
function handleOn(connection: DatabaseConnection, executor: Executor): Db {
  return new Kysely<DB>({
    config: { dialect: noDialect },
    dialect: noDialect,
    driver: noDriver,
    executor: executor.withConnectionProvider({ provideConnection: (use) => use(connection) }),
  })
}

/**
 * A connection on which the first statements go over the wire in one piece with the beginning of the transaction. What is
 * answered to them counts only once that has been done: without it they would have been asked without the actor's role.
 * For reading alone, for what had been written so would stay.
 */
function behind(begun: Promise<unknown>, connection: DatabaseConnection): DatabaseConnection {
  return {
    executeQuery: async <Row>(query: CompiledQuery) => {
      const [, answer] = await together([begun, connection.executeQuery<Row>(query)])
      return answer
    },
    streamQuery: () => {
      throw new Error('Rows are streamed by COPY, on a connection of its own.')
    },
  }
}

/** Fails when the database rolled back instead, which it says only here: somebody went on after a statement had failed. */
async function commit(connection: DatabaseConnection): Promise<void> {
  const { rows } = await connection.executeQuery<{ command?: string }>(CompiledQuery.raw('commit'))
  if (rows[0]?.command === 'ROLLBACK') throw new Error('A statement of this transaction failed and nobody noticed.')
}

/**
 * Waits for several statements of one transaction that were started at once: they go over the wire one behind the other
 * in their order, in one round trip. When one fails, all of them have ended before this throws, so that nothing runs on
 * in a connection that has been given back.
 */
export async function together<const Work extends readonly unknown[]>(
  work: Work,
): Promise<{ -readonly [Index in keyof Work]: Awaited<Work[Index]> }> {
  const ended = await Promise.allSettled(work)
  const failed = ended.find((each) => each.status === 'rejected')
  if (failed) throw failed.reason
  return ended.map((each) => (each as PromiseFulfilledResult<unknown>).value) as never
}
