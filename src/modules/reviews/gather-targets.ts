import type { PromiseRow, TallyRow } from './fact-queries.ts'
import { type TargetFacts, TREND_MONTHS } from './facts.ts'
import { trendMonths } from './period.ts'
import { judge } from './verdict.ts'

/** Targets that held in the month or were measured in it: a promise is one as long as agreement, time and share are. */
export function targetFacts(
  promised: readonly PromiseRow[],
  counted: readonly TallyRow[],
  open: readonly { readonly targetId: string; readonly open: number }[],
  month: string,
): TargetFacts[] {
  const reviewed = TREND_MONTHS - 1
  const targets = promised.filter((row): row is PromiseRow & { metric: TargetFacts['metric'] } => row.metric !== null)
  const relevant = targets.filter(
    ({ targetId, inForce }) =>
      inForce ||
      counted.some((tally) => tally.targetId === targetId && tally.month === reviewed) ||
      open.some((each) => each.targetId === targetId),
  )
  const alike = Map.groupBy(relevant, ({ agreementId, metric, priority, targetSeconds, attainmentBp }) =>
    [agreementId, metric, priority, targetSeconds, attainmentBp].join(' '),
  )
  const facts = [...alike.values()].map((same): TargetFacts => {
    const one = same.at(-1)!
    const ids = new Set(same.map(({ targetId }) => targetId))
    const now = sumOf(counted.filter((tally) => tally.month === reviewed && ids.has(tally.targetId)))
    // The trend is the promise's whatever its terms were then.
    const kin = new Set(
      targets
        .filter(
          ({ agreementId, metric, priority }) =>
            agreementId === one.agreementId && metric === one.metric && priority === one.priority,
        )
        .map(({ targetId }) => targetId),
    )
    const trend = trendMonths(month).map((name, index) => {
      const { met, failed } = sumOf(counted.filter((tally) => tally.month === index && kin.has(tally.targetId)))
      return { month: name, met, failed }
    })
    return {
      agreement: one.agreement,
      metric: one.metric,
      priority: one.priority,
      targetMs: one.targetSeconds * 1000,
      attainmentBp: one.attainmentBp,
      ...judge(now, one.attainmentBp),
      met: now.met,
      failed: now.failed,
      excluded: now.excluded,
      nearMisses: now.near,
      openBreached: open.filter((each) => ids.has(each.targetId)).reduce((sum, each) => sum + each.open, 0),
      trend,
    }
  })
  return facts.toSorted((one, other) => orderOf(one).localeCompare(orderOf(other)))
}

/** By agreement, then priority, the resolution before the response: what people wait for comes first. */
function orderOf({ agreement, priority, metric, targetMs }: TargetFacts): string {
  return `${agreement} ${priority} ${metric === 'resolution' ? 0 : 1} ${String(targetMs).padStart(15, '0')}`
}

function sumOf(rows: readonly TallyRow[]) {
  const sum = { met: 0, failed: 0, excluded: 0, near: 0 }
  for (const row of rows) {
    sum.met += row.met
    sum.failed += row.failed
    sum.excluded += row.excluded
    sum.near += row.near
  }
  return sum
}
