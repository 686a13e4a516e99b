import type { Ratio } from '#core/attainment.ts'
import { lostTimeNamed, type NamedTime, paretoOf, projected, spreadOf } from '#core/lost-time.ts'
import {
  biasOf,
  boundsOf,
  countOf,
  csatOf,
  easyOf,
  type Estimate,
  hotspotsOf,
  isValid,
  meanOfScores,
  npsEstimate,
  npsOf,
  type Scores,
  shareEstimate,
} from '#core/perception.ts'
import { rounded } from '#core/rational.ts'
import { OPINION_MINIMUM, shownGroups } from '#core/small-groups.ts'
import type { Context, Db } from '#platform/context.ts'
import type { ExperienceGroup, ExperienceGrouping, ExperienceQuery, ExperienceReport } from './api-experience.ts'
import {
  type KeptRow,
  readAsked,
  readCells,
  readFactors,
  readKept,
  readLabels,
  readLostTimes,
  readScores,
  type ScoreRow,
} from './experience-queries.ts'
import { type Slice, sliceOf } from './reading.ts'
import { accordBetween, experienceScore, scoreParts, TARGET_POINTS } from './score.ts'
import type { Scale } from './survey.ts'

const FACTORS_NAMED = 3

/** What was kept beside what was felt. */
export async function reportExperience(
  { db }: Context,
  { groupBy, ...query }: ExperienceQuery,
): Promise<ExperienceReport> {
  return groupReport(db, await sliceOf(db, query), groupBy)
}

/** The same of a slice whose customer is known. */
export async function groupReport(db: Db, slice: Slice, groupBy: ExperienceGrouping): Promise<ExperienceReport> {
  const [scores, lost, asked, kept] = [
    await readScores(db, slice, groupBy),
    await readLostTimes(db, slice, groupBy),
    await readAsked(db, slice, groupBy),
    await readKept(db, slice, groupBy),
  ]
  const keys = [...new Set([...scores, ...kept].map(({ key }) => key)).union(new Set(asked.keys()))].toSorted()
  const labels = await readLabels(db, keys, groupBy)
  const sizes = keys.map((key) => ({ key, size: sizeOf(scores.filter((row) => row.key === key)) }))
  const { hidden, total } = shownGroups(sizes, OPINION_MINIMUM, await foundCells(db, slice, groupBy))
  // Whoever narrows to a part sees no more of it than beside the other parts.
  const found = await foundOut(db, slice)
  const lostOf = new Map(lost.map(({ key, named }) => [key, named]))
  const groups = keys.map((key) =>
    groupOf(key, labels.get(key) ?? '', {
      scores: scores.filter((row) => row.key === key),
      lost: lostOf.get(key) ?? [],
      asked: asked.get(key) ?? 0,
      kept: kept.filter((row) => row.key === key),
      hidden: found || hidden.has(key),
    }),
  )
  const all = groupOf('total', '', {
    scores,
    lost: lost.flatMap(({ named }) => named),
    asked: [...asked.values()].reduce((sum, count) => sum + count, 0),
    kept,
    hidden: found || !total,
  })
  const open = groups.filter((group) => !group.hidden)
  const nameOf = (key: string) => labels.get(key) ?? ''
  return {
    minimum: OPINION_MINIMUM,
    targetPoints: TARGET_POINTS,
    groups,
    total: all,
    alerts: await alertsOf(db, { slice, groupBy, groups: open }),
    pareto: paretoOf(
      open.flatMap(({ key, lostTime }) => (lostTime ? [{ key, value: lostTime.mean.numerator }] : [])),
    ).map(({ key, value, cumulative }) => ({ key, label: nameOf(key), minutes: value, cumulative })),
    hotspots:
      all.score === null
        ? []
        : hotspotsOf(
            open.flatMap(({ key, resolved, score, valid }) =>
              valid && score !== null ? [{ group: key, volume: resolved, points: score.points }] : [],
            ),
            all.score.points,
          ).map(({ group, weight }) => ({ key: group, label: nameOf(group), weight })),
    bounds: all.csat === null || all.asked < all.csat.ratio.denominator ? null : boundsOf(all.csat.ratio, all.asked),
    bias: biasOf(
      open.map(({ key, asked: count, answers }) => ({ group: key, asked: count, answered: answers ?? 0 })),
    ).map(({ group, points }) => ({ key: group, label: nameOf(group), points })),
  }
}

/** By what a slice is narrowed, each with what is left when it is not. */
function narrowings(slice: Slice) {
  const all = [
    { by: 'customer', chosen: slice.customerId, without: { ...slice, customerId: undefined } },
    { by: 'site', chosen: slice.site, without: { ...slice, site: undefined } },
    { by: 'service', chosen: slice.service, without: { ...slice, service: undefined } },
  ] as const
  return all.flatMap(({ chosen, ...rest }) => (chosen === undefined ? [] : [{ ...rest, chosen }]))
}

/** Whether the slice is one of few beside its neighbours of any kind in sight, or could be reckoned from them. */
async function foundOut(db: Db, slice: Slice): Promise<boolean> {
  for (const { by, chosen, without } of narrowings(slice)) {
    const rows = await readScores(db, without, by)
    const sizes = [...new Set(rows.map(({ key }) => key))].map((key) => ({
      key,
      size: sizeOf(rows.filter((row) => row.key === key)),
    }))
    if (shownGroups(sizes, OPINION_MINIMUM).hidden.has(chosen)) return true
  }
  return false
}

