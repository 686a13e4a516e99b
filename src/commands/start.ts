import { once } from 'node:events'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { jobs, listeners, loops, routes } from '#app'
import { statusBoard } from '#modules/major-incidents'
import { authenticateBy, createFirstAdministrator, sealTwoFactorSecrets, setUpLink } from '#modules/people'
import { forgetAgain, forgottenBefore } from '#modules/privacy'
import { startSample } from '#modules/sample'
import { type Configuration, configurationOf, ROOT } from '#platform/configuration.ts'
import { connect, type Database } from '#platform/database.ts'
import { migrate } from '#platform/migrations.ts'
import { httpServer } from '#platform/http.ts'
import { earsOf } from '#platform/live.ts'
import { rateLimit } from '#platform/rate.ts'
import { followReplica } from '#platform/replica.ts'
import { jsonLog } from '#platform/log.ts'
import { makeMonthsAhead } from '#platform/months.ts'
import { metrics as makeMetrics } from '#platform/metrics.ts'
import { openApi } from '#platform/openapi.ts'
import { barredFromListening, serveOperations, serveWeb } from '#platform/server.ts'
import { requireKey } from '#platform/seal.ts'
import { startTracing } from '#platform/tracing.ts'
import { VERSION } from '#platform/version.ts'
import { queue as makeQueue, waitingJobs } from '#platform/worker.ts'
import type { CommandWorld } from './command.ts'
import { openAddress, whenItAnswers } from './database-address.ts'
import { claimFolder } from './folder-claim.ts'
import { sayCommand } from './text.ts'
import { ensureWebBuilt } from './web-build.ts'

/** What a process does of all that there is to do; several on one database may share it. */
type Part = 'all' | 'web' | 'work'

/** A database that is on its way may take so long. */
const AWAITED_SECONDS = 60

/** What `--only` asks for; null when it is nothing that there is. */
function partOf(args: readonly string[]): Part | null {
  const at = args.findIndex((arg) => arg === '--only' || arg.startsWith('--only='))
  if (at < 0) return 'all'
  const asked = args[at]!.split('=')[1] ?? args[at + 1]
  return asked === 'web' || asked === 'work' ? asked : null
}

/**
 * `start [--sample] [--only web|work]`: migrates, serves web, API and background work until it is told to stop; with `--only`
 * one of both, beside others on the same database.
 */
export async function startCommand(
  args: readonly string[],
  { out, err, json, language }: CommandWorld,
): Promise<number> {
  if (args.includes('--help')) {
    out(sayCommand(language, 'verb.start'))
    return 0
  }
  const part = partOf(args)
  if (part === null) {
    err(sayCommand(language, 'start.only'))
    return 2
  }
  const configuration = configurationOf(process.env)
  if (part !== 'all' && configuration.databaseUrl === undefined) {
    err(sayCommand(language, 'start.only-shared'))
    return 2
  }
  const { host, port, dataFolder, databaseUrl } = configuration
  const barred = await barredFromListening(host, port)
  if (barred !== null) throw new Error(listeningProblem(barred, configuration, language))
  await mkdir(dataFolder, { recursive: true })
  // What was begun is ended in the opposite order, however far the start got.
  const leaving = new AsyncDisposableStack()
  try {
    const claim = databaseUrl === undefined ? await claimFolder(dataFolder) : undefined
    if (claim?.takenBy !== undefined) {
      throw new Error(sayCommand(language, 'already-started', { folder: dataFolder, pid: String(claim.takenBy) }))
    }
    leaving.defer(async () => claim?.release())
    // From here on, so that an interrupted start takes its database along too.
    const stop = askedToStop(() => err(sayCommand(language, 'stopping')))
    if (!json) err(sayCommand(language, 'starting'))
    const web = (
      part === 'work' ? Promise.resolve() : ensureWebBuilt(ROOT, () => err(sayCommand(language, 'web-building')))
    ).catch((error: unknown) => {
      err(sayCommand(language, 'web-missing', { reason: String(error) }))
    })
    await requireKey()
    const { url, leave } = await openAddress(configuration, err)
    leaving.defer(leave)
    const database = connect(url, { connections: 24 })
    leaving.defer(() => database.close())
    const onWaiting = () => err(sayCommand(language, 'database-awaited', { seconds: String(AWAITED_SECONDS) }))
    await whenItAnswers(database.db, { seconds: AWAITED_SECONDS, stop, onWaiting })
    if (stop.aborted) return 0
    await serve(database, { configuration, url, part, web, leaving, stop })
    if (args.includes('--sample')) await startSample(database)
    const link = await setUpLink(database.db)
    const setUp = link === null ? null : `${configuration.url}/set-up#${link}`
    if (json) out(JSON.stringify({ url: configuration.url, setUp }))
    else {
      out(sayCommand(language, 'ready', { url: configuration.url }))
      if (setUp !== null) out(sayCommand(language, 'set-up', { link: setUp }))
      err(sayCommand(language, 'stop-hint'))
    }
    await aborted(stop)
    // Whoever sends requests here learns by `/readyz` that others are to have them, and has time to.
    await pause(configuration.drainSeconds * 1000)
    return 0
  } finally {
    await leaving.disposeAsync()
  }
}

