import type { ActionRow } from './actions-query.ts'
import type { TimelineEntry } from './api.ts'
import type { Reckoning } from './reckoning.ts'
import type { Rhythm } from './rhythm.ts'
import type { ReportSection } from './report-parts.ts'
import type { ToldUpdate } from './updates-query.ts'

/** Everything that reports are made of, as it was recorded; null is what was not. */
export interface ReportFacts {
  readonly now: Date
  readonly timeZone: string
  readonly number: string
  readonly title: string
  readonly priority: string
  readonly customer: string
  readonly services: readonly string[]
  readonly sites: readonly string[]
  readonly affectedUsers: number | null
  readonly businessImpact: string
  readonly reckoning: Reckoning | null
  readonly commander: string | null
  readonly bridge: string
  readonly criteria: readonly string[]
  readonly criteriaWords: string
  readonly state: string
  readonly occurredAt: Date
  readonly openedAt: Date
  readonly detectedAt: Date | null
  readonly detection: string | null
  readonly respondedAt: Date | null
  readonly declaredAt: Date | null
  readonly commanderAt: Date | null
  readonly mitigatedAt: Date | null
  readonly restoredAt: Date | null
  readonly monitoringUntil: Date | null
  readonly stoodDownAt: Date | null
  readonly nextUpdateDue: Date | null
  /** How often another team got it once work had begun. */
  readonly hops: number
  readonly children: { readonly all: number; readonly open: number }
  readonly clocks: readonly {
    readonly metric: string
    readonly state: string
    readonly targetSeconds: number
    readonly elapsedSeconds: number
  }[]
  readonly updates: readonly ToldUpdate[]
  readonly rhythm: Rhythm
  readonly timeline: readonly TimelineEntry[]
  readonly actions: readonly ActionRow[]
  readonly texts: Readonly<Partial<Record<ReportSection, { readonly text: string; readonly version: number }>>>
  /** Names of everybody who is named anywhere in it, which a customer's edition leaves out. */
  readonly names: readonly string[]
}
