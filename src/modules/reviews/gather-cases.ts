import { openMsBetween } from '#core/calendar.ts'
import type { Holding } from '#core/handovers.ts'
import { holdingsUntil } from '#modules/incidents'
import { agreementsOfClocks } from '#modules/service-levels'
import type { Db } from '#platform/context.ts'
import type { CaseRow } from './fact-queries.ts'
import { LISTED_CASES, type ReviewCase, type ReviewFacts } from './facts.ts'

/** Misses, each with what took its time, as far as its history tells and everybody may know. */
export async function withReasons(db: Db, rows: readonly CaseRow[], total: number): Promise<ReviewFacts['misses']> {
  const { items, more } = await listed(db, rows, total)
  const holdings = await holdingsUntil(
    db,
    rows.map(({ incidentId, stoppedAt }) => ({ incidentId, until: stoppedAt })),
  )
  const told = items.map((item, index) =>
    rows[index]!.confidential ? item : { ...item, why: whyOf(holdings[index]!) },
  )
  return { items: told, more }
}

function whyOf({ stays, handovers }: Holding): NonNullable<ReviewCase['why']> {
  const waits = new Map<string, number>()
  for (const { from, to, waitsFor } of stays)
    if (waitsFor !== null) waits.set(waitsFor, (waits.get(waitsFor) ?? 0) + to - from)
  const [longest] = [...waits].toSorted(([, one], [, other]) => other - one)
  return {
    waitedFor: longest?.[0] ?? null,
    waitedMs: longest?.[1] ?? 0,
    handovers: handovers.length,
  }
}

export async function listed(db: Db, rows: readonly CaseRow[], total: number): Promise<ReviewFacts['misses']> {
  const agreements = await agreementsOfClocks(db, rows)
  const items: ReviewCase[] = []
  for (const { incidentId: _, confidential: _few, agreementVersionId, calendarVersionId, ...row } of rows) {
    const { startedAt, dueAt, stoppedAt } = row
    // Service time between start and end that the clock did not count: it was paused.
    const open = agreements.of({ agreementVersionId, calendarVersionId }).openOf(calendarVersionId)
    const served = startedAt === null ? 0 : openMsBetween(open, startedAt.getTime(), stoppedAt.getTime())
    items.push({
      ...row,
      startedAt: startedAt?.toISOString() ?? null,
      dueAt: dueAt?.toISOString() ?? null,
      stoppedAt: stoppedAt.toISOString(),
      pausedMs: Math.max(0, Math.round(served) - row.elapsedMs),
    })
  }
  return { items, more: Math.max(0, total - Math.min(items.length, LISTED_CASES)) }
}
