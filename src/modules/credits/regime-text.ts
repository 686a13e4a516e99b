/*
 * What a contract says of credits as people write it down: shares and prices in percent, what is usual left out. The same in
 * YAML, so that it can be kept beside the contract, compared and taken in again.
 */
import { LineCounter, parseDocument, stringify } from 'yaml'
import { z } from 'zod'
import { type CreditLevel, type CreditRegime, regimeKinds } from '#core/credit-terms.ts'
import type { LevelSource } from './api.ts'

/** A percentage with at most four decimals: 99.95. */
const percent = z.number().min(-100).max(1000)
const ppmOf = (value: number) => Math.round(value * 10_000)
const bpOf = (value: number) => Math.round(value * 100)
const hundredths = (value: number) => Math.round(value * 100)

const figure = z.discriminatedUnion('of', [
  z.strictObject({
    of: z.literal('attainment'),
    metric: z.enum(['response', 'resolution', 'restore', 'next-update']).default('resolution'),
    priority: z.enum(['p1', 'p2', 'p3', 'p4', 'p5']).nullable().default(null),
    service: z.string().max(200).nullable().default(null),
  }),
  z.strictObject({ of: z.literal('availability'), service: z.string().min(1).max(200) }),
])

const levelText = z.strictObject({
  key: z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/),
  name: z.string().trim().min(1).max(120),
  figure: figure.optional(),
  critical: z.boolean().default(true),
  target: percent,
  minimum: percent.nullable().default(null),
  defaultAfter: z.int().min(1).max(1000).default(1),
  smallSample: z.enum(['as-is', 'allowance', 'roll-over']).default('as-is'),
  roundTo: z.int().min(0).max(4).nullable().default(null),
  allocation: percent.default(100),
  pool: percent.default(100),
  earnBackAt: percent.nullable().default(null),
  floor: percent.nullable().default(null),
  bands: z
    .array(
      z.strictObject({
        from: percent,
        below: percent.nullable(),
        severity: z.string().trim().min(1).max(60),
        points: z.int().min(0).max(10_000).optional(),
        credit: percent.optional(),
      }),
    )
    .max(20)
    .default([]),
})

const count = z.int().min(1).max(1000)
const claimWithinDays = z.int().min(0).max(365).optional()

export const regimeText = z.strictObject({
  kind: z.enum(regimeKinds),
  atRisk: percent.default(0),
  perPoint: percent.default(0),
  table: z
    .array(z.strictObject({ points: z.int().min(0).max(10_000), credit: percent }))
    .max(50)
    .default([]),
  repeat: z.array(z.number().min(0).max(10)).min(1).max(12).default([1]),
  oneCauseCostsOnce: z.boolean().default(false),
  capOfMonth: percent.nullable().default(null),
  capOfYear: z
    .strictObject({ percent, of: z.enum(['rolling-12', 'contract-year']) })
    .nullable()
    .default(null),
  earnBack: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('average'), average: z.enum(['mean', 'pooled']), claimWithinDays }),
      z.strictObject({ kind: z.literal('higher-target'), months: count, claimWithinDays }),
    ])
    .nullable()
    .default(null),
  claimWithinDays: z.int().min(0).max(365).nullable().default(null),
  triggers: z
    .array(
      z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('consecutive'), count }),
        z.strictObject({ kind: z.literal('within'), count, months: count, claimed: z.boolean().optional() }),
        z.strictObject({ kind: z.literal('points'), points: count, months: count }),
        z.strictObject({ kind: z.literal('cap-share'), share: percent }),
        z.strictObject({ kind: z.literal('floor') }),
      ]),
    )
    .max(20)
    .default([]),
  levels: z.array(levelText).max(50),
})
type RegimeText = z.output<typeof regimeText>

export interface ReadRegime {
  readonly terms: CreditRegime
  /** Services by the name or id that was written. */
  readonly figures: Readonly<Record<string, z.output<typeof figure>>>
}

/** What was written, as the engine reads it. */
export function regimeOf(text: RegimeText): ReadRegime {
  const { levels, atRisk, perPoint, table, repeat, oneCauseCostsOnce, capOfMonth, capOfYear, triggers, ...rest } = text
  const terms: CreditRegime = {
    ...rest,
    atRiskBp: bpOf(atRisk),
    perPointBp: bpOf(perPoint),
    table: table.map(({ points, credit }) => ({ points, creditBp: bpOf(credit) })),
    repeat: repeat.map(hundredths),
    singleEvent: oneCauseCostsOnce,
    periodCapBp: capOfMonth === null ? null : bpOf(capOfMonth),
    yearCap: capOfYear && { capBp: bpOf(capOfYear.percent), window: capOfYear.of },
    triggers: triggers.map((each) =>
      each.kind === 'cap-share' ? { kind: 'cap-share', shareBp: bpOf(each.share) } : each,
    ),
    levels: levels.map((level) => levelOf(level, text.kind)),
  }
  const figures = Object.fromEntries(levels.flatMap(({ key, figure: of }) => (of === undefined ? [] : [[key, of]])))
  return { terms, figures }
}

