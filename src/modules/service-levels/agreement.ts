import type { SmallSampleRule } from '#core/attainment.ts'
import type { DayReading } from '#core/promised-due.ts'
import { type ChildrenRule, type PauseReason, pauseReasons, type PriorityChangeMode } from '#core/clock-terms.ts'

export const priorities = ['p1', 'p2', 'p3', 'p4', 'p5'] as const
export type Priority = (typeof priorities)[number]

export const levels = ['high', 'medium', 'low'] as const
export type Level = (typeof levels)[number]

/** What is promised for every incident, and shown wherever figures are. */
export const metrics = ['response', 'resolution'] as const
export type Metric = (typeof metrics)[number]

/** All that can be promised for a clock; other metrics of the domain come with their records. */
export const clockMetrics = [...metrics, 'restore', 'next-update'] as const
export type PromisedMetric = (typeof clockMetrics)[number]
/** What the results of a month are added up by (`attainment_month`): also each gap between two updates, and what a source said. */
export const addedUpMetrics = [...clockMetrics, 'next-update-gaps', 'reported'] as const

/** What results are told of: the clocks of incidents, and what was promised for orders. */
export const toldMetrics = [...clockMetrics, 'fulfilment'] as const
export type ToldMetric = (typeof toldMetrics)[number]

/** Whose hours a clock runs in (DOMAIN §3.1.3). Where the source has none of its own, those of the agreement. */
export const calendarSources = ['agreement', 'service', 'site', 'team'] as const
export type CalendarSource = (typeof calendarSources)[number]

/** Priority by impact, then urgency. */
export type PriorityMatrix = Readonly<Record<Level, Readonly<Record<Level, Priority>>>>

/** DOMAIN §3.6, as in ServiceNow's documentation. Holds where an agreement has no matrix of its own. */
export const defaultMatrix: PriorityMatrix = {
  high: { high: 'p1', medium: 'p2', low: 'p3' },
  medium: { high: 'p2', medium: 'p3', low: 'p4' },
  low: { high: 'p3', medium: 'p4', low: 'p5' },
}

/** What an agreement version says beside its targets and hours; JSON as stored. */
export interface Terms {
  readonly priorityMatrix: PriorityMatrix
  /** Waiting for these stops the resolution clock. Our own suppliers and teams are never among them for a customer. */
  readonly pausedBy: readonly PauseReason[]
  /** Whoever stops the clock says what shows that it waits for the customer (DOMAIN §3.1.5). */
  readonly pauseEvidence: boolean
  /** What reopening does to the resolution clock (DOMAIN §3.1.9). */
  readonly reopen: 'continue' | 'new-clock' | 'gross'
  /** Days, wall clock, in which a resolved incident can be reopened. */
  readonly reopenWithinDays: number
  /** What ends exactly at closing time is due then, or shown at the next opening. */
  readonly boundary: 'closing' | 'next-opening'
  /** What a changed priority does, by why it changed (DOMAIN §3.1.6). */
  readonly onPriorityChange: Readonly<Record<'correction' | 'worsened' | 'eased', PriorityChangeMode>>
  /** Shares of the target at which a clock is told to be at risk, in percent. */
  readonly atRisk: readonly number[]
  readonly calendarSource: CalendarSource
  /**
   * Other hours while a clock runs (DOMAIN §3.1.7): each stretch of time is counted in the hours of its day, or all of it
   * in the weekly hours that held when the incident was opened. Holidays are those of the day in any case.
   */
  readonly onCalendarChange: 'segment' | 'at-start'
  /** Incidents that are part of another, such as a major one: each counts, or all of them once with it. */
  readonly children: ChildrenRule
  /** What belongs to a period (DOMAIN §3.3): what was resolved, opened or missed in it. */
  readonly basis: MeasurementBasis
  /** Shares of all resolutions together, in basis points, beside those of each target; null where none was agreed. */
  readonly levels: Levels | null
  /** How little to measure is judged: as it is, with allowed failures (ATT-02), or with the periods before (ATT-04). */
  readonly smallSample: SmallSampleRule
  /** Decimals of the percentage that is compared, half up (ATT-06); null compares the exact share. */
  readonly roundTo: number | null
  /** What is promised for what is ordered; where nothing is, an order has the time that its item is planned with. */
  readonly fulfilment: readonly FulfilmentPromise[]
}

/** Within which time what is ordered is delivered: one item of the catalogue, those of a service, or with neither all. */
export interface FulfilmentPromise {
  /** Id. */
  readonly item?: string | undefined
  /** Id. */
  readonly service?: string | undefined
  /** Service time; of working days that of usual ones. */
  readonly targetSeconds: number
  readonly days?: { readonly count: number; readonly reading: DayReading } | undefined
  /** The share to be met. */
  readonly attainmentBp: number
}

export const childrenRules = ['each', 'once'] as const satisfies readonly ChildrenRule[]

export const measurementBases = ['resolved', 'opened', 'breached'] as const
export type MeasurementBasis = (typeof measurementBases)[number]

export const smallSampleRules = ['as-is', 'allowance', 'roll-over'] as const satisfies readonly SmallSampleRule[]

/** Shares in basis points: hoped for, to be met, and not to be missed. */
export interface Levels {
  readonly targetBp: number
  readonly expectedBp?: number | undefined
  readonly minimumBp?: number | undefined
}

export const defaultTerms: Terms = {
  priorityMatrix: defaultMatrix,
  pausedBy: ['awaiting-requester', 'awaiting-customer', 'appointment', 'customer-delay'],
  pauseEvidence: false,
  reopen: 'continue',
  reopenWithinDays: 7,
  boundary: 'closing',
  onPriorityChange: { correction: 'retroactive', worsened: 'restart', eased: 'restart' },
  atRisk: [50, 75, 90],
  calendarSource: 'agreement',
  onCalendarChange: 'segment',
  children: 'each',
  basis: 'resolved',
  levels: null,
  smallSample: 'as-is',
  roundTo: null,
  fulfilment: [],
}

export { pauseReasons }

export function priorityOf(matrix: PriorityMatrix, impact: Level, urgency: Level): Priority {
  return matrix[impact][urgency]
}
