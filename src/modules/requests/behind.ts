import { heldClock } from '#core/chain.ts'
import type { ClockResult, ClockSegment } from '#core/clock.ts'
import { wholeSeconds } from '#core/clock-text.ts'
import { fulfilmentFor, readBehind } from '#modules/service-levels'
import type { Db } from '#platform/context.ts'
import type { OrderHolders } from './api.ts'
import { cutBy, type Held } from './held.ts'

/** An order as far as it decides about what stands behind its promise. */
interface Relying {
  /** By which its promise is counted. */
  readonly versionId: string
  readonly itemId: string
  readonly serviceId: string | null
  readonly siteId: string | null
  readonly orderedAt: Date
}

/**
 * The clocks of what stands behind an order's promise, through others as well: what each promises for such an order in its
 * own hours, running while its team has tasks of it to do. One without a team, and one that promises nothing for orders, has
 * none. Teams that have tasks at once are counted each for itself.
 *
 * @param result The order's own promise, counted until `now`.
 */
export async function countOrderBehind(
  db: Db,
  { versionId, itemId, serviceId, siteId, orderedAt }: Relying,
  { result, held, now }: { readonly result: ClockResult; readonly held: readonly Held[]; readonly now: number },
): Promise<OrderHolders['behind']> {
  const behind = await readBehind(db, versionId, { serviceId, siteId }, orderedAt)
  // Who has it from this very moment on is seen a moment later.
  const segments = result.segments.map((segment) =>
    result.stoppedAt === null && segment.to === now ? { ...segment, to: now + 1 } : segment,
  )
  const cut = cutBy(segments, held)
  return behind.flatMap(({ agreementId, name, type, step, partyTeamId: party, agreement }) => {
    const promised = fulfilmentFor(agreement.fulfilment, { itemId, serviceId })
    if (promised === null || party === null) return []
    const has = ({ holding }: (typeof cut)[number]) => holding?.kind === 'tasks' && holding.teams.includes(party)
    const stretches = cut.map((each): ClockSegment => ({
      ...each.stretch,
      from: each.from,
      to: each.to,
      team: has(each) ? party : null,
    }))
    const target = { targetMs: promised.targetSeconds * 1000, days: promised.days, open: agreement.open }
    const isHeld = ({ kind, team }: ClockSegment) => kind === 'run' && team === party
    const clock = heldClock({ ...result, segments: stretches }, { target, boundary: 'closing', isHeld }, now)
    const { state, startAt, dueAt, breachedAt, targetMs, elapsedMs } = clock
    return [
      {
        agreementId,
        name,
        type,
        step,
        state,
        startedAt: dateOf(startAt),
        dueAt: dateOf(dueAt),
        breachedAt: dateOf(breachedAt),
        targetSeconds: wholeSeconds(targetMs),
        elapsedSeconds: wholeSeconds(elapsedMs),
      },
    ]
  })
}

function dateOf(moment: number | null): Date | null {
  return moment === null ? null : new Date(moment)
}
