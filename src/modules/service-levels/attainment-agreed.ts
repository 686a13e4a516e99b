import type { Tally } from '#core/attainment.ts'
import { dateOf, dayOf } from '#core/calendar-rules.ts'
import type { Context, Db } from '#platform/context.ts'
import { clockMetrics, defaultTerms, type Levels, type PromisedMetric, type Terms } from './agreement.ts'
import type { AttainmentGroup, Grouping } from './api.ts'
import { countBy, type CountRow, type Narrowed, tallyOf } from './attainment-query.ts'
import { agreedVerdict } from './attainment-verdict.ts'

interface AgreedTerms {
  readonly versionId: string
  readonly terms: Terms
  readonly targets: readonly (Levels & { readonly metric: string; readonly priority: string })[]
}

interface Counted {
  readonly filter: Narrowed
  readonly groupBy: Grouping
  /** What was resolved in the period. */
  readonly rows: readonly CountRow[]
}

/**
 * What the figures are in the terms of the agreement: each version's own where they are grouped by it, else those of the
 * one agreement that held for the customer at the end of the period; null where there are several or none. A priority is
 * judged by its targets, everything else by the shares that were agreed for all together.
 *
 * @returns What to say of a group, or with null of the total.
 */
export async function agreedOf(
  context: Context,
  { filter, groupBy, rows }: Counted,
): Promise<(key: string | null) => AttainmentGroup['agreed']> {
  const { db } = context
  const byVersion = groupBy === 'agreementVersion'
  const only = filter.customerId === undefined ? null : await termsAtEnd(context, filter.customerId, filter.to)
  const versions = byVersion ? await readTerms(db, [...new Set(rows.map(({ key }) => key))].filter(Boolean)) : []
  const all = [...versions, ...(only === null ? [] : [only])]
  if (all.length === 0) return () => null
  const counts = new Map<string, readonly CountRow[]>([['resolved', rows]])
  for (const basis of new Set(all.map(({ terms }) => terms.basis))) {
    if (basis !== 'resolved') counts.set(basis, await countBy(db, filter, groupBy, basis))
  }
  const rollsOver = all.some(({ terms }) => terms.smallSample === 'roll-over')
  const before = rollsOver ? await periodsBefore(db, filter, groupBy, all[0]!.terms.basis) : []
  return (key) => {
    const agreed = byVersion && key !== null ? versions.find(({ versionId }) => versionId === key) : only
    if (agreed === undefined || agreed === null) return null
    const { terms, versionId } = agreed
    const of = (counted: readonly CountRow[]) => (key === null ? counted : counted.filter((row) => row.key === key))
    const verdictOn = (metric: PromisedMetric, levels: Levels) =>
      agreedVerdict(metric, tallyOf(of(counts.get(terms.basis)!), metric), {
        levels,
        terms,
        before: before.map((period): Tally => tallyOf(of(period), metric)),
      })
    const verdicts =
      groupBy === 'priority' && key !== null
        ? clockMetrics.flatMap((metric) => {
            const levels = onlyOne(agreed.targets.filter((each) => each.metric === metric && each.priority === key))
            return levels === null ? [] : [verdictOn(metric, levels)]
          })
        : terms.levels === null
          ? []
          : [verdictOn('resolution', terms.levels)]
    return { agreementVersionId: versionId, basis: terms.basis, verdicts }
  }
}

/** Shares that all of a priority's targets have in common; null where they differ or there are none. */
function onlyOne(targets: readonly Levels[]): Levels | null {
  const [first] = targets
  if (first === undefined) return null
  const isLike = ({ targetBp, expectedBp, minimumBp }: Levels) =>
    targetBp === first.targetBp && expectedBp === first.expectedBp && minimumBp === first.minimumBp
  return targets.every(isLike) ? first : null
}

async function termsAtEnd(
  { db, now }: Context,
  customerId: string,
  to: string | undefined,
): Promise<AgreedTerms | null> {
  // The day after the last is over when the period is; whatever its zone, a version holds for longer than a day.
  const end = to === undefined ? now : new Date(Math.min(now.getTime(), Date.parse(`${to}T00:00Z`) - 1))
  const rows = await db
    .selectFrom('agreementVersion')
    .select('agreementVersion.id')
    .where('agreementVersion.customerId', '=', customerId)
    .where('agreementVersion.type', '=', 'sla')
    .where('agreementVersion.state', 'in', ['active', 'superseded', 'expired', 'terminated'])
    .where('agreementVersion.validFrom', '<=', end)
    .where((where) => where.or([where('validTo', 'is', null), where('validTo', '>', end)]))
    .limit(2)
    .execute()
  const [first] = rows
  return first === undefined || rows.length > 1 ? null : (await readTerms(db, [first.id]))[0]!
}

async function readTerms(db: Db, ids: readonly string[]): Promise<AgreedTerms[]> {
  if (ids.length === 0) return []
  const versions = await db.selectFrom('agreementVersion').select(['id', 'terms']).where('id', 'in', ids).execute()
  const targets = await db
    .selectFrom('target')
    .select(['agreementVersionId', 'metric', 'priority', 'attainmentBp', 'expectedBp', 'minimumBp'])
    .where('agreementVersionId', 'in', ids)
    .execute()
  return versions.map(({ id, terms }) => ({
    versionId: id,
    terms: { ...defaultTerms, ...(terms as unknown as Terms) },
    targets: targets
      .filter(({ agreementVersionId }) => agreementVersionId === id)
      .map(({ metric, priority, attainmentBp, expectedBp, minimumBp }) => ({
        metric,
        priority,
        targetBp: attainmentBp,
        expectedBp: expectedBp ?? undefined,
        minimumBp: minimumBp ?? undefined,
      })),
  }))
}

/** Up to two periods before the reported one, the latest first: as many months as it has, else as many days. */
async function periodsBefore(
  db: Db,
  filter: Narrowed,
  groupBy: Grouping,
  basis: Terms['basis'],
): Promise<(readonly CountRow[])[]> {
  const { from, to } = filter
  // The month itself is the group: what was before it is another group.
  if (from === undefined || to === undefined || groupBy === 'month') return []
  const before: (readonly CountRow[])[] = []
  let earlier = { from, to }
  for (let periods = 0; periods < 2; periods++) {
    earlier = periodBefore(earlier)
    before.push(await countBy(db, { ...filter, ...earlier }, groupBy, basis))
  }
  return before
}

/** The period of the same length that ends where this one begins. */
export function periodBefore({ from, to }: { readonly from: string; readonly to: string }) {
  if (!from.endsWith('-01') || !to.endsWith('-01')) return { from: dateOf(2 * dayOf(from) - dayOf(to)), to: from }
  const monthsOf = (date: string) => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1
  const first = 2 * monthsOf(from) - monthsOf(to)
  return { from: `${Math.floor(first / 12)}-${String((first % 12) + 1).padStart(2, '0')}-01`, to: from }
}
