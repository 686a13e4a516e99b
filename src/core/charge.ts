/*
 * What a line of a contract charges for a month (DOMAIN §2.5.3, §3.9). Amounts are in the smallest unit of the contract's
 * currency, quantities whole: devices, tickets; of time minutes.
 */
import { allocated, basisPointsOf, partOf } from '#core/money.ts'

export const chargeKinds = [
  'fixed',
  'unit',
  'tiered',
  'baseline',
  'time',
  'milestone',
  'pass-through',
  'one-off',
  'true-up',
] as const
export type ChargeKind = (typeof chargeKinds)[number]

const counted: ReadonlySet<string> = new Set(['unit', 'tiered', 'baseline'] satisfies ChargeKind[])
const occasional: ReadonlySet<string> = new Set(['time', 'milestone', 'pass-through', 'true-up'] satisfies ChargeKind[])

/** Whether a month stays unknown, and is asked for, until something was counted for it. */
export function isCounted(kind: string): boolean {
  return counted.has(kind)
}

/** Whether nothing is charged for a month of which no quantity is known: it was not counted, or nothing happened. */
export function isByQuantity(kind: string): boolean {
  return counted.has(kind) || occasional.has(kind)
}

/** A step of a price: for the units up to and with `upTo`; null: for all above. */
export interface PriceTier {
  readonly upTo: number | null
  readonly unitMinor: number
}

export type ChargeTerms =
  | { readonly kind: 'fixed'; readonly amountMinor: number }
  | { readonly kind: 'unit'; readonly unitMinor: number }
  /** Graduated: each unit at the price of its tier. Slab: all units at the price of the tier that the last one is in. */
  | { readonly kind: 'tiered'; readonly mode: 'graduated' | 'slab'; readonly tiers: readonly PriceTier[] }
  /** Additional and reduced resource charge around a baseline, with a band in which nothing changes. */
  | {
      readonly kind: 'baseline'
      readonly baseline: number
      readonly deadBandBp: number
      readonly additionalMinor: number
      readonly reducedMinor: number
      /** Outside the band: units beyond its edge. From baseline: all units from the baseline on, once outside. */
      readonly method: 'outside-band' | 'from-baseline'
      /** From so far from the baseline on prices are to be renegotiated, and no unit beyond is charged. */
      readonly renegotiateBp: number | null
    }
  /** Minutes at a price for the hour. */
  | { readonly kind: 'time'; readonly hourMinor: number }
  | { readonly kind: 'milestone'; readonly amountMinor: number }
  /** What was paid to others, in the smallest unit, with a mark-up. */
  | { readonly kind: 'pass-through'; readonly markUpBp: number }
  | { readonly kind: 'one-off'; readonly amountMinor: number }
  /** The difference to what was charged before: the quantity is the amount owed. */
  | { readonly kind: 'true-up' }

export interface Charged {
  readonly amountMinor: number
  /** The volume is so far from the baseline that prices are to be talked about. */
  readonly renegotiate: boolean
  /** What was reckoned, part by part: so many at such a price. Their amounts add up to the whole. */
  readonly parts: readonly ChargePart[]
}

export interface ChargePart {
  readonly says:
    | 'fixed'
    | 'units'
    | 'within-band'
    | 'additional'
    | 'reduced'
    | 'time'
    | 'milestone'
    | 'paid'
    | 'mark-up'
    | 'difference'
  readonly quantity: number
  readonly unitMinor: number
  readonly amountMinor: number
}

const plain = (parts: readonly ChargePart[]): Charged => ({
  amountMinor: parts.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
  renegotiate: false,
  parts,
})

/**
 * @param quantity What was read: units, minutes, what was paid in the smallest unit, 1 for a milestone that was reached. Of
 *   what is fixed it does not matter.
 */
export function charged(terms: ChargeTerms, quantity: number): Charged {
  return readings[terms.kind](terms as never, quantity)
}

type Reading<K extends ChargeKind> = (terms: Extract<ChargeTerms, { kind: K }>, quantity: number) => Charged

