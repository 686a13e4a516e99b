import { expect } from 'vitest'
import { jobs, listeners, routes } from '#app'
import { type Context, system } from '#platform/context.ts'
import { transaction } from '#platform/database.ts'
import { type Log, silent } from '#platform/log.ts'
import { type TestCall, testCaller, testDatabase, type TestDatabase, type TestReply } from '#platform/testing.ts'
import type { JobWorld } from '#platform/worker.ts'

export interface TestWorld {
  readonly database: TestDatabase
  readonly call: TestCall
  /** Asks for what must succeed, and gives what it answers. `version` is the one that the change starts from. */
  readonly made: (method: string, path: string, body: object, version?: number) => Promise<TestReply['body']>
  /** Does what is queued, and what that queues. */
  readonly work: () => Promise<void>
}

/** The whole program on a database of the test's own, at a stated moment. */
export async function testWorld({
  now = new Date('2026-03-02T09:00Z'),
  log = silent,
}: { readonly now?: Date; readonly log?: Log } = {}): Promise<TestWorld & { at: (now: string) => void }> {
  let moment = now
  const database = await testDatabase()
  const call = testCaller(database, routes, { now: () => moment, listeners, jobs, log })
  const made: TestWorld['made'] = async (method, path, body, version) => {
    const headers = version === undefined ? {} : { 'if-match': `"${version}"` }
    const reply = await call(method, path, body, { headers })
    expect(reply.status, reply.text).toBeLessThan(300)
    return reply.body
  }
  return { database, call, made, work: call.work, at: (next) => (moment = new Date(next)) }
}

/** Runs what goes on at moments of its own as the worker does; what it queues is dropped. */
export async function inWorld(
  { db, pool }: TestDatabase,
  now: Date,
  run: (world: JobWorld) => Promise<void>,
): Promise<void> {
  const inTransaction = <Result>(act: (context: Context) => Promise<Result>) =>
    transaction(db, system, 'read write', (tx) =>
      act({ db: tx, actor: system, now, requestId: 'test', listeners: {}, enqueue: async () => undefined }),
    )
  await run({ db, pool, now: () => now, log: silent, signal: new AbortController().signal, inTransaction })
}
