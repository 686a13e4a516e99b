import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { Endpoint, ReplyOf, RequestOf } from '#core/endpoint.ts'
import { Failure } from '#core/failure.ts'
import { type Language, languageOf, languages } from '#core/text.ts'
import { type Actor, type Context, type Db, type Listeners, system } from '#platform/context.ts'
import { protectBrowser, requireOwnOrigin } from '#platform/browser-guard.ts'
import { isInTheWay, isUndone, transaction, untilOutOfTheWay } from '#platform/database.ts'
import { challengeOf } from '#platform/feed.ts'
import { gathering } from '#platform/gathering.ts'
import { audit } from '#platform/history.ts'
import { once, type StoredReply } from '#platform/idempotency.ts'
import type { Log } from '#platform/log.ts'
import type { Metrics } from '#platform/metrics.ts'
import { isAway, parseInput, problemOf } from '#platform/problem.ts'
import type { RateLimit } from '#platform/rate.ts'
import { encoded, type FileReply, send, sendEncoded } from '#platform/reply.ts'
import type { Tracing } from '#platform/tracing.ts'
import type { Queue } from '#platform/worker.ts'

/** What a handler is given beside the context. */
export type Given<E extends Endpoint> = RequestOf<E> & {
  /** The version named by `If-Match`; for endpoints with `match`. */
  readonly matches: number
  readonly raw: FastifyRequest
  /** For headers such as cookies; the body is what the handler returns. */
  readonly answer: FastifyReply
  /** The uploaded bytes, for endpoints with `bytes: 'body'`. */
  readonly stream: Readable
  /** For endpoints with `ownTransaction`: runs `work` in a transaction of its own as the actor. */
  readonly inTransaction: <Result>(
    mode: 'read only' | 'read write',
    work: (context: Context) => Promise<Result>,
  ) => Promise<Result>
  /**
   * For endpoints with `ownTransaction`: runs `work` in a transaction of the program, in the name of whoever asks. For the
   * few things that customers' people write; that they may has been decided before, in a transaction of their own. What it
   * gives back is kept under the Idempotency-Key, so it is something that JSON can say.
   */
  readonly asProgram: <Result>(work: (context: Context) => Promise<Result>) => Promise<Result>
}

export interface Route {
  readonly endpoint: Endpoint
  readonly handle: (context: Context, given: never) => Promise<unknown>
  /** Answers several requests of the same asker in one transaction. */
  readonly handleTogether?: (asked: readonly Asked<never>[]) => Promise<readonly unknown[]>
}

/** One of several requests that are answered in one transaction. */
export interface Asked<Input> {
  /** In that transaction; with the moment of all and the id of this one. */
  readonly context: Context
  readonly given: Input
}

/** Ties an endpoint to the code that answers it. */
export function route<E extends Endpoint>(
  endpoint: E,
  handle: (context: Context, given: Given<E>) => Promise<ReplyOf<E> | FileReply>,
): Route {
  return { endpoint, handle }
}

/**
 * Ties an endpoint to the code that answers requests of the same asker together: those that come while others of theirs are
 * being answered share one transaction, which costs the database a third of what one for each does.
 *
 * @param handle Answers in their order. When it refuses one, each is asked for alone.
 */
export function routeTogether<E extends Endpoint>(
  endpoint: E,
  handle: (asked: readonly Asked<Given<E>>[]) => Promise<readonly ReplyOf<E>[]>,
): Route {
  return {
    endpoint,
    handle: async (context, given) => (await handle([{ context, given }]))[0],
    handleTogether: handle,
  }
}

export type { FileReply }

/** Finds out who asks. */
export type Authenticate = (request: FastifyRequest, language: Language) => Promise<Actor | null>

export interface HttpOptions {
  readonly db: Db
  readonly routes: readonly Route[]
  readonly listeners: Listeners
  readonly authenticate: Authenticate
  readonly enqueue: Queue['enqueue']
  readonly now: () => Date
  readonly log: Log
  readonly metrics?: Metrics
  readonly tracing?: Tracing | null
  readonly trustProxy?: boolean
  /** How often one caller may ask; as often as they like where it is not given. */
  readonly limit?: RateLimit
  /** A copy of the database that reports are read from; null where none is there or recent enough. */
  readonly reports?: () => Db | null
}

export const API = '/api/v1'

/** The largest JSON body, in bytes. Files go another way. */
const BODY_LIMIT = 10 * 1024 * 1024

const nobody: Omit<Actor, 'language'> = { personId: null, access: 'system', customers: [], roles: new Set() }