/** Of the groups of a narrowed slice those that could be reckoned from the same group of its neighbours. */
async function foundCells(db: Db, slice: Slice, groupBy: ExperienceGrouping): Promise<ReadonlySet<string>> {
  const found = new Set<string>()
  for (const { by, chosen, without } of narrowings(slice)) {
    if (by === groupBy) continue
    const cells = Map.groupBy(await readCells(db, without, groupBy, by), ({ key }) => key)
    for (const [key, beside] of cells) {
      const sizes = beside.map(({ other, size }) => ({ key: other, size }))
      if (shownGroups(sizes, OPINION_MINIMUM).hidden.has(chosen)) found.add(key)
    }
  }
  return found
}

/** Kept, and yet felt to be bad; with what those who were not content named. */
async function alertsOf(
  db: Db,
  {
    slice,
    groupBy,
    groups,
  }: { readonly slice: Slice; readonly groupBy: ExperienceGrouping; readonly groups: readonly ExperienceGroup[] },
): Promise<ExperienceReport['alerts']> {
  const alarming = groups.filter(({ accord }) => accord === 'watermelon')
  if (alarming.length === 0) return []
  const factors = await readFactors(db, slice, groupBy)
  return alarming.map(({ key, label }) => ({
    key,
    label,
    factors: factors
      .filter((row) => row.key === key)
      .slice(0, FACTORS_NAMED)
      .map(({ factor }) => factor),
  }))
}

interface Known {
  readonly scores: readonly ScoreRow[]
  readonly lost: readonly NamedTime[]
  readonly asked: number
  readonly kept: readonly KeptRow[]
  readonly hidden: boolean
}

function groupOf(key: string, label: string, { scores, lost: named, asked, kept, hidden }: Known): ExperienceGroup {
  const attainment = attainmentOf(kept)
  const resolved = attainment.met + attainment.failed
  const known = { key, label, asked, resolved, attainment: { ...attainment, targetBp: promisedBp(kept) } }
  if (hidden) {
    const nothing = { csat: null, nps: null, ces: null, lostTime: null, score: null, answers: null, valid: false }
    return { ...known, ...nothing, hidden: true, accord: 'unknown' }
  }
  const answers = sizeOf(scores)
  const valid = isValid({ numerator: answers, denominator: Math.max(asked, answers) })
  const population = asked >= answers ? asked : undefined
  const csat = felt(scoresOn(scores, 'csat'), csatOf, (_, share) => shareEstimate(share, population))
  const ces = felt(scoresOn(scores, 'ces'), easyOf, (_, share) => shareEstimate(share, population))
  const nps = felt(scoresOn(scores, 'nps'), npsOf, (of) => npsEstimate(of, population)!)
  const lost = lostTimeNamed(named)
  const { all, floor } = projected(lost, resolved)
  const parts = { nps: nps && nps.ratio, lostTime: lost.mean, ces: ces && ces.mean, csat: csat && csat.ratio }
  const score = experienceScore(parts)
  return {
    ...known,
    hidden: false,
    answers,
    valid,
    csat,
    nps,
    ces,
    lostTime:
      lost.mean === null
        ? null
        : {
            answers: lost.answers,
            mean: lost.mean,
            medianMinutes: lost.median!,
            cut: lost.cut,
            perceivedMinutes: resolved === 0 ? null : all,
            floorMinutes: floor,
            spread: lost.answers < OPINION_MINIMUM ? [] : [...spreadOf(named, OPINION_MINIMUM)],
          },
    score:
      score.points === null
        ? null
        : { points: rounded(score.points, 1), available: score.available, of: score.of, parts: scoreParts(parts) },
    accord: accordBetween(known.attainment, score, valid),
  }
}

function felt(
  scores: Scores,
  ratioOf: (scores: Scores) => Ratio | null,
  estimateOf: (scores: Scores, ratio: Ratio) => Estimate,
): ExperienceGroup['csat'] {
  const ratio = ratioOf(scores)
  if (ratio === null) return null
  const given = [...scores]
    .map(([score, count]) => ({ score, count }))
    .toSorted((one, other) => other.score - one.score)
  return {
    ratio,
    estimate: estimateOf(scores, ratio),
    mean: meanOfScores(scores)!,
    scores: countOf(scores) < OPINION_MINIMUM ? [] : given,
  }
}

function scoresOn(rows: readonly ScoreRow[], scale: Scale): Scores {
  const scores = new Map<number, number>()
  for (const row of rows) if (row.scale === scale) scores.set(row.score, (scores.get(row.score) ?? 0) + row.count)
  return scores
}

function sizeOf(rows: readonly ScoreRow[]): number {
  return rows.reduce((sum, { count }) => sum + count, 0)
}

function attainmentOf(kept: readonly KeptRow[]): { met: number; failed: number } {
  return {
    met: kept.reduce((sum, row) => sum + row.met, 0),
    failed: kept.reduce((sum, row) => sum + row.failed, 0),
  }
}

/** The share that was promised of all of it: of several promises the mean, each counting as often as it was measured. */
function promisedBp(kept: readonly KeptRow[]): number | null {
  const measured = kept.reduce((sum, row) => sum + row.measured, 0)
  if (measured === 0) return null
  return Math.round(kept.reduce((sum, row) => sum + (row.promised ?? 0), 0) / measured)
}
