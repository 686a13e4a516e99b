import {
  type Availability,
  availabilityOf,
  availabilityRatio,
  coverageRatio,
  designedRedundant,
  designedSerial,
  type Downtime,
  errorBudget,
  type MeanTimes,
  meanTimes,
  redundantDowntime,
  serialDowntime,
  type Stretch,
} from '#core/availability.ts'
import type { Ratio } from '#core/attainment.ts'
import { type OpenTime, openMsBetween } from '#core/calendar.ts'
import type { Severity } from './downtime.ts'

export interface PromiseTerms {
  /** Parts per million of the agreed time. */
  readonly targetPpm: number
  readonly noticeMinutes: number
  /** In basis points. */
  readonly weights: Readonly<Record<'degraded' | 'impaired', number>>
  readonly basis: 'service' | 'users'
  readonly blind: 'up' | 'down'
  readonly parts: readonly { readonly services: readonly string[]; readonly needed: number }[]
}

/** Instants are milliseconds. */
export interface KnownDowntime extends Stretch {
  readonly serviceId: string
  readonly severity: Severity
  /** Share of users who were hit, in basis points; all of them where nobody counted. */
  readonly usersBp: number
  readonly excluded: boolean
}

export interface KnownMaintenance extends Stretch {
  readonly announcedAt: number
}

/** All that is known of a service and its parts around a period. */
export interface Known {
  readonly downtimes: readonly KnownDowntime[]
  readonly maintenance: readonly KnownMaintenance[]
  readonly gaps: readonly Stretch[]
}

export interface Measured extends Availability {
  readonly maintenanceMs: number
  readonly ratio: Ratio | null
  readonly byService: Ratio | null
  readonly byUsers: Ratio | null
  readonly coverage: Ratio | null
  /** Null when nothing was agreed in the period. Reaching the target is keeping it. */
  readonly met: boolean | null
  readonly budgetMs: number
  readonly leftMs: number
  /** The same of the agreed time of the whole period, also what is still to come of it. */
  readonly wholeBudgetMs: number
  readonly wholeLeftMs: number
  readonly meanTimes: MeanTimes | null
  /** Share of time, 0 to 1; null for a service that stands alone. */
  readonly designed: number | null
  readonly lateMaintenance: number
}

const WHOLE = 10_000
const PPM = 1_000_000

/**
 * The availability of a service over `[from, to)` by what was promised of it (DOMAIN §3.2). Maintenance leaves the agreed
 * time only if it was announced with the contract's notice; a downtime that overruns it counts. Of a service made of
 * parts, fewer than needed of a group being up is a downtime of the whole.
 *
 * @param period Until when it is measured, and when it ends; that unless given.
 */
export function measure(
  serviceId: string,
  terms: PromiseTerms,
  open: OpenTime,
  { from, to, ends = to }: Stretch & { readonly ends?: number },
  { downtimes, maintenance, gaps }: Known,
): Measured {
  const noticeMs = terms.noticeMinutes * 60_000
  const agreed = maintenance.filter(({ announcedAt, from: starts }) => announcedAt <= starts - noticeMs)
  const of = { open, maintenance: agreed }
  const span = { from, to }
  const blind = terms.blind === 'down' ? gaps : []
  const own = downtimes.filter((downtime) => downtime.serviceId === serviceId)
  const downs = (weightOf: (downtime: KnownDowntime) => number): Downtime[] => [
    ...own.map((each) => weighed(each, weightOf)),
    ...partsDown(terms, downtimes),
    ...blind,
  ]
  const counted = (weightOf: (downtime: KnownDowntime) => number): Availability =>
    availabilityOf(of, span, downs(weightOf), gaps)
  const severity = ({ severity: lost }: KnownDowntime) => (lost === 'down' ? WHOLE : terms.weights[lost])
  const byService = counted(severity)
  const byUsers = counted((downtime) => (severity(downtime) * downtime.usersBp) / WHOLE)
  const stands = terms.basis === 'users' ? byUsers : byService
  const ratio = availabilityRatio(stands)
  const targetBp = terms.targetPpm / (PPM / WHOLE)
  const { agreedMs: wholeMs } = availabilityOf(of, { from, to: ends }, [])
  const whole = errorBudget({ agreedMs: wholeMs, downMs: stands.downMs }, targetBp)
  return {
    ...stands,
    maintenanceMs: openMsBetween(open, from, to) - stands.agreedMs,
    ratio,
    byService: availabilityRatio(byService),
    byUsers: availabilityRatio(byUsers),
    coverage: coverageRatio(stands),
    met: ratio && BigInt(ratio.numerator) * BigInt(PPM) >= BigInt(ratio.denominator) * BigInt(terms.targetPpm),
    ...errorBudget(stands, targetBp),
    wholeBudgetMs: whole.budgetMs,
    wholeLeftMs: whole.leftMs,
    meanTimes: meanTimes(stands, failuresIn(stands.outages, downs(severity))),
    designed: terms.parts.length === 0 ? null : designedOf(terms, of, span, downtimes),
    lateMaintenance: maintenance.filter((window) => !agreed.includes(window) && window.from < to && window.to > from)
      .length,
  }
}

/** Outages by what failed: one that went on over a night without service is one failure, though it is two outages. */
function failuresIn(outages: readonly Stretch[], downtimes: readonly Downtime[]): number {
  const lasting = serialDowntime([downtimes.filter(({ excluded, weight }) => excluded === undefined && weight !== 0)])
  const goesOn = (outage: Stretch, before: Stretch | undefined) =>
    before !== undefined && lasting.some(({ from, to }) => from <= before.from && outage.from < to)
  return outages.filter((outage, index) => !goesOn(outage, outages[index - 1])).length
}

function weighed(downtime: KnownDowntime, weightOf: (downtime: KnownDowntime) => number): Downtime {
  const { from, to, excluded } = downtime
  return { from, to, weight: weightOf(downtime), ...(excluded && { excluded: 'agreed' }) }
}

/** When fewer parts than needed were up. What is excluded or only degraded takes no part away. */
function partsDown({ parts }: PromiseTerms, downtimes: readonly KnownDowntime[]): Stretch[] {
  return parts.flatMap(({ services, needed }) =>
    redundantDowntime(
      services.map((id) => downtimes.filter((each) => takesAway(each, id))),
      needed,
    ),
  )
}

function takesAway({ serviceId, severity, excluded }: KnownDowntime, id: string): boolean {
  return serviceId === id && severity === 'down' && !excluded
}

function designedOf(
  { parts }: PromiseTerms,
  of: Parameters<typeof availabilityOf>[0],
  span: Stretch,
  downtimes: readonly KnownDowntime[],
): number | null {
  const shares: number[] = []
  for (const { services, needed } of parts) {
    const each = services.map((id) => {
      const down = downtimes.filter((downtime) => takesAway(downtime, id)).map(({ from, to }) => ({ from, to }))
      const share = availabilityRatio(availabilityOf(of, span, down))
      return share === null ? null : share.numerator / share.denominator
    })
    if (each.includes(null)) return null
    const known = each as number[]
    // The formula is for equal parts: those that differ are taken at their mean.
    const mean = known.reduce((sum, share) => sum + share, 0) / known.length
    shares.push(needed === known.length ? designedSerial(known) : designedRedundant(mean, needed, known.length))
  }
  return designedSerial(shares)
}
