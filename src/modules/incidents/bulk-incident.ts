import type { Priority } from '#modules/service-levels'
import type { Level } from '#api/service-levels'
import type { IncidentState } from './incident.ts'

/** A fact of a whole history that is brought in at once. */
export interface BulkFact {
  readonly kind: `incident.${string}`
  /** Epoch milliseconds. */
  readonly at: number
  readonly facts: Readonly<Record<string, unknown>>
  readonly visibility: 'public' | 'internal'
  /** Order among facts of the same moment; its place in the history unless given. */
  readonly sequence?: number
  /** Of another system, so that it is taken once. */
  readonly sourceKey?: string
  readonly actorId?: string | null
  /** Already in the history: counts for the clocks, and is not written again. */
  readonly known?: boolean
  /** Of one that is known: corrections speak of it. */
  readonly id?: string
}

/** An incident with its whole history, in order. */
export interface BulkIncident {
  /** Given when it is there already, and is brought up to date. */
  readonly id?: string
  /** Of one that is there: what it was when it was read. The writing fails when somebody changed it since. */
  readonly version?: number
  readonly customerId: string
  /** Of one that is there already; a new one is given the customer's next. */
  readonly number?: string
  readonly title: string
  readonly description: string
  readonly state: IncidentState
  readonly pauseReason: string | null
  readonly impact: Level
  readonly urgency: Level
  readonly priority: Priority
  readonly category: string | null
  readonly channel: string | null
  readonly siteId: string | null
  readonly serviceId: string | null
  readonly teamId: string | null
  readonly assigneeId: string | null
  readonly requesterId: string | null
  readonly openedAt: number
  readonly respondedAt: number | null
  /** When the service was usable again; most sources know no such moment. */
  readonly restoredAt?: number | null
  readonly resolvedAt: number | null
  readonly closedAt: number | null
  readonly updatedAt: number
  readonly resolution: string | null
  /** By the list of codes here, or in the word of the source. */
  readonly resolutionCode?: string | null
  readonly reopenCount: number
  readonly hopCount: number
  readonly source: string | null
  readonly sourceKey: string | null
  readonly reportedMet: boolean | null
  readonly history: readonly BulkFact[]
}
