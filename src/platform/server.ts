import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import type { Db } from '#platform/context.ts'
import type { Metrics } from '#platform/metrics.ts'

export interface OperationsOptions {
  readonly db: Db
  readonly metrics: Metrics
  /** Whether background work runs. */
  readonly workerHealthy: () => boolean
  /** Aborted when the program is to end: what comes now is answered, but nothing more should come. */
  readonly leaving: AbortSignal
  readonly openApi: object
  /** Whether the caller has shown a token that is good for `/metrics`. */
  readonly admitted: (authorization: string | undefined) => Promise<boolean>
}

/** What operators and programs ask beside the API: is it alive, is it ready, how does it do, what does it offer. */
export function serveOperations(
  server: FastifyInstance,
  { db, metrics, workerHealthy, leaving, openApi, admitted }: OperationsOptions,
): void {
  // A connection that is kept would bring its next request to a server that has gone.
  server.addHook('onSend', async (_, reply) => {
    if (leaving.aborted) void reply.header('connection', 'close')
  })
  server.get('/healthz', async () => ({ status: 'alive' }))
  server.get('/readyz', async (_, reply) => {
    const database = await sql`select 1`.execute(db).then(
      () => true,
      () => false,
    )
    const worker = workerHealthy()
    const status = leaving.aborted ? 'leaving' : database && worker ? 'ready' : 'not ready'
    return reply.code(status === 'ready' ? 200 : 503).send({ status, database, worker })
  })
  server.get('/metrics', async (request, reply) => {
    if (!isLoopback(request.ip) && !(await admitted(request.headers.authorization))) return reply.code(404).send()
    return reply.type('text/plain; version=0.0.4').send(await metrics.text())
  })
  server.get('/api/openapi.json', async () => openApi)
}

function isLoopback(ip: string): boolean {
  return ip === '127.0.0.1' || ip === '::1' || ip === '::ffff:127.0.0.1'
}

/**
 * Serves the web application: its files by their names, which change with their content, compressed where that was done when
 * they were made, and its page for every other path.
 */
export async function serveWeb(server: FastifyInstance, folder: string): Promise<void> {
  if (!existsSync(`${folder}/index.html`)) return
  const page = await readFile(`${folder}/index.html`)
  await server.register(fastifyStatic, {
    root: folder,
    index: false,
    wildcard: false,
    preCompressed: true,
    setHeaders: (reply, path) => {
      const immutable = path.includes('/assets/')
      void reply.header('cache-control', immutable ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  server.get('/*', { config: { web: true } }, async (request, reply) => {
    // A file of another version: the page in its place would be taken for it.
    if (/^\/(?:api|assets)\//.test(request.url)) return reply.callNotFound()
    return reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(page)
  })
}

/** Why nothing can listen there, or null when something can. */
export async function barredFromListening(host: string, port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? String(error)))
    probe.once('listening', () => probe.close(() => resolve(null)))
    probe.listen(port, host)
  })
}
