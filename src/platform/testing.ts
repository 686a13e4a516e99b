import type { FastifyInstance } from 'fastify'
import type { Pool } from 'pg'
import { inject, onTestFinished } from 'vitest'
import type { TestProject } from 'vitest/node'
import { newId } from '#core/id.ts'
import { type Actor, type Context, type Listeners, system } from '#platform/context.ts'
import {
  connect,
  type Connections,
  connectionsTo,
  type Database,
  databaseOver,
  transaction,
} from '#platform/database.ts'
import { migrate } from '#platform/migrations.ts'
import { httpServer, type Route } from '#platform/http.ts'
import { type Log, silent } from '#platform/log.ts'
import { type Databases, databasesLike, dropAllLike, run } from '#platform/testing/databases.ts'
import { startTestPostgres } from '#platform/testing/postgres.ts'
import { type JobHandler, queue } from '#platform/worker.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the test server, with `DATABASE` where the database's name goes. */
    postgres: string
    /** The empty, migrated database. */
    template: string
  }
}

/** Vitest's global set-up: a server, and the empty, migrated database that those of the tests are made of. */
export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const template = `plumbline_template_${process.pid}`
  const postgres = await startTestPostgres()
  const address = postgres.url('DATABASE')
  await run(address, `create database ${template}`)
  const database = connect(postgres.url(template))
  await migrate(database.db)
  // The queue's own tables, so that no test waits for them.
  const boss = queue({ ...parts(database), url: postgres.url(template), jobs: [], listeners: {}, sendOnly: true })
  await boss.start()
  await boss.stop()
  await database.close()
  provide('postgres', address)
  provide('template', template)
  return async () => {
    await dropAllLike(template, address)
    await postgres.stop()
  }
}

function parts({ db, pool }: Database) {
  return { db, pool, now: () => new Date(), log: silent }
}

export interface TestDatabase extends Database {
  readonly url: string
}

let databases: Databases | undefined

/** By the database's name. To a new connection everything is new: it costs the server more than most tests ask of it. */
const connected = new Map<string, Connections>()

/** A migrated database without a row, the test's own until it ends. */
export async function testDatabase(): Promise<TestDatabase> {
  const address = inject('postgres')
  databases ??= databasesLike(inject('template'), address)
  const { take, giveBack } = databases
  const name = await take()
  const url = address.replace('DATABASE', name)
  const connections = connected.get(name) ?? connectionsTo(url, 8)
  connected.set(name, connections)
  // What modules remember of a database is of that one, not of the test before.
  const database = databaseOver({ pipelined: connections.pipelined, plain: another(connections.plain) })
  onTestFinished(async () => {
    if (await giveBack(name)) return
    connected.delete(name)
    await database.close()
  })
  return { ...database, url }
}

/** The same pool, known by another object. */
function another(pool: Pool): Pool {
  return new Proxy(pool, {
    get: (of, name) => {
      const value: unknown = Reflect.get(of, name, of)
      return typeof value === 'function' ? value.bind(of) : value
    },
  })
}

export interface TestReply {
  readonly status: number
  // A test says what it expects of a reply by comparing it.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any
  readonly headers: Readonly<Record<string, string | number | string[] | undefined>>
  readonly text: string
  readonly bytes: Buffer
}

export interface TestCallOptions {
  readonly as?: Actor | null
  readonly headers?: Readonly<Record<string, string>>
}

/** Sends a request without a socket, by default as a service manager who sees all customers. */
export type TestCall = (
  method: string,
  path: string,
  body?: object | Buffer,
  options?: TestCallOptions,
) => Promise<TestReply>

/** Somebody with these roles; `customer` and `limited` see the customers given. */
export function actorWith(access: Actor['access'], roles: readonly string[], customers: readonly string[] = []): Actor {
  return { personId: newId(), access, customers, roles: new Set(roles), language: 'en' }
}

export const manager: Actor = actorWith('staff', ['administrator', 'service-manager'])

/** Calls `routes` as an actor, without signing in; for tests of what modules do rather than of who may come in. */
export function testCaller(
  { db, pool, url }: TestDatabase,
  routes: readonly Route[],
  {
    now = () => new Date(),
    listeners = {},
    jobs = [],
    log = silent,
  }: {
    readonly now?: () => Date
    readonly listeners?: Listeners
    readonly jobs?: readonly JobHandler[]
    readonly log?: Log
  } = {},
): TestCall & { readonly server: FastifyInstance; readonly work: () => Promise<void> } {
  let current: Actor | null = manager
  const waiting: { job: string; payload: object }[] = []
  const enqueue = async (_: unknown, job: { readonly name: string }, payload: object) =>
    void waiting.push({ job: job.name, payload })
  const server = httpServer({ db, routes, listeners, authenticate: async () => current, enqueue, now, log })
  const call: TestCall = async (method, path, body, { as = manager, headers = {} } = {}) => {
    current = as
    const reply = await server.inject({
      method: method as 'GET',
      url: path.startsWith('/api') ? path : `/api/v1${path}`,
      headers: { ...(Buffer.isBuffer(body) && { 'content-type': 'application/octet-stream' }), ...headers },
      ...(body !== undefined && { payload: body }),
    })
    const isJson = String(reply.headers['content-type']).includes('json')
    return {
      status: reply.statusCode,
      body: isJson && reply.body !== '' ? reply.json() : null,
      headers: reply.headers,
      text: reply.body,
      bytes: reply.rawPayload,
    }
  }
  /** Does the queued jobs, and those that they queue. Those of a request that failed are done too: see the worker's own tests. */
  async function work(): Promise<void> {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const { job, payload } = next
      const handler = jobs.find((each) => each.job.name === job)
      if (!handler) throw new Error(`Nobody does ${job}`)
      const inTransaction = <Result>(act: (context: Context) => Promise<Result>) =>
        transaction(db, system, 'read write', (tx) =>
          act({
            db: tx,
            actor: system,
            now: now(),
            requestId: 'test',
            listeners,
            enqueue: async (each, what) => enqueue(tx, each, what),
          }),
        )
      await handler.run({ db, pool, now, log: silent, signal: new AbortController().signal, inTransaction }, payload)
    }
  }
  void url
  return Object.assign(call, { server, work })
}

/** Runs `act` as an actor in a transaction of its own, with a context such as a request has. */
export function inContext<Result>(
  { db }: Database,
  act: (context: Context) => Promise<Result>,
  { actor = manager, now = new Date() } = {},
): Promise<Result> {
  return transaction(db, actor, 'read write', (tx) =>
    act({ db: tx, actor, now, requestId: 'test', listeners: {}, enqueue: async () => undefined }),
  )
}
