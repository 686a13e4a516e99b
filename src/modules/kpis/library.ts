/** What a key figure is measured in; durations and days in milliseconds, hours in minutes, money in minor units; a score is 0 to 100. */
export type KpiUnit =
  | 'percent'
  | 'points'
  | 'score'
  | 'duration'
  | 'days'
  | 'hours'
  | 'count'
  | 'ratio'
  | 'per-thousand'
  | 'money'

/** Who answers for it. */
export type KpiOwner =
  | 'service-manager'
  | 'service-desk'
  | 'major-incident'
  | 'change'
  | 'asset'
  | 'finance'
  | 'contract'
  | 'people'
  | 'knowledge'
  | 'demand'

/** The module that a figure needs and that is not there yet. */
export type MissingSource =
  | 'changes'
  | 'endpoints'
  | 'assets'
  | 'campaigns'
  | 'projects'
  | 'transitions'
  | 'rosters'
  | 'skills'
  | 'people'
  | 'processes'
  | 'continuity'
  | 'exceptions'

export interface KpiDefinition {
  /** `K01` to `K90` (DOMAIN §3.8). Name, question, formula and exclusions are in `src/locales/<language>/kpis.json`. */
  readonly key: string
  /** Grows when the same records would give another value. */
  readonly version: number
  readonly unit: KpiUnit
  /** Which way is better. */
  readonly direction: 'up' | 'down' | 'none'
  /** Of fewer than this nothing is shown: opinions of few tell who they are. */
  readonly minimum: number
  readonly owner: KpiOwner
  /** Null where it is computed. */
  readonly missing: MissingSource | null
}

type Row = readonly [string, KpiUnit, KpiDefinition['direction'], number, KpiOwner, MissingSource | null]

const rows: readonly Row[] = [
  ['K01', 'percent', 'up', 1, 'service-manager', null],
  ['K02', 'percent', 'up', 1, 'service-desk', null],
  ['K03', 'percent', 'up', 1, 'major-incident', null],
  ['K04', 'duration', 'down', 1, 'service-desk', null],
  ['K05', 'duration', 'down', 1, 'service-manager', null],
  ['K06', 'duration', 'down', 1, 'service-manager', null],
  ['K07', 'duration', 'up', 1, 'service-manager', null],
  ['K08', 'percent', 'up', 1, 'service-desk', null],
  ['K09', 'percent', 'up', 1, 'service-desk', null],
  ['K10', 'percent', 'down', 1, 'service-manager', null],
  ['K11', 'ratio', 'down', 1, 'service-manager', null],
  ['K12', 'days', 'down', 1, 'service-manager', null],
  ['K13', 'count', 'down', 1, 'major-incident', null],
  ['K14', 'percent', 'up', 1, 'major-incident', null],
  ['K15', 'money', 'down', 1, 'service-manager', null],
  ['K16', 'percent', 'up', 1, 'change', 'changes'],
  ['K17', 'percent', 'down', 1, 'change', 'changes'],
  ['K18', 'percent', 'down', 1, 'change', null],
  ['K19', 'percent', 'down', 1, 'change', 'changes'],
  ['K20', 'percent', 'up', 1, 'service-manager', null],
  ['K21', 'percent', 'up', 5, 'service-manager', null],
  ['K22', 'points', 'up', 5, 'service-manager', null],
  ['K23', 'percent', 'up', 5, 'service-manager', null],
  ['K24', 'duration', 'down', 5, 'service-manager', null],
  ['K25', 'score', 'up', 5, 'service-manager', null],
  ['K26', 'percent', 'up', 5, 'service-manager', null],
  ['K27', 'count', 'down', 5, 'service-manager', null],
  ['K28', 'money', 'down', 1, 'finance', null],
  ['K29', 'ratio', 'down', 1, 'asset', 'endpoints'],
  ['K30', 'ratio', 'down', 1, 'service-desk', null],
  ['K31', 'percent', 'up', 1, 'service-desk', null],
  ['K32', 'percent', 'up', 1, 'service-desk', null],
  ['K33', 'percent', 'down', 1, 'service-manager', null],
  ['K34', 'duration', 'down', 1, 'service-desk', null],
  ['K35', 'percent', 'up', 1, 'service-manager', null],
  ['K36', 'percent', 'up', 1, 'service-manager', null],
  ['K37', 'percent', 'up', 1, 'asset', 'assets'],
  ['K38', 'percent', 'down', 1, 'asset', 'assets'],
  ['K39', 'days', 'none', 1, 'asset', 'assets'],
  ['K40', 'percent', 'down', 1, 'asset', 'assets'],
  ['K41', 'percent', 'up', 1, 'asset', 'endpoints'],
  ['K42', 'percent', 'up', 1, 'asset', 'endpoints'],
  ['K43', 'percent', 'up', 1, 'asset', 'assets'],
  ['K44', 'percent', 'up', 1, 'demand', 'campaigns'],
  ['K45', 'days', 'down', 1, 'demand', 'projects'],
  ['K46', 'percent', 'up', 1, 'demand', 'projects'],
  ['K47', 'percent', 'up', 1, 'demand', null],
  ['K48', 'percent', 'up', 1, 'demand', 'transitions'],
  ['K49', 'percent', 'up', 1, 'finance', null],
  ['K50', 'percent', 'down', 1, 'finance', null],
  ['K51', 'percent', 'up', 1, 'finance', null],
  ['K52', 'percent', 'down', 1, 'finance', null],
  ['K53', 'percent', 'down', 1, 'finance', null],
  ['K54', 'percent', 'up', 1, 'contract', null],
  ['K55', 'money', 'up', 1, 'contract', null],
  ['K56', 'percent', 'up', 1, 'contract', null],
  ['K57', 'days', 'down', 1, 'contract', null],
  ['K58', 'percent', 'up', 1, 'contract', null],
  ['K59', 'percent', 'up', 1, 'people', null],
  ['K60', 'percent', 'up', 1, 'finance', null],
  ['K61', 'ratio', 'up', 1, 'people', 'rosters'],
  ['K62', 'percent', 'none', 1, 'people', 'rosters'],
  ['K63', 'percent', 'up', 1, 'people', 'rosters'],
  ['K64', 'percent', 'up', 1, 'people', 'skills'],
  ['K65', 'count', 'up', 1, 'people', 'skills'],
  ['K66', 'percent', 'up', 1, 'people', 'people'],
  ['K67', 'percent', 'up', 1, 'people', 'people'],
  ['K68', 'points', 'up', 1, 'people', 'people'],
  ['K69', 'percent', 'up', 1, 'people', 'people'],
  ['K70', 'percent', 'none', 1, 'people', 'people'],
  ['K71', 'percent', 'up', 1, 'knowledge', null],
  ['K72', 'percent', 'up', 1, 'knowledge', null],
  ['K73', 'percent', 'up', 1, 'people', 'rosters'],
  ['K74', 'percent', 'up', 1, 'service-manager', null],
  ['K75', 'percent', 'up', 1, 'service-manager', null],
  ['K76', 'percent', 'up', 1, 'service-manager', null],
  ['K77', 'hours', 'up', 1, 'service-manager', null],
  ['K78', 'score', 'up', 1, 'service-manager', null],
  ['K79', 'percent', 'up', 1, 'service-manager', null],
  ['K80', 'per-thousand', 'down', 1, 'service-manager', null],
  ['K81', 'percent', 'up', 1, 'service-manager', 'processes'],
  ['K82', 'percent', 'up', 1, 'service-manager', 'continuity'],
  ['K83', 'percent', 'up', 1, 'service-manager', 'continuity'],
  ['K84', 'percent', 'down', 1, 'service-manager', 'exceptions'],
  ['K85', 'percent', 'up', 1, 'people', 'rosters'],
  ['K86', 'percent', 'down', 1, 'service-manager', null],
  ['K87', 'percent', 'up', 1, 'service-manager', null],
  ['K88', 'percent', 'up', 1, 'service-desk', null],
  ['K89', 'percent', 'up', 1, 'service-manager', null],
  ['K90', 'percent', 'up', 1, 'service-manager', null],
]

