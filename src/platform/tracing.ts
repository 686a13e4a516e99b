import type * as Api from '@opentelemetry/api'
import type { Context as Trace, Span, Tracer } from '@opentelemetry/api'
import type { FastifyInstance, FastifyRequest } from 'fastify'

/**
 * Traces of requests, transactions and jobs for whoever looks with OpenTelemetry. Off, and nothing of it loaded, unless the
 * environment says where they go (`OTEL_EXPORTER_OTLP_ENDPOINT`). A span holds names as declared, numbers and durations: no
 * address as it came, no statement and no value, for these may tell of people.
 */
export interface Tracing {
  /** A span for each request, below the one that the caller's `traceparent` names. */
  readonly requests: (server: FastifyInstance) => void
  /** Sends what is not sent yet. */
  readonly stop: () => Promise<void>
}

/** Runs a piece of work within a span of that name. */
type Within = <Result>(name: string, work: () => Promise<Result>) => Promise<Result>

let within: Within | undefined

/** Does `work`, and where traces are on tells how long it took and whether it failed. */
export function traced<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
  return within === undefined ? work() : within(name, work)
}

/** Begins to trace if the environment says where to; null when it does not. */
export async function startTracing(env: Readonly<Record<string, string | undefined>>): Promise<Tracing | null> {
  if (!env['OTEL_EXPORTER_OTLP_ENDPOINT'] && !env['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT']) return null
  const [api, { BatchSpanProcessor, TracerProvider }, { OTLPTraceExporter }, { AsyncLocalStorageContextManager }, r] =
    await Promise.all([
      import('@opentelemetry/api'),
      import('@opentelemetry/sdk-trace'),
      import('@opentelemetry/exporter-trace-otlp-proto'),
      import('@opentelemetry/context-async-hooks'),
      import('@opentelemetry/resources'),
    ])
  const provider = new TracerProvider({
    resource: r.resourceFromAttributes({ 'service.name': env['OTEL_SERVICE_NAME'] ?? 'plumbline' }),
    spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter() })],
  })
  api.context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
  const tracer = provider.getTracer('plumbline')
  within = (name, work) =>
    tracer.startActiveSpan(name, async (span) => {
      try {
        return await work()
      } catch (error) {
        failed(span, error)
        throw error
      } finally {
        span.end()
      }
    })

  function failed(span: Span, error: unknown): void {
    // The kind alone: a message may repeat what somebody wrote.
    const { code, name } = error as { readonly code?: unknown; readonly name?: unknown }
    span.setStatus({ code: api.SpanStatusCode.ERROR, message: String(code ?? name) })
  }

  return {
    requests: (server) => traceRequests(server, api, tracer),
    stop: async () => {
      within = undefined
      api.context.disable()
      await provider.shutdown()
    },
  }
}

function traceRequests(server: FastifyInstance, api: typeof Api, tracer: Tracer): void {
  const spans = new WeakMap<FastifyRequest, Span>()
  server.addHook('onRequest', (request, _, done) => {
    const parent = callerOf(request, api)
    const span = tracer.startSpan(
      `${request.method} ${request.routeOptions.url ?? 'none'}`,
      { kind: api.SpanKind.SERVER, attributes: { 'http.request.method': request.method } },
      parent,
    )
    span.setAttribute('http.route', request.routeOptions.url ?? 'none')
    span.setAttribute('plumbline.request', request.id)
    spans.set(request, span)
    api.context.with(api.trace.setSpan(parent, span), done)
  })
  server.addHook('onResponse', (request, reply, done) => {
    const span = spans.get(request)
    span?.setAttribute('http.response.status_code', reply.statusCode)
    if (reply.statusCode >= 500) span?.setStatus({ code: api.SpanStatusCode.ERROR })
    span?.end()
    done()
  })
}

/** The trace that the caller is in, as W3C's `traceparent` says it. */
function callerOf({ headers }: FastifyRequest, api: typeof Api): Trace {
  const [, traceId, spanId, flags] =
    /^00-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})$/.exec(String(headers['traceparent'] ?? '')) ?? []
  if (traceId === undefined || spanId === undefined) return api.ROOT_CONTEXT
  const parent = { traceId, spanId, traceFlags: Number.parseInt(flags!, 16), isRemote: true }
  return api.trace.setSpanContext(api.ROOT_CONTEXT, parent)
}
