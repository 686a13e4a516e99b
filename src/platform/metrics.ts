import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client'

/** What Prometheus reads at `/metrics`. */
export interface Metrics {
  readonly answered: (method: string, path: string, status: number, seconds: number) => void
  readonly text: () => Promise<string>
}

export function metrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const labelNames = ['method', 'path', 'status'] as const
  const requests = new Counter({
    name: 'plumbline_requests_total',
    help: 'Requests answered',
    labelNames,
    registers: [registry],
  })
  const duration = new Histogram({
    name: 'plumbline_request_seconds',
    help: 'Seconds from request to answer',
    labelNames: ['method', 'path'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  })
  return {
    answered: (method, path, status, seconds) => {
      requests.inc({ method, path, status: String(status) })
      duration.observe({ method, path }, seconds)
    },
    text: () => registry.metrics(),
  }
}