/** Serves `routes` under {@link API}. Each request runs in one transaction, read-only for a GET. */
export function httpServer(options: HttpOptions): FastifyInstance {
  const { routes, log, metrics, trustProxy = false } = options
  const server = fastify({
    bodyLimit: BODY_LIMIT,
    genReqId: () => randomUUID(),
    trustProxy,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 300 },
    // What the router itself refuses, such as an address that is none, is answered like everything else.
    frameworkErrors: (error, request, reply) => void sendProblem(request as FastifyRequest, reply, error, log),
  })
  // A file is a stream to its endpoint; everything else but JSON is refused.
  server.addContentTypeParser('application/octet-stream', { bodyLimit: 4 * 1024 ** 3 }, (_, payload, done) =>
    done(null, payload),
  )
  // An empty body is none: whoever has nothing to say need not write `{}`.
  const readJson = server.getDefaultJsonParser('error', 'error')
  server.addContentTypeParser(
    ['application/json', 'application/merge-patch+json'],
    { parseAs: 'string' },
    (request, body, done) => {
      sentTexts.set(request, body as string)
      return body === '' ? done(null) : readJson(request, body as string, done)
    },
  )
  server.decorateRequest('language', 'en')
  options.tracing?.requests(server)

  server.addHook('onRequest', async (request, reply) => {
    protectBrowser(request, reply)
    // An answer is for who asked, and for now.
    if (request.url.startsWith(API)) reply.header('cache-control', 'no-store')
    requireOwnOrigin(request)
  })
  for (const each of routes) serve(server, each, options)

  server.setNotFoundHandler(async (request, reply) => {
    const failure = new Failure('not-found', 'request.no-such-page', { path: request.url.split('?')[0]! })
    return sendProblem(request, reply, failure, log)
  })
  server.setErrorHandler(async (error, request, reply) => sendProblem(request, reply, error, log))
  server.addHook('onResponse', async (request, reply) => {
    const path = request.routeOptions.url ?? 'none'
    metrics?.answered(request.method, path, reply.statusCode, reply.elapsedTime / 1000)
    if (path.startsWith(API)) {
      log.info(
        {
          requestId: request.id,
          method: request.method,
          path,
          status: reply.statusCode,
          ms: Math.round(reply.elapsedTime),
        },
        'answered',
      )
    }
  })
  return server
}

/** Bodies as they came, for as long as their requests are there. */
const sentTexts = new WeakMap<FastifyRequest, string>()

/** The JSON of a request, to the byte as it came: what was signed is this and not what it says. */
export function sentText(request: FastifyRequest): string {
  return sentTexts.get(request) ?? ''
}

function serve(server: FastifyInstance, { endpoint, handle, handleTogether }: Route, options: HttpOptions): void {
  const { db, listeners, enqueue, now, authenticate } = options
  const writes = endpoint.method !== 'GET'

  function contextIn(tx: Db, actor: Actor, at: Date, requestId: string): Context {
    return {
      db: tx,
      actor,
      now: at,
      requestId,
      listeners,
      enqueue: (job, payload) => enqueue(tx, job as never, payload),
    }
  }

  const gathered =
    handleTogether &&
    gathering(async (requests: readonly Gathered[]) => {
      const { actor } = requests[0]!
      const at = now()
      return untilOutOfTheWay(() =>
        transaction(db, actor, 'read write', async (tx) => {
          const asked = requests.map(({ requestId, given }) => ({
            context: contextIn(tx, actor, at, requestId),
            given,
          }))
          return (await handleTogether(asked as never)).map((result) => encoded(endpoint, result))
        }),
      )
    }, isUndone)

  async function answer(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const spoken = languageOf(request.headers['accept-language'])
    const known = endpoint.unnamed ? null : await authenticate(request, spoken)
    const actor = known === null ? { ...nobody, language: spoken } : { ...known, language: languageFor(request, known) }
    remembered.set(request, actor)
    // Whoever is known counts as themselves, all others by where they come from.
    options.limit?.(actor.personId ?? request.ip, Date.now())
    admit(endpoint, known)
    const at = now()
    // What an auditor looked at is written down, whether or not it was there (DOMAIN §5.3).
    if (actor.access === 'auditor' && !writes && endpoint.audience !== 'everybody') {
      const facts = { path: request.url.slice(0, LONGEST_PATH) }
      await transaction(db, actor, 'read write', (tx) =>
        audit(contextIn(tx, actor, at, request.id), { action: 'audit.read', facts }),
      )
    }
    const given = {
      ...inputOf(endpoint, request, actor.language),
      matches: matchOf(endpoint, request),
      raw: request,
      answer: reply,
      stream: request.body,
    }
    const copy = endpoint.lagging && !writes ? (options.reports?.() ?? null) : null
    const inTransaction = async <Result>(
      mode: 'read only' | 'read write',
      work: (context: Context) => Promise<Result>,
    ): Promise<Result> => {
      const within = (of: Db) => transaction(of, actor, mode, (tx) => work(contextIn(tx, actor, at, request.id)))
      if (copy === null || mode === 'read write') return within(db)
      try {
        reply.header('plumbline-read-from', 'copy')
        return await within(copy)
      } catch (error) {
        // A copy that is gone, or wants to replay what is being read, is no reason to keep a report from anybody.
        if (!isAway(error) && !isInTheWay(error)) throw error
        reply.removeHeader('plumbline-read-from')
        return within(db)
      }
    }

    if (endpoint.ownTransaction) {
      const outside = contextIn(db, actor, at, request.id)
      const program = { ...system, personId: actor.personId, language: actor.language }
      const asProgram = <Result>(work: (context: Context) => Promise<Result>) =>
        transaction(db, program, 'read write', async (tx) => {
          const context = contextIn(tx, program, at, request.id)
          const key = request.headers['idempotency-key']
          const isKept = endpoint.method === 'POST' && !endpoint.unnamed
          if (!isKept || typeof key !== 'string' || key === '') return work(context)
          const { reply: said } = await once(context, key, printOf(request), async () => ({
            status: 200,
            reply: await work(context),
          }))
          return said as Result
        })
      return send(endpoint, reply, await handle(outside, { ...given, inTransaction, asProgram } as never))
    }
    const key = request.headers['idempotency-key']
    if (gathered !== undefined && key === undefined && known !== null) {
      const asked = { actor, requestId: request.id, given }
      return sendEncoded(endpoint, reply, await gathered.ask(nameOf(actor), asked))
    }
    const result = () =>
      inTransaction(writes ? 'read write' : 'read only', async (context) => {
        if (endpoint.method !== 'POST' || typeof key !== 'string' || key === '') {
          return encoded(endpoint, await handle(context, given as never))
        }
        const work = async (): Promise<StoredReply> => {
          const { status, body } = encoded(endpoint, await handle(context, given as never))
          return { status, reply: body }
        }
        const { status, reply: body } = await once(context, key, printOf(request), work)
        return { status, body }
      })
    // A stream is read once.
    return sendEncoded(endpoint, reply, await (request.body instanceof Readable ? result() : untilOutOfTheWay(result)))
  }

  server.route({ method: endpoint.method, url: `${API}${endpoint.path}`, handler: answer })
}

