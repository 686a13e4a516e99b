import { sql } from 'kysely'
import type { Db } from '#platform/context.ts'
import { factDifferences } from './facts-difference.ts'
import type { FactDifference, Restatement, ReviewFacts } from './facts.ts'
import { hasSection, layoutOf, standsApart } from './layout.ts'
import type { ToldSection } from './chapters.ts'
import type { OrderedReview } from './records.ts'
import type { Wording } from './wording.ts'

/** The version before of the same edition, with what was put right since. */
export interface Before {
  readonly facts: ReviewFacts
  readonly reasons: Restatement['reasons']
}

/** Null for a first version. */
export async function readBefore(
  db: Db,
  {
    customerId,
    month,
    edition,
    report,
    version,
  }: Pick<OrderedReview, 'customerId' | 'month' | 'edition' | 'report' | 'version'>,
  lockedAt: Date,
): Promise<Before | null> {
  const row = await db
    .selectFrom('review')
    .select(['facts', 'lockedAt'])
    .where('customerId', '=', customerId)
    .where('month', '=', `${month}-01`)
    .where('edition', '=', edition)
    .where('report', '=', report)
    .where('version', '<', version)
    .where('state', '=', 'done')
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (row === undefined || row.facts === null || row.lockedAt === null) return null
  // Why somebody corrected is the provider's own wording: the customer is told what kind it was.
  const { rows: reasons } = await sql<{
    kind: Restatement['reasons'][number]['kind']
    at: string
    reason: string | null
    day: string | null
  }>`
    select kind, to_char(decided_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at,
      ${edition === 'internal' ? sql`reason` : sql`null`} as reason,
      case when kind = 'late-holiday' then change->>'date' end as day
    from correction where state = 'applied' and (customer_id = ${customerId} or customer_id is null)
      and decided_at > ${row.lockedAt} and decided_at <= ${lockedAt}
    order by decided_at, id limit 20`.execute(db)
  return {
    facts: row.facts as unknown as ReviewFacts,
    reasons: reasons.map(({ day, ...reason }) => ({ ...reason, ...(day !== null && { day }) })),
  }
}

/** What `facts` tell otherwise than the version before; nothing where they tell the same. */
export function restated(facts: ReviewFacts, before: Before | null): Restatement | undefined {
  if (before === null) return undefined
  const changes = factDifferences(before.facts, facts)
  if (changes.length === 0) return undefined
  return { of: before.facts.version, changes: [...changes], reasons: before.reasons }
}

/** Whether a document tells what changed at all: on a page about one thing nothing is said of another. */
function shownIn(facts: Pick<ReviewFacts, 'report' | 'edition'>): (change: FactDifference) => boolean {
  const layout = layoutOf(facts)
  const { parts } = layout
  // A story may be told of anything.
  if (parts.has('story')) return (change) => change.kind !== 'section' || !standsApart(change.section)
  return (change) => {
    if (change.kind === 'section') return hasSection(layout, change.section)
    if (change.kind === 'target' || change.kind === 'agreements' || change.kind === 'excluded')
      return parts.has('levels')
    if (change.kind === 'availability') return parts.has('availability')
    return parts.has('volumes')
  }
}

/**
 * The same in words: what changed first, then why.
 *
 * @param told Sections in that language, which know their own figures; of one that does not, its name is said.
 */
export function restatementSentences(
  { restatement, report, edition }: ReviewFacts,
  wording: Wording,
  told: readonly Pick<ToldSection, 'key' | 'restated'>[] = [],
): string[] {
  if (restatement === undefined) return []
  const { say, number, target, date, day, duration, list } = wording
  const { of, changes, reasons } = restatement
  const time = (ms: number | null) => (ms === null ? say('not-measured') : duration(ms))
  const cases = (tally: { readonly met: number; readonly failed: number } | null) =>
    tally === null ? say('not-measured') : say('cases.of', { met: tally.met, cases: tally.met + tally.failed })
  const shown = changes.filter(shownIn({ report, edition }))
  if (shown.length === 0) return []
  const changed = shown.flatMap((change): string | string[] => {
    switch (change.kind) {
      case 'target':
        return say('restated.from-to', {
          what: target(change),
          before: cases(change.before),
          after: cases(change.after),
        })
      case 'availability':
        return say('restated.from-to', {
          what: say('restated.down', { service: change.service }),
          before: time(change.before),
          after: time(change.after),
        })
      case 'agreements':
        return say('restated.from-to', {
          what: say('cover.agreement'),
          before: list(change.before),
          after: list(change.after),
        })
      case 'list':
        return say('restated.list')
      case 'section': {
        const { restated: sentences = [] } = told.find(({ key }) => key === change.section) ?? {}
        return sentences.length === 0
          ? say('restated.section', { section: change.section.replaceAll('-', '_') })
          : [...sentences]
      }
      case 'opened':
      case 'resolved':
      case 'backlog':
      case 'excluded':
      case 'incidents':
        return say('restated.from-to', {
          what: say(`restated.${change.kind}`),
          before: number(change.before),
          after: number(change.after),
        })
      default:
        return change satisfies never
    }
  })
  const why = reasons.map(({ kind, at, reason, day: on }) =>
    say('restated.why', {
      kind:
        on === undefined
          ? say(`restated.kind.${kind}`)
          : say('restated.kind-on', { kind: say(`restated.kind.${kind}`), day: day(on) }),
      date: date(at),
      reason: reason === null ? '' : ` (${reason})`,
    }),
  )
  return [say('restated.of', { version: of }), ...changed, ...(why.length === 0 ? [say('restated.why-late')] : why)]
}
