import { randomUUID } from 'node:crypto'
import { type Context, type Db, system } from '#platform/context.ts'
import { transaction } from '#platform/database.ts'

/**
 * Runs `work` in a transaction of the program itself, for what no person may read in their own name: accounts, sessions,
 * tokens, links. Its context still says who asks, for the audit. The caller has decided that they may, and is an endpoint
 * with `ownTransaction`: within another transaction this would end that one.
 */
export async function asProgram<Result>(
  context: Context,
  mode: 'read only' | 'read write',
  work: (context: Context) => Promise<Result>,
): Promise<Result> {
  return transaction(context.db, { ...system, personId: context.actor.personId }, mode, (db) =>
    work({ ...context, db }),
  )
}

/** Runs `work` in a transaction of whoever asks, behind their row-level security; for endpoints with `ownTransaction`. */
export async function asAsker<Result>(
  context: Context,
  mode: 'read only' | 'read write',
  work: (context: Context) => Promise<Result>,
): Promise<Result> {
  return transaction(context.db, context.actor, mode, (db) => work({ ...context, db }))
}

/** {@link asProgram} where no request is under way: at the start and on the command line. */
export async function byItself<Result>(
  db: Db,
  now: Date,
  work: (context: Context) => Promise<Result>,
): Promise<Result> {
  return transaction(db, system, 'read write', (tx) =>
    work({
      db: tx,
      actor: system,
      now,
      requestId: randomUUID(),
      listeners: {},
      enqueue: async ({ name }) => Promise.reject(new Error(`${name} cannot be queued from here`)),
    }),
  )
}
