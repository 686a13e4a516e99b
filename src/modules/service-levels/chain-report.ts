import { checkChain, type CheckedChain, type WorstStart } from '#core/chain.ts'
import type { OpenTime } from '#core/calendar.ts'
import { notFound } from '#core/failure.ts'
import { instantAt } from '#core/zone.ts'
import type { Context, Db } from '#platform/context.ts'
import type { ChainReport } from './api.ts'
import { chainCases, type ChainSide } from './chain-cases.ts'
import { readSupporting, type Supporting } from './chains.ts'
import { agreementOfVersion, readTargets } from './in-force.ts'
import type { CountedTarget } from './promise.ts'
import type { Target } from './target.ts'

interface Side extends ChainSide<CountedTarget> {
  readonly open: OpenTime
}

type Behind = Supporting & { readonly side: Side }

/** What one choice of targets behind a promise comes to. */
interface CheckedCase {
  readonly links: readonly (Behind & { readonly target: CountedTarget })[]
  readonly checked: CheckedChain
}

/**
 * Whether a version, a draft too, can be kept by what stands behind its agreement: each of its promises, under its
 * conditions, against what the agreements behind it promise in the cases that it holds for, at their worst starts of a year
 * of its zone. Of several cases the worst is told.
 */
export async function reportChain(
  { db, now }: Context,
  { id, versionId }: { readonly id: string; readonly versionId: string },
  {
    year = now.getUTCFullYear(),
    reserveSeconds,
  }: { readonly year?: number | undefined; readonly reserveSeconds: number },
): Promise<ChainReport> {
  const found = await db
    .selectFrom('agreementVersion')
    .select('id')
    .where('id', '=', versionId)
    .where('agreementId', '=', id)
    .executeTakeFirst()
  if (!found) throw notFound('agreement.not-found', { agreement: versionId })
  const promising = await sideOf(db, versionId)
  const zone = promising.open.versions[0]!.rules.timeZone
  const [from, to] = [instantAt(zone, Date.UTC(year, 0, 1)), instantAt(zone, Date.UTC(year + 1, 0, 1))]
  const behind: Behind[] = []
  for (const each of await readSupporting(db, id, now)) behind.push({ ...each, side: await sideOf(db, each.versionId) })
  const cases = chainCases(
    promising,
    behind.map(({ side }) => side),
  )
  const promises = promising.targets.flatMap((target) => {
    const choices = cases.get(target)
    // Others are tried before it and leave it nothing.
    if (choices === undefined) return []
    const worst = choices
      .map((choice): CheckedCase => {
        const links = behind.flatMap((each, index) => (choice[index] ? [{ ...each, target: choice[index] }] : []))
        const checked = checkChain(
          { ...target, open: promising.open },
          links.map((link) => ({
            id: link.agreementId,
            step: link.step,
            target: { ...link.target, open: link.side.open },
          })),
          { from, to, reserveMs: reserveSeconds * 1000 },
        )
        return { links, checked }
      })
      .reduce((one, other) => (isWorse(other, one) ? other : one))
    const promisesNothing = behind.filter((_, index) => choices.every((choice) => choice[index] === null))
    return [promiseOf(target, worst, { cases: choices.length, missing: promisesNothing.map(({ name }) => name) })]
  })
  return { year, reserveSeconds, promises }
}

async function sideOf(db: Db, versionId: string): Promise<Side> {
  const { open, calendarVersions } = await agreementOfVersion(db, versionId)
  const { serviceIds } = await db
    .selectFrom('agreementVersion')
    .select('serviceIds')
    .where('id', '=', versionId)
    .executeTakeFirstOrThrow()
  const targets = await readTargets(db, versionId)
  return { targets, serviceIds, hours: calendarVersions.map((each) => each.id).join(), open }
}

/** One that may never end is worse than any other, and one with something behind it is told before one without. */
function isWorse(one: CheckedCase, other: CheckedCase): boolean {
  const [ms, otherMs] = [one, other].map(({ checked, links }) =>
    links.length === 0 ? -1 : (checked.totalMs ?? Infinity),
  ) as [number, number]
  return ms > otherMs
}

function promiseOf(
  target: CountedTarget,
  { links, checked }: CheckedCase,
  rest: { readonly cases: number; readonly missing: readonly string[] },
): ChainReport['promises'][number] {
  return {
    metric: target.metric,
    priority: target.priority,
    ...conditionsOf(target),
    targetSeconds: target.targetMs / 1000,
    holds: checked.holds,
    totalSeconds: checked.totalMs === null ? null : checked.totalMs / 1000,
    links: links.map(({ agreementId, name, type, step, target: own }, index) => ({
      agreementId,
      name,
      type,
      step,
      ...conditionsOf(own),
      targetSeconds: own.targetMs / 1000,
      wall: worstView(checked.links[index]!.wall),
      inPromise: worstView(checked.links[index]!.inPromise),
    })),
    cases: rest.cases,
    missing: [...rest.missing],
  }
}

/** As they are told: what is not asked for is not there. */
function conditionsOf({ serviceId, category, siteType, reported }: CountedTarget): {
  when?: NonNullable<Target['when']>
} {
  const when = {
    ...(serviceId !== null && { service: serviceId }),
    ...(category !== null && { category }),
    ...(siteType !== null && { siteType: siteType as NonNullable<Target['when']>['siteType'] }),
    ...(reported !== null && { reported }),
  }
  return Object.keys(when).length === 0 ? {} : { when }
}

function worstView(worst: WorstStart | null) {
  return worst === null ? null : { start: new Date(worst.start), due: new Date(worst.due), seconds: worst.ms / 1000 }
}