/** Of an address, in the audit. */
const LONGEST_PATH = 500

interface Gathered {
  readonly actor: Actor
  readonly requestId: string
  readonly given: unknown
}

/** The same for whoever is the same person with the same rights and language, and for nobody else. */
function nameOf({ roles, ...actor }: Actor): string {
  return JSON.stringify([actor, [...roles]])
}

/** A page says in exactly one language what it shows; else it is the person's own. */
function languageFor(request: FastifyRequest, { language }: Actor): Language {
  const header = request.headers['accept-language']
  return languages.find((each) => each === header) ?? language
}

/** By what a request that is sent again is known. */
function printOf({ method, url, body }: FastifyRequest): string {
  return `${method} ${url}\n${body instanceof Readable ? '' : JSON.stringify(body)}`
}

/** Whoever made a request, once known; for the error handler, which sees only the request. */
const remembered = new WeakMap<FastifyRequest, Actor>()

function sendProblem(request: FastifyRequest, reply: FastifyReply, thrown: unknown, log: Log): FastifyReply {
  const actor = remembered.get(request)
  const language = actor?.language ?? languageOf(request.headers['accept-language'])
  const problem = problemOf(actor?.access === 'auditor' ? asReader(thrown) : thrown, language, request.id)
  if (problem.status >= 500) {
    const { message, stack, code } = thrown as { message?: string; stack?: string; code?: string }
    log.error({ requestId: request.id, code, error: message, stack }, 'request failed')
  }
  const seconds = thrown instanceof Failure ? thrown.details.retryAfterSeconds : undefined
  if (seconds !== undefined) reply.header('retry-after', String(seconds))
  if (problem.status === 401) reply.header('www-authenticate', challengeOf(request))
  return reply
    .code(problem.status)
    .type('application/problem+json')
    .send({ ...problem, requestId: request.id })
}

/** The database itself lets auditors write nothing but what is about themselves (DOMAIN §5.3). */
function asReader(thrown: unknown): unknown {
  return (thrown as { code?: unknown }).code === '42501' ? new Failure('forbidden', 'may.read-only') : thrown
}

function admit(endpoint: Endpoint, actor: Actor | null): void {
  if (endpoint.audience === 'everybody') return
  if (actor === null) throw new Failure('unauthenticated', 'sign-in.needed')
  if (actor.readOnly && endpoint.method !== 'GET') throw new Failure('forbidden', 'may.read-only-token')
  if (endpoint.audience === 'provider' && actor.access === 'customer') {
    // As if it did not exist: what the provider does inside is none of a customer's business.
    throw new Failure('not-found', 'request.no-such-page', { path: `${API}${endpoint.path}` })
  }
}

function inputOf(endpoint: Endpoint, request: FastifyRequest, language: Language) {
  return {
    params: endpoint.params && parseInput(endpoint.params, request.params, language),
    query: endpoint.query && parseInput(endpoint.query, request.query, language),
    body: endpoint.body && parseInput(endpoint.body, request.body ?? {}, language),
  }
}

function matchOf(endpoint: Endpoint, request: FastifyRequest): number {
  if (!endpoint.match) return 0
  const given = request.headers['if-match']
  if (given === undefined) throw new Failure('unmatched', 'request.unmatched')
  const version = /^(?:W\/)?"(\d{1,9})"$/.exec(given.trim())?.[1]
  if (version === undefined) throw new Failure('moved-on', 'request.moved-on')
  return Number(version)
}