function levelOf(level: RegimeText['levels'][number], kind: CreditRegime['kind']): CreditLevel {
  const { key, name, critical, defaultAfter, smallSample, roundTo } = level
  const share = (value: number | null) => (value === null ? null : ppmOf(value))
  return {
    key,
    name,
    critical,
    defaultAfter,
    smallSample,
    roundTo,
    targetPpm: ppmOf(level.target),
    minimumPpm: share(level.minimum),
    allocationBp: bpOf(level.allocation),
    poolBp: bpOf(level.pool),
    earnBackPpm: share(level.earnBackAt),
    floorPpm: share(level.floor),
    bands: level.bands.map(({ from, below, severity, points, credit }) => ({
      fromPpm: ppmOf(from),
      belowPpm: share(below),
      severity,
      weight: kind === 'bands' ? bpOf(credit ?? 0) : (points ?? 0),
    })),
  }
}

/** The same the other way round: what is written down of a regime. */
export function textOfRegime(
  { levels, ...terms }: CreditRegime,
  sources: Readonly<Record<string, LevelSource>>,
  serviceName: (id: string) => string,
): string {
  const share = (value: number | null) => (value === null ? null : value / 10_000)
  const document = {
    kind: terms.kind,
    ...(terms.kind === 'at-risk' && { atRisk: terms.atRiskBp / 100 }),
    ...(terms.perPointBp > 0 && { perPoint: terms.perPointBp / 100 }),
    ...(terms.table.length > 0 && {
      table: terms.table.map(({ points, creditBp }) => ({ points, credit: creditBp / 100 })),
    }),
    repeat: terms.repeat.map((each) => each / 100),
    oneCauseCostsOnce: terms.singleEvent,
    capOfMonth: terms.periodCapBp === null ? null : terms.periodCapBp / 100,
    capOfYear: terms.yearCap && { percent: terms.yearCap.capBp / 100, of: terms.yearCap.window },
    earnBack: terms.earnBack,
    claimWithinDays: terms.claimWithinDays,
    triggers: terms.triggers.map((each) =>
      each.kind === 'cap-share' ? { kind: each.kind, share: each.shareBp / 100 } : each,
    ),
    levels: levels.map((level) => {
      const source = sources[level.key]
      const named = source && { ...source, service: source.service === null ? null : serviceName(source.service) }
      return {
        key: level.key,
        name: level.name,
        ...(named && { figure: named }),
        critical: level.critical,
        target: share(level.targetPpm),
        minimum: share(level.minimumPpm),
        defaultAfter: level.defaultAfter,
        smallSample: level.smallSample,
        roundTo: level.roundTo,
        ...(terms.kind === 'at-risk' && { allocation: level.allocationBp / 100, pool: level.poolBp / 100 }),
        earnBackAt: share(level.earnBackPpm),
        floor: share(level.floorPpm),
        ...(level.bands.length > 0 && {
          bands: level.bands.map(({ fromPpm, belowPpm, severity, weight }) => ({
            from: share(fromPpm),
            below: share(belowPpm),
            severity,
            ...(terms.kind === 'bands' ? { credit: weight / 100 } : { points: weight }),
          })),
        }),
      }
    }),
  }
  return stringify(document, { lineWidth: 120, singleQuote: true })
}

/** In which line of a text a path stands, or what comes nearest; and what it says, or null where it is no YAML. */
export function readRegimeText(text: string): {
  readonly content: unknown
  readonly problem: { readonly line: number; readonly reason: 'yaml' | 'yaml-twice' | 'yaml-tab' } | null
  readonly lineOf: (path: readonly PropertyKey[]) => number
} {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, customTags: [] })
  const lineOf = (path: readonly PropertyKey[]) => {
    for (let length = path.length; length >= 0; length--) {
      const node = document.getIn(path.slice(0, length), true) as { readonly range?: readonly number[] } | undefined
      if (node?.range) return lines.linePos(node.range[0]!).line
    }
    return 1
  }
  const [error] = document.errors
  if (error !== undefined) {
    const reason = error.code === 'DUPLICATE_KEY' ? 'yaml-twice' : error.code === 'TAB_AS_INDENT' ? 'yaml-tab' : 'yaml'
    const problem = { line: lines.linePos(error.pos[0]).line, reason } as const
    return { content: null, problem, lineOf }
  }
  try {
    // An alias can stand for more than memory holds.
    return { content: document.toJS({ maxAliasCount: 0 }), problem: null, lineOf }
  } catch {
    return { content: null, problem: { line: 1, reason: 'yaml' }, lineOf }
  }
}

/** Where in the text what `faultsOf` complains of stands. */
export function pathInText(path: string): readonly (string | number)[] {
  const names: Readonly<Record<string, string>> = {
    minimumPpm: 'minimum',
    floorPpm: 'floor',
    allocationBp: 'allocation',
    periodCapBp: 'capOfMonth',
    yearCap: 'capOfYear',
    capBp: 'percent',
  }
  return path.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : (names[part] ?? part)))
}
