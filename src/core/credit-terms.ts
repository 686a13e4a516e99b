/*
 * What a contract says of service credits, as data (DOMAIN §3.4). One engine (credit.ts) reads all five kinds of regime.
 * Shares are parts per million (99.9 % is 999,000), percentages of money basis points (12 % is 1,200).
 */
import type { SmallSampleRule } from '#core/attainment.ts'

export const WHOLE_PPM = 1_000_000

export const regimeKinds = ['points', 'at-risk', 'gap', 'points-table', 'bands'] as const
export type RegimeKind = (typeof regimeKinds)[number]

/** From `fromPpm` on and below `belowPpm`: half-open, so that 97.95 % falls into exactly one. */
export interface CreditBand {
  readonly fromPpm: number
  /** Null: there is nothing above. */
  readonly belowPpm: number | null
  /** What it is called: minor, serious, severe … */
  readonly severity: string
  /** Points; of bands of availability: basis points of the fee. */
  readonly weight: number
}

/** One service level that money hangs on, or that is reported only. */
export interface CreditLevel {
  readonly key: string
  readonly name: string
  /** A critical service level carries money; a key measurement is reported only. */
  readonly critical: boolean
  /** Expected. */
  readonly targetPpm: number
  /** Below it once is a default at once; null: every miss is one. Of pools at risk. */
  readonly minimumPpm: number | null
  /** So many misses of the expected in twelve months are a default, too. */
  readonly defaultAfter: number
  readonly smallSample: SmallSampleRule
  /** Decimals of the percentage to which the contract rounds before it compares; null: not at all. */
  readonly roundTo: number | null
  readonly bands: readonly CreditBand[]
  /** Its share of its pool, and the pool’s of the amount at risk. */
  readonly allocationBp: number
  readonly poolBp: number
  /** To be reached in the months after, to earn a credit back. */
  readonly earnBackPpm: number | null
  /** Below it once may end the contract. */
  readonly floorPpm: number | null
}

/** Of the twelve months up to the one that is counted, or of the contract’s year. */
export type CapWindow = 'rolling-12' | 'contract-year'

export type EarnBack = {
  /** Days after it is decided within which it has to be claimed; null: nothing has to be claimed. */
  readonly claimWithinDays?: number | null | undefined
} &
  /** At the end of the contract’s year the average is the expected at least. The contract says which average. */
  (
    | { readonly kind: 'average'; readonly average: 'mean' | 'pooled' }
    /** The higher target is reached in each of so many months after. */
    | { readonly kind: 'higher-target'; readonly months: number }
  )

export type TerminationTrigger =
  /** The same level is missed so many times running. */
  | { readonly kind: 'consecutive'; readonly count: number }
  /** The same level is missed so many times in so many months; `claimed`: only misses that were claimed in time count. */
  | { readonly kind: 'within'; readonly count: number; readonly months: number; readonly claimed?: boolean | undefined }
  | { readonly kind: 'points'; readonly points: number; readonly months: number }
  /** Credits reach a share of the yearly cap. */
  | { readonly kind: 'cap-share'; readonly shareBp: number }
  /** One critical level is below its floor. */
  | { readonly kind: 'floor' }

export interface CreditRegime {
  readonly kind: RegimeKind
  readonly levels: readonly CreditLevel[]
  /** Points: what one costs. Gap: what a percentage point below the target costs. Basis points of the charges. */
  readonly perPointBp: number
  /** Of pools at risk: the share of the charges. */
  readonly atRiskBp: number
  /** Of the points table: from so many points on, so many basis points. */
  readonly table: readonly { readonly points: number; readonly creditBp: number }[]
  /** Hundredths by which the first, second, third … miss running counts; the last one holds on. [100, 200]: doubled. */
  readonly repeat: readonly number[]
  /** One cause of several misses costs the dearest of them alone. */
  readonly singleEvent: boolean
  readonly periodCapBp: number | null
  readonly yearCap: { readonly capBp: number; readonly window: CapWindow } | null
  readonly earnBack: EarnBack | null
  readonly triggers: readonly TerminationTrigger[]
  /** Days after the month within which the customer has to claim; null: nothing has to be claimed. */
  readonly claimWithinDays: number | null
}