const readings: { readonly [K in ChargeKind]: Reading<K> } = {
  fixed: once,
  'one-off': once,
  unit: ({ unitMinor }, quantity) => plain([{ says: 'units', quantity, unitMinor, amountMinor: quantity * unitMinor }]),
  tiered: ({ tiers, mode }, quantity) => plain(tieredParts(tiers, mode, quantity)),
  baseline: aroundBaseline,
  time: ({ hourMinor }, quantity) =>
    plain([{ says: 'time', quantity, unitMinor: hourMinor, amountMinor: partOf(hourMinor, quantity, 60) }]),
  milestone: ({ amountMinor }, quantity) => {
    const reached = quantity > 0 ? 1 : 0
    return plain([{ says: 'milestone', quantity: reached, unitMinor: amountMinor, amountMinor: reached * amountMinor }])
  },
  'pass-through': ({ markUpBp }, quantity) => {
    const markUp = basisPointsOf(quantity, markUpBp)
    const paid = { says: 'paid', quantity: 1, unitMinor: quantity, amountMinor: quantity } as const
    return plain(
      markUp === 0 ? [paid] : [paid, { says: 'mark-up', quantity: 1, unitMinor: markUp, amountMinor: markUp }],
    )
  },
  'true-up': (_, quantity) => plain([{ says: 'difference', quantity: 1, unitMinor: quantity, amountMinor: quantity }]),
}

function once({ amountMinor }: { readonly amountMinor: number }): Charged {
  return plain([{ says: 'fixed', quantity: 1, unitMinor: amountMinor, amountMinor }])
}

function tieredParts(tiers: readonly PriceTier[], mode: 'graduated' | 'slab', quantity: number): readonly ChargePart[] {
  if (mode === 'slab') {
    const tier = tiers.find(({ upTo }) => upTo === null || quantity <= upTo) ?? tiers.at(-1)
    const unitMinor = tier?.unitMinor ?? 0
    return [{ says: 'units', quantity, unitMinor, amountMinor: quantity * unitMinor }]
  }
  let from = 0
  const parts: ChargePart[] = []
  for (const { upTo, unitMinor } of tiers) {
    const units = Math.max(0, Math.min(quantity, upTo ?? quantity) - from)
    if (units > 0) parts.push({ says: 'units', quantity: units, unitMinor, amountMinor: units * unitMinor })
    from = upTo ?? quantity
  }
  return parts
}

function aroundBaseline(terms: Extract<ChargeTerms, { kind: 'baseline' }>, quantity: number): Charged {
  const { baseline, deadBandBp, additionalMinor, reducedMinor, method, renegotiateBp } = terms
  const band = Math.floor((baseline * deadBandBp) / 10_000)
  const limit = renegotiateBp === null ? Number.POSITIVE_INFINITY : Math.floor((baseline * renegotiateBp) / 10_000)
  const away = Math.abs(quantity - baseline)
  const renegotiate = away > limit
  const charging = Math.min(away, limit)
  if (away <= band) return { ...plain([{ says: 'within-band', quantity, unitMinor: 0, amountMinor: 0 }]), renegotiate }
  const units = method === 'outside-band' ? charging - band : charging
  const more = quantity > baseline
  const unitMinor = more ? additionalMinor : -reducedMinor
  const part = {
    says: more ? 'additional' : 'reduced',
    quantity: units,
    unitMinor,
    amountMinor: units * unitMinor,
  } as const
  return { ...plain([part]), renegotiate }
}

export type TierFault = 'no-tiers' | 'tiers-fall' | 'open-tier-first' | 'no-open-tier'

/** What is wrong with tiers: they rise, and the last one alone has no end. Null when nothing is. */
export function tierFault(tiers: readonly PriceTier[]): TierFault | null {
  if (tiers.length === 0) return 'no-tiers'
  if (tiers.at(-1)!.upTo !== null) return 'no-open-tier'
  if (tiers.slice(0, -1).some(({ upTo }) => upTo === null)) return 'open-tier-first'
  return tiers.some(({ upTo }, index) => index > 0 && upTo !== null && upTo <= tiers[index - 1]!.upTo!)
    ? 'tiers-fall'
    : null
}

/**
 * Where one unit more costs less in all, as happens with slabs: the last number of units before it, and both amounts.
 * Worth a warning, for somebody will order up to it.
 */
export function dearerBefore(
  tiers: readonly PriceTier[],
): { readonly quantity: number; readonly amountMinor: number; readonly nextMinor: number } | null {
  for (const { upTo } of tiers) {
    if (upTo === null) continue
    const [here] = tieredParts(tiers, 'slab', upTo)
    const [next] = tieredParts(tiers, 'slab', upTo + 1)
    if (next!.amountMinor < here!.amountMinor)
      return { quantity: upTo, amountMinor: here!.amountMinor, nextMinor: next!.amountMinor }
  }
  return null
}

/** A line's amount over the sites or services that it is of, by their quantities, to the last unit. */
export function spread(amountMinor: number, quantities: readonly number[]): readonly number[] {
  return allocated(amountMinor, quantities)
}
