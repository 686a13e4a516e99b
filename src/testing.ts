import { jobs, listeners, routes } from '#app'
import { type TestCall, testCaller, testDatabase, type TestDatabase } from '#platform/testing.ts'

export interface TestWorld {
  readonly database: TestDatabase
  readonly call: TestCall
  /** Does what is queued, and what that queues. */
  readonly work: () => Promise<void>
}

/** The whole program on a database of the test's own, at a stated moment. */
export async function testWorld({ now = new Date('2026-03-02T09:00Z') }: { readonly now?: Date } = {}): Promise<
  TestWorld & { at: (now: string) => void }
> {
  let moment = now
  const database = await testDatabase()
  const call = testCaller(database, routes, { now: () => moment, listeners, jobs })
  return { database, call, work: call.work, at: (next) => (moment = new Date(next)) }
}
