import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Pool } from 'pg'
import { CompiledQuery } from 'kysely'
import { PgBoss } from 'pg-boss'
import type { Context, Db, Listeners } from '#platform/context.ts'
import { system } from '#platform/context.ts'
import { beforeCommit, transaction } from '#platform/database.ts'
import type { Job } from '#platform/job.ts'
import type { Log } from '#platform/log.ts'
import type { Metrics, WaitingJobs } from '#platform/metrics.ts'
import { traced } from '#platform/tracing.ts'
import { type Workspace, workspaceAt, workspaceOf } from '#platform/workspace.ts'

/** What a job that outlives one transaction works with. */
export interface JobWorld {
  readonly db: Db
  readonly pool: Pool
  readonly now: () => Date
  readonly log: Log
  /** Aborted when the program stops: put things down where they can be taken up again. */
  readonly signal: AbortSignal
  /** Runs `work` as the program itself, in a transaction of its own. */
  readonly inTransaction: <Result>(work: (context: Context) => Promise<Result>) => Promise<Result>
}

export interface JobHandler {
  readonly job: Job<object>
  readonly run: (world: JobWorld, payload: unknown) => Promise<void>
  /** Done by itself at these times, in UTC, with an empty payload: `17 2 * * *`. */
  readonly cron?: string
}

/** Runs `handle` in one transaction as the program itself. At least once: it re-reads the world before it acts. */
export function handler<Payload extends object>(
  job: Job<Payload>,
  handle: (context: Context, payload: Payload) => Promise<void>,
): JobHandler {
  return longHandler(job, ({ inTransaction }, payload) => inTransaction((context) => handle(context, payload)))
}

/** Runs `handle` outside any transaction: for work that streams, shows progress or takes long. */
export function longHandler<Payload extends object>(
  job: Job<Payload>,
  handle: (world: JobWorld, payload: Payload) => Promise<void>,
): JobHandler {
  return {
    job,
    run: (world, payload) => handle(world, job.payload.parse(payload)),
  }
}

/** Work that is due at moments of its own, which it knows best: done by every process, beside the queue. */
export interface Loop {
  readonly name: string
  /** Of use to whoever answers requests, so done by processes that do no work in the background, too. */
  readonly serving?: boolean
  /** Does what is due and says when something is next, or null. Several processes run it at the same time. */
  readonly run: (world: JobWorld) => Promise<Date | null>
}

/** A loop looks again after so long at most: what came up meanwhile may be due sooner. */
const LOOK_EACH_MS = 15_000

/** After a failure, such as a database that is away. */
const LOOK_AGAIN_MS = 5_000

async function keepRunning({ name, run }: Loop, world: JobWorld): Promise<void> {
  const { signal, now, log } = world
  while (!signal.aborted) {
    let waitMs = LOOK_EACH_MS
    try {
      const next = await run(world)
      if (next !== null) waitMs = Math.min(Math.max(next.getTime() - now().getTime(), 0), LOOK_EACH_MS)
    } catch (error) {
      log.error({ loop: name, error: String(error), stack: (error as Error).stack }, 'loop failed')
      waitMs = LOOK_AGAIN_MS
    }
    await pause(waitMs, undefined, { signal }).catch(() => undefined)
  }
}

/** The queue: a way to put work in within a transaction, and, once started, hands that take it out. */
export interface Queue {
  /** Puts work in; it starts only if the transaction of `tx` commits. */
  readonly enqueue: (tx: Db, job: Job<never>, payload: object) => Promise<void>
  readonly start: () => Promise<void>
  readonly stop: () => Promise<void>
  /** Whether work is being taken out. */
  readonly healthy: () => boolean
}

export interface QueueOptions {
  readonly url: string
  readonly db: Db
  readonly pool: Pool
  readonly jobs: readonly JobHandler[]
  readonly loops?: readonly Loop[]
  readonly listeners: Listeners
  readonly now: () => Date
  readonly log: Log
  readonly metrics?: Pick<Metrics, 'worked'>
  /** Only puts work in, for somebody else to take out, and does the loops that serving takes. */
  readonly sendOnly?: boolean
}

/** How each queue is made. A job not heard of for half a minute is taken from whoever had it: they crashed. */
export const QUEUE = { heartbeatSeconds: 30, expireInSeconds: 6 * 3600, notify: true } as const
const WARN_EVERY_MS = 30_000

