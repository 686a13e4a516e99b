import { type Rational, over, plus, rational, times } from '#core/rational.ts'
import type { KpiUnit } from './library.ts'

export const ownKinds = ['ratio', 'sum', 'weighted'] as const

/** One of the figures that another is made of. */
export interface OwnPart {
  readonly kpi: string
  /** Whole; counts in a weighted mean alone. */
  readonly weight: number
}

/** How a figure is made of others: the first over the second, all together, or their weighted mean. */
export interface OwnFormula {
  readonly kind: (typeof ownKinds)[number]
  readonly unit: KpiUnit
  readonly parts: readonly OwnPart[]
}

/** Why a formula makes no sense, with what its sentence names. */
export interface FormulaFault {
  readonly code:
    | 'own-kpi.unknown'
    | 'own-kpi.no-source'
    | 'own-kpi.cycle'
    | 'own-kpi.two'
    | 'own-kpi.several'
    | 'own-kpi.twice'
    | 'own-kpi.units'
    | 'own-kpi.unit'
    | 'own-kpi.weights'
  readonly values: Readonly<Record<string, string>>
}

/** What is known of the figures that a formula may name. */
export interface KnownFigure {
  readonly unit: KpiUnit
  /** Null for one of the library. */
  readonly formula: OwnFormula | null
  readonly counted: boolean
}

const shares: readonly KpiUnit[] = ['percent', 'ratio', 'per-thousand']

/**
 * What is wrong with a formula; null when nothing is.
 *
 * @param key Of the figure itself, so that it is not made of itself; null for one that is new.
 */
export function formulaFault(
  key: string | null,
  { kind, unit, parts }: OwnFormula,
  known: ReadonlyMap<string, KnownFigure>,
): FormulaFault | null {
  const fault = (code: FormulaFault['code'], values: Readonly<Record<string, string>> = {}) => ({ code, values })
  if (kind === 'ratio' ? parts.length !== 2 : parts.length < 2)
    return fault(kind === 'ratio' ? 'own-kpi.two' : 'own-kpi.several')
  for (const { kpi } of parts) {
    const figure = known.get(kpi)
    if (kpi === key || (key !== null && figure !== undefined && reaches(key, figure, known)))
      return fault('own-kpi.cycle', { kpi })
    if (figure === undefined) return fault('own-kpi.unknown', { kpi })
    if (!figure.counted) return fault('own-kpi.no-source', { kpi })
  }
  if (new Set(parts.map(({ kpi }) => kpi)).size < parts.length) return fault('own-kpi.twice')
  if (kind === 'weighted' && parts.some(({ weight }) => weight < 1)) return fault('own-kpi.weights')
  const units = parts.map(({ kpi }) => known.get(kpi)!.unit)
  const possible = unitsOf(kind, units)
  if (possible.length === 0) return fault('own-kpi.units', { one: parts[0]!.kpi, other: otherThan(parts, units) })
  return possible.includes(unit) ? null : fault('own-kpi.unit', { unit, possible: possible.join(', ') })
}

/** In what the result of a formula may be told; nothing where its parts do not fit. */
export function unitsOf(kind: OwnFormula['kind'], units: readonly KpiUnit[]): readonly KpiUnit[] {
  const [first, second] = units
  if (first === undefined) return []
  const alike = units.every((unit) => unit === first)
  if (kind !== 'ratio') return alike ? [first] : []
  if (alike || (shares.includes(first) && second !== undefined && shares.includes(second))) return shares
  // So much for each of them.
  return second === 'count' ? [first] : []
}

function otherThan(parts: readonly OwnPart[], units: readonly KpiUnit[]): string {
  return parts[units.findIndex((unit) => unit !== units[0])]?.kpi ?? parts[1]!.kpi
}

function reaches(key: string, { formula }: KnownFigure, known: ReadonlyMap<string, KnownFigure>): boolean {
  return (formula?.parts ?? []).some(({ kpi }) => {
    const figure = known.get(kpi)
    return kpi === key || (figure !== undefined && reaches(key, figure, known))
  })
}

/** A value as what its unit is scaled from: the share of a percentage, milliseconds of days. */
export function amountOf(
  unit: KpiUnit,
  { numerator, denominator }: { readonly numerator: number; readonly denominator: number },
): Rational | null {
  if (unit === 'count') return rational(numerator)
  if (unit === 'hours') return rational(numerator, 60)
  return denominator === 0 ? null : rational(numerator, denominator)
}

/** The amount of a formula; null where a part was not measured, or where nothing is there to divide by. */
export function combined({ kind, parts }: OwnFormula, amounts: readonly (Rational | null)[]): Rational | null {
  const known = amounts.filter((amount) => amount !== null)
  if (known.length < parts.length) return null
  if (kind === 'ratio') {
    const [top, bottom] = known as [Rational, Rational]
    return bottom.numerator === 0n ? null : over(top, bottom)
  }
  let [sum, weights] = [rational(0), 0]
  for (const [index, amount] of known.entries()) {
    const weight = kind === 'weighted' ? parts[index]!.weight : 1
    sum = plus(sum, times(amount, rational(weight)))
    weights += weight
  }
  return kind === 'weighted' ? over(sum, rational(weights)) : sum
}

/** Numerator and denominator as they are stored for a unit; shortened until both are exact numbers. */
export function storedAs(
  unit: KpiUnit,
  amount: Rational,
): { readonly numerator: number; readonly denominator: number } {
  if (unit === 'count') return { numerator: nearest(amount), denominator: 1 }
  if (unit === 'hours') return { numerator: nearest(times(amount, rational(60))), denominator: 1 }
  let { numerator, denominator } = amount
  const most = BigInt(Number.MAX_SAFE_INTEGER)
  while (numerator > most || -numerator > most || denominator > most) {
    numerator /= 2n
    denominator = denominator / 2n || 1n
  }
  return { numerator: Number(numerator), denominator: Number(denominator) }
}

function nearest({ numerator, denominator }: Rational): number {
  return Math.round(Number(numerator) / Number(denominator))
}

/** How a formula is written: `K10 / K11`, `(2 × K21 + 1 × K23) / 3`. */
export function formulaText({ kind, parts }: OwnFormula): string {
  if (kind === 'ratio') return parts.map(({ kpi }) => kpi).join(' / ')
  if (kind === 'sum') return parts.map(({ kpi }) => kpi).join(' + ')
  const weights = parts.reduce((sum, { weight }) => sum + weight, 0)
  return `(${parts.map(({ kpi, weight }) => `${weight} × ${kpi}`).join(' + ')}) / ${weights}`
}