interface Serving {
  readonly configuration: Configuration
  readonly url: string
  readonly part: Part
  /** When the pages are made. */
  readonly web: Promise<void>
  /** Aborted when it is to end. */
  readonly stop: AbortSignal
  /** Takes what ends the serving. */
  readonly leaving: AsyncDisposableStack
}

async function serve({ db, pool }: Database, { configuration, url, part, web, leaving, stop }: Serving): Promise<void> {
  await migrate(db)
  // Before anything is written in them; where that fails, the loop tries again and says why.
  await makeMonthsAhead(pool, new Date()).catch(() => false)
  await sealTwoFactorSecrets(db)
  // A database that was brought back to an earlier moment does not know whom it forgot since.
  const forgottenAgain = await forgetAgain(db, await forgottenBefore(), new Date())
  const { adminEmail, adminPassword, host, port, trustProxy, requestsPerMinute, replicaUrl, replicaSeconds } =
    configuration
  if (adminEmail !== undefined && adminPassword !== undefined) {
    await createFirstAdministrator(db, { email: adminEmail, password: adminPassword })
  }
  const log = jsonLog()
  if (forgottenAgain > 0) log.warn({ people: forgottenAgain }, 'forgotten again')
  const now = () => new Date()
  const metrics = makeMetrics(() => waitingJobs(pool))
  const tracing = await startTracing(process.env)
  leaving.defer(async () => tracing?.stop())
  const status = statusBoard()
  const queue = makeQueue({
    url,
    db,
    pool,
    jobs,
    loops: [...loops, status.loop],
    listeners,
    now,
    log,
    metrics,
    sendOnly: part === 'web',
  })
  leaving.defer(() => queue.stop())
  await queue.start()
  const replica =
    replicaUrl === undefined
      ? undefined
      : followReplica({ primary: pool, url: replicaUrl, boundMs: replicaSeconds * 1000, log })
  leaving.defer(async () => replica?.close())
  const authenticate = authenticateBy(pool, { now, ears: () => earsOf(pool) })
  const server = httpServer({
    db,
    // Who only works in the background says no more than how that goes.
    routes: part === 'work' ? [] : routes,
    listeners,
    authenticate,
    enqueue: queue.enqueue,
    now,
    log,
    metrics,
    tracing,
    trustProxy,
    ...(requestsPerMinute > 0 && { limit: rateLimit(requestsPerMinute) }),
    ...(replica && { reports: replica.reader }),
  })
  serveOperations(server, {
    db,
    metrics,
    workerHealthy: queue.healthy,
    leaving: stop,
    openApi: openApi(
      routes.map(({ endpoint }) => endpoint),
      VERSION,
    ),
    admitted: async (authorization) =>
      authorization !== undefined && (await authenticate.token(authorization)) !== null,
  })
  if (part !== 'work') {
    status.serve(server)
    await web
    await serveWeb(server, join(ROOT, 'dist/web'))
  }
  leaving.defer(() => server.close())
  await server.listen({ host, port })
}

/** Aborted by the first signal to stop; at a second one the process ends at once. */
function askedToStop(onAsked: () => void): AbortSignal {
  const asked = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      process.once(signal, () => process.exit(1))
      onAsked()
      asked.abort()
    })
  }
  return asked.signal
}

function aborted(signal: AbortSignal): Promise<unknown> {
  return signal.aborted ? Promise.resolve() : once(signal, 'abort')
}

function listeningProblem(code: string, { host, port }: Configuration, language: CommandWorld['language']): string {
  if (code === 'EADDRINUSE') return sayCommand(language, 'port-taken', { host, port: String(port) })
  if (code === 'EACCES') return sayCommand(language, 'port-not-allowed', { host, port: String(port) })
  return sayCommand(language, 'host-unknown', { host })
}
