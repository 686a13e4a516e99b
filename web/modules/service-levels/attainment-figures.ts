import {
  type Agreement,
  type AgreementVersion,
  type AttainmentGroup,
  type Metric,
  priorities,
  type Priority,
} from '#api/service-levels'
import { allowedFailures, type Tally, type Verdict, verdictOn } from '#core/attainment.ts'
import type { Period } from './attainment-period.ts'

/** A promise for a priority and how it was kept. */
export interface Figure {
  readonly priority: Priority
  readonly metric: Metric
  /** What was promised; several where agreements beside or after each other differ. */
  readonly targetSeconds: readonly number[]
  /** The share to be met in basis points; null where agreements differ, so that no single verdict is possible. */
  readonly targetBp: number | null
  readonly tally: Tally
  readonly verdict: Verdict | null
  /** How many may fail of what was measured; null without a single target. */
  readonly allowed: number | null
}

/** How it ends, the gravest first: that is also the order in which figures are shown. */
export const outcomes = ['missed', 'allowance', 'met', 'unjudged', 'not-measured'] as const
export type Outcome = (typeof outcomes)[number]

/** What was promised to a customer at some time of a period: the versions that held. Drafts promise nothing. */
export function promisedIn(
  agreements: readonly Agreement[],
  { from, to }: Pick<Period, 'from' | 'to'>,
): readonly AgreementVersion[] {
  const [begins, ends] = [new Date(`${from}T00:00:00Z`), new Date(`${to}T00:00:00Z`)]
  return agreements
    .filter(({ type }) => type === 'sla')
    .flatMap(({ versions }) => versions)
    .filter(
      ({ state }) => state === 'active' || state === 'superseded' || state === 'expired' || state === 'terminated',
    )
    .filter(({ validFrom, validTo }) => validFrom < ends && (validTo === null || validTo > begins))
}

/** Each promise of a period with what was measured of it, the gravest first. What was promised and not measured is one too. */
export function figuresOf(
  versions: readonly AgreementVersion[],
  groups: readonly AttainmentGroup[],
): readonly Figure[] {
  const targets = versions.flatMap((version) => version.targets)
  const figures = priorities.flatMap((priority) =>
    (['resolution', 'response'] as const).flatMap((metric) => {
      const own = targets.filter((target) => target.priority === priority && target.metric === metric)
      const tally = groups.find(({ key }) => key === priority)?.byMetric[metric] ?? { met: 0, failed: 0, excluded: 0 }
      return own.length === 0 ? [] : [figureOf({ priority, metric, targets: own, tally })]
    }),
  )
  return figures.toSorted((one, other) => outcomes.indexOf(outcomeOf(one)) - outcomes.indexOf(outcomeOf(other)))
}

interface Promised {
  readonly priority: Priority
  readonly metric: Metric
  readonly targets: readonly { readonly targetSeconds: number; readonly attainmentBp: number }[]
  readonly tally: Tally
}

function figureOf({ priority, metric, targets, tally }: Promised): Figure {
  const shares = [...new Set(targets.map(({ attainmentBp }) => attainmentBp))]
  const targetBp = shares.length === 1 ? shares[0]! : null
  return {
    priority,
    metric,
    targetSeconds: [...new Set(targets.map(({ targetSeconds }) => targetSeconds))].toSorted(
      (one, other) => one - other,
    ),
    targetBp,
    tally,
    verdict: targetBp === null ? null : verdictOn(tally, { targetBp, smallSample: 'allowance', roundTo: null }),
    allowed: targetBp === null ? null : allowedFailures(tally.met + tally.failed, targetBp),
  }
}

export function outcomeOf({ verdict, tally }: Figure): Outcome {
  if (tally.met + tally.failed === 0) return 'not-measured'
  if (verdict === null) return 'unjudged'
  if (verdict.outcome === 'missed') return 'missed'
  return verdict.allowance !== null && tally.failed > 0 ? 'allowance' : 'met'
}

/** What a page of figures says in one sentence. */
export interface Conclusion {
  readonly kind: 'nothing' | 'all' | 'some' | 'none' | 'unjudged'
  readonly kept: number
  readonly judged: number
  /** Those that were missed, the gravest first. */
  readonly missed: readonly Figure[]
}

/** What is the case: of the promises that could be judged, how many were kept and which were missed. */
export function conclusionOf(figures: readonly Figure[]): Conclusion {
  const of = (...wanted: readonly Outcome[]) => figures.filter((figure) => wanted.includes(outcomeOf(figure)))
  const missed = of('missed')
  const kept = of('met', 'allowance').length
  const judged = kept + missed.length
  if (judged === 0) return { kind: of('unjudged').length > 0 ? 'unjudged' : 'nothing', kept, judged, missed }
  return { kind: missed.length === 0 ? 'all' : kept === 0 ? 'none' : 'some', kept, judged, missed }
}

/** How many have to be met of so many to reach a target. */
export function neededOf(measured: number, targetBp: number): number {
  return Math.ceil((measured * targetBp) / 10_000)
}
