import { system } from '#platform/context.ts'
import { connect, transaction } from '#platform/database.ts'
import { silent } from '#platform/log.ts'
import { mailIntake } from './intake.ts'
import { keepMailsIn } from './raw.ts'

/** A program of its own that reads mailboxes until it is killed: `node program-testing.ts DATABASE FOLDER`. */
const [url, folder] = process.argv.slice(2)
keepMailsIn(folder!)
const { db, pool } = connect(url!, { connections: 4 })
const now = () => new Date()
await mailIntake({ look: 100, again: 50 }).run({
  db,
  pool,
  now,
  log: silent,
  signal: new AbortController().signal,
  inTransaction: (work) =>
    transaction(db, system, 'read write', (tx) =>
      work({ db: tx, actor: system, now: now(), requestId: 'test', listeners: {}, enqueue: async () => undefined }),
    ),
})