/** What is wrong with a regime, and where. Each has a sentence in the catalogue. */
export interface RegimeFault {
  readonly path: string
  /** Of bands: between which shares, in millionths. */
  readonly between?: readonly [fromPpm: number, toPpm: number]
  readonly fault:
    | 'no-levels'
    | 'same-key'
    | 'band-hole'
    | 'band-overlap'
    | 'band-open'
    | 'band-above-target'
    | 'bands-unneeded'
    | 'cap-below-zero'
    | 'repeat-falls'
    | 'table-falls'
    | 'minimum-above'
    | 'floor-above'
    | 'unallocated'
}

const usesBands = (kind: RegimeKind) => kind === 'points' || kind === 'points-table' || kind === 'bands'

/** All that is wrong with it; empty when it can be counted with. */
export function faultsOf(regime: CreditRegime): readonly RegimeFault[] {
  const faults: RegimeFault[] = []
  const add = (path: string, fault: RegimeFault['fault']) => faults.push({ path, fault })
  const { levels, periodCapBp, yearCap, repeat, table } = regime
  if (levels.length === 0) add('levels', 'no-levels')
  if (new Set(levels.map(({ key }) => key)).size < levels.length) add('levels', 'same-key')
  for (const [index, level] of levels.entries()) {
    const path = `levels.${index}`
    if (level.minimumPpm !== null && level.minimumPpm > level.targetPpm) add(`${path}.minimumPpm`, 'minimum-above')
    if (level.floorPpm !== null && level.floorPpm > level.targetPpm) add(`${path}.floorPpm`, 'floor-above')
    if (usesBands(regime.kind)) faults.push(...bandFaults(level).map((each) => ({ path: `${path}.bands`, ...each })))
    else if (level.bands.length > 0) add(`${path}.bands`, 'bands-unneeded')
    if (regime.kind === 'at-risk' && level.critical && level.allocationBp <= 0)
      add(`${path}.allocationBp`, 'unallocated')
  }
  if (periodCapBp !== null && periodCapBp < 0) add('periodCapBp', 'cap-below-zero')
  if (yearCap !== null && yearCap.capBp < 0) add('yearCap.capBp', 'cap-below-zero')
  if (repeat.some((factor, index) => factor < (repeat[index - 1] ?? 100))) add('repeat', 'repeat-falls')
  if (
    table.some(
      (row, index) =>
        index > 0 && (row.points <= table[index - 1]!.points || row.creditBp < table[index - 1]!.creditBp),
    )
  )
    add('table', 'table-falls')
  return faults
}

/** Bands reach from nothing to the target and touch each other; none reaches above it. Of each fault the first is told. */
function bandFaults({ bands, targetPpm }: CreditLevel): readonly Omit<RegimeFault, 'path'>[] {
  const sorted = bands.toSorted((one, other) => one.fromPpm - other.fromPpm)
  const faults = new Map<RegimeFault['fault'], Omit<RegimeFault, 'path'>>()
  const add = (fault: RegimeFault['fault'], fromPpm: number, toPpm: number) =>
    faults.has(fault) || faults.set(fault, { fault, between: [fromPpm, toPpm] })
  let reached = 0
  for (const { fromPpm, belowPpm } of sorted) {
    if (fromPpm > reached) add('band-hole', reached, fromPpm)
    if (fromPpm < reached) add('band-overlap', fromPpm, Math.min(reached, belowPpm ?? reached))
    if (belowPpm === null) add('band-open', fromPpm, targetPpm)
    else if (belowPpm <= fromPpm) add('band-overlap', belowPpm, fromPpm)
    reached = Math.max(reached, belowPpm ?? targetPpm)
  }
  if (reached < targetPpm) add('band-hole', reached, targetPpm)
  if (reached > targetPpm) add('band-above-target', targetPpm, reached)
  return [...faults.values()]
}

/** A regime in which nothing is said but its kind and levels: no cap, no repetition, nothing earned back. */
export function plainRegime(kind: RegimeKind, levels: readonly CreditLevel[]): CreditRegime {
  return {
    kind,
    levels,
    perPointBp: 0,
    atRiskBp: 0,
    table: [],
    repeat: [100],
    singleEvent: false,
    periodCapBp: null,
    yearCap: null,
    earnBack: null,
    triggers: [],
    claimWithinDays: null,
  }
}

/** A level of which nothing is said but its name and what is expected. */
export function plainLevel(key: string, targetPpm: number): CreditLevel {
  return {
    key,
    name: key,
    critical: true,
    targetPpm,
    minimumPpm: null,
    defaultAfter: 1,
    smallSample: 'as-is',
    roundTo: null,
    bands: [],
    allocationBp: 0,
    poolBp: 10_000,
    earnBackPpm: null,
    floorPpm: null,
  }
}
