import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'

/** What Prometheus reads at `/metrics`. */
export interface Metrics {
  readonly answered: (method: string, path: string, status: number, seconds: number) => void
  /** A job came to its end, well or not. */
  readonly worked: (job: string, outcome: 'done' | 'failed', seconds: number) => void
  readonly text: () => Promise<string>
}

/** Jobs of one kind that could be done now. */
export interface WaitingJobs {
  readonly job: string
  readonly count: number
  /** Of the one that has waited for longest. */
  readonly seconds: number
}

/** @param waiting Asked each time that somebody reads; what fails is left out. */
export function metrics(waiting: () => Promise<readonly WaitingJobs[]> = async () => []): Metrics {
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
  const jobs = new Counter({
    name: 'plumbline_jobs_total',
    help: 'Background jobs that came to their end',
    labelNames: ['job', 'outcome'],
    registers: [registry],
  })
  const jobDuration = new Histogram({
    name: 'plumbline_job_seconds',
    help: 'Seconds that a background job took',
    labelNames: ['job'],
    buckets: [0.01, 0.1, 0.5, 1, 5, 30, 120, 600],
    registers: [registry],
  })
  const oldest = new Gauge({
    name: 'plumbline_job_oldest_seconds',
    help: 'Seconds that the oldest job of a kind has waited',
    labelNames: ['job'],
    registers: [registry],
  })
  const waitingNow = new Gauge({
    name: 'plumbline_jobs_waiting',
    help: 'Background jobs that could be done now',
    labelNames: ['job'],
    registers: [registry],
  })
  return {
    worked: (job, outcome, seconds) => {
      jobs.inc({ job, outcome })
      jobDuration.observe({ job }, seconds)
    },
    answered: (method, path, status, seconds) => {
      requests.inc({ method, path, status: String(status) })
      duration.observe({ method, path }, seconds)
    },
    text: async () => {
      waitingNow.reset()
      oldest.reset()
      for (const { job, count, seconds } of await waiting().catch(() => [])) {
        waitingNow.set({ job }, count)
        oldest.set({ job }, seconds)
      }
      return registry.metrics()
    },
  }
}