/** The library of key figures. */
export const library: readonly KpiDefinition[] = rows.map(([key, unit, direction, minimum, owner, missing]) => ({
  key,
  version: 1,
  unit,
  direction,
  minimum,
  owner,
  missing,
}))

/** Figures of what is charged, and of what is left of it or behind it: for who may see that (migration 0230). */
export const ofMoney: Readonly<Record<string, 'charges' | 'margin'>> = {
  K28: 'margin',
  K49: 'margin',
  K50: 'margin',
  K51: 'margin',
  K52: 'charges',
  K53: 'charges',
  K54: 'margin',
  K55: 'margin',
  K59: 'margin',
  K60: 'margin',
}

/** Those of amounts: of several currencies they are no sum. */
export const ofAmounts: readonly string[] = ['K15', ...Object.keys(ofMoney).filter((key) => key !== 'K59')]

/** Shares that may be below nothing or above the whole. */
const unbound: ReadonlySet<string> = new Set(['K47', 'K49', 'K50', 'K51', 'K60'])

/** What limits and values of a figure cannot leave. */
export function boundsOf({ key, unit }: Pick<KpiDefinition, 'key' | 'unit'>): {
  readonly least: number
  readonly most: number
} {
  if (unbound.has(key)) return { least: Number.NEGATIVE_INFINITY, most: Number.POSITIVE_INFINITY }
  if (unit === 'percent' || unit === 'score') return { least: 0, most: 100 }
  if (unit === 'points') return { least: -100, most: 100 }
  return { least: 0, most: Number.POSITIVE_INFINITY }
}

/** What is one sum, of however many records and customers: it is not shared out among them. */
export const sums: ReadonlySet<string> = new Set(['K15', 'K55'])

const DAY_MS = 86_400_000

/** A value as it is shown; null where nothing was measured. A count of nothing is nothing, and measured. */
export function valueOf(
  unit: KpiUnit,
  { numerator, denominator }: { readonly numerator: number; readonly denominator: number },
): number | null {
  if (unit === 'count') return numerator
  if (unit === 'hours') return numerator / 60
  if (denominator === 0) return null
  const share = numerator / denominator
  if (unit === 'percent' || unit === 'points' || unit === 'score') return 100 * share
  if (unit === 'per-thousand') return 1000 * share
  if (unit === 'days') return share / DAY_MS
  return share
}