/** Where the queue lies; in a workspace its schema is there already, for its program may make none. */
export function queueIn({ name, queue: schema }: Workspace): {
  readonly schema: string
  readonly createSchema: boolean
} {
  return { schema, createSchema: name === null }
}

export function queue(options: QueueOptions): Queue {
  const { url, db, pool, jobs, loops = [], listeners, now, log, metrics, sendOnly = false } = options
  const workspace = workspaceAt(url)
  const boss = new PgBoss({
    connectionString: url,
    ...queueIn(workspace),
    max: 4,
    supervise: !sendOnly,
    schedule: !sendOnly,
    // Whoever takes work out is woken for it: to look each two seconds into every queue kept an idle machine busy.
    useListenNotify: !sendOnly,
    application_name: workspace.application('plumbline-jobs'),
  })
  // While the database is away each queue says so every two seconds; once in a while is enough.
  let warnedAt = 0
  boss.on('error', (error: unknown) => {
    if (Date.now() - warnedAt < WARN_EVERY_MS) return
    warnedAt = Date.now()
    log.warn({ error: (error as { message?: string }).message ?? String(error) }, 'queue')
  })
  const stopping = new AbortController()
  let running = false
  let looping: readonly Promise<void>[] = []

  async function enqueue(tx: Db, job: Job<never>, payload: object): Promise<void> {
    beforeCommit(tx, async (owner) => {
      await boss.send(job.name, payload, {
        retryLimit: job.retries,
        retryBackoff: true,
        db: { executeSql: async (text: string, values?: unknown[]) => raw(owner, text, values) },
      })
    })
  }

  async function inTransaction<Result>(work: (context: Context) => Promise<Result>): Promise<Result> {
    return transaction(db, system, 'read write', (tx) =>
      work({
        db: tx,
        actor: system,
        now: now(),
        requestId: randomUUID(),
        listeners,
        enqueue: (job, payload) => enqueue(tx, job as unknown as Job<never>, payload),
      }),
    )
  }

  return {
    enqueue,
    start: async () => {
      await boss.start()
      for (const { job } of jobs) await boss.createQueue(job.name, QUEUE)
      const world: JobWorld = { db, pool, now, log, signal: stopping.signal, inTransaction }
      const keep = (loop: Loop) => keepRunning(loop, world)
      if (sendOnly) {
        looping = loops.filter(({ serving }) => serving).map(keep)
        running = true
        return
      }
      for (const { job, run } of jobs) {
        const worker = await boss.work(job.name, { pollingIntervalSeconds: 2 }, async ([taken]) => {
          if (taken === undefined) return
          // Where one was there may be another: it is looked for at once, and only then waited.
          boss.notifyWorker(worker)
          const started = performance.now()
          try {
            await traced(`job ${job.name}`, () => run(world, taken.data))
            const ms = performance.now() - started
            metrics?.worked(job.name, 'done', ms / 1000)
            log.info({ job: job.name, ms: Math.round(ms) }, 'job done')
          } catch (error) {
            metrics?.worked(job.name, 'failed', (performance.now() - started) / 1000)
            log.error({ job: job.name, error: String(error), stack: (error as Error).stack }, 'job failed')
            throw error
          }
        })
      }
      for (const { job, cron } of jobs) if (cron !== undefined) await boss.schedule(job.name, cron, {}, { tz: 'UTC' })
      looping = loops.map(keep)
      running = true
    },
    stop: async () => {
      running = false
      stopping.abort()
      await Promise.all(looping)
      await boss.stop({ graceful: true, timeout: 10_000 })
    },
    healthy: () => running,
  }
}

/** What could be done now and is not, by kind. */
export async function waitingJobs(pool: Pool): Promise<readonly WaitingJobs[]> {
  const { rows } = await pool.query<WaitingJobs>(
    `select name as job, count(*)::int as count, extract(epoch from max(now() - start_after))::float as seconds
     from ${workspaceOf(pool).queue}.job
     where state in ('created', 'retry') and start_after <= now() and name not like '\\_\\_%' group by name`,
  )
  return rows
}

/** Runs a statement with `$1` placeholders on the connection of `tx`. */
async function raw(tx: Db, text: string, values: readonly unknown[] = []): Promise<{ rows: never[] }> {
  const { rows } = await tx.withoutPlugins().executeQuery(CompiledQuery.raw(text, [...values]))
  return { rows: rows as never[] }
}
