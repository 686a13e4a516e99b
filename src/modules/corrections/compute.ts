import type { Insertable } from 'kysely'
import type { DB } from '#db'
import { Failure } from '#core/failure.ts'
import { differencesOf, knownMonths } from '#modules/availability'
import { foreseeClocks } from '#modules/incidents'
import { foreseeOrders, requireExcludableOrder } from '#modules/requests'
import {
  type BehindChange,
  type ClockChange,
  type Excludable,
  forgetVersion,
  isSameResult,
  type OrderChange,
  requireExcludable,
  verdictOf,
} from '#modules/service-levels'
import type { Context, Db } from '#platform/context.ts'
import type { JobWorld } from '#platform/worker.ts'
import type { Change } from './change.ts'
import { affectedBy, availabilityTouched, type Approved, makeChange, ordersAffectedBy } from './make.ts'
import { sumFigures } from './figures.ts'
import { noteWaiting } from './news.ts'
import { changeOf, deleteDifferences, insertDifferences, setProgress, updateCorrection } from './queries.ts'

/** Of these nothing is counted: the result is as it was, and whether it counts is said. */
const exclusions: ReadonlySet<Change['kind']> = new Set(['exclusion', 'order-exclusion'])

/** Thrown to undo what was done only to see what would follow. */
class Undone extends Error {
  override readonly name = 'Undone'
}

interface Counts {
  clocks: number
  /** What others promised behind them; in no other count, since customers read those. */
  behind: number
  flips: number
  locked: number
  movedIn: number
  figures: number
  lockedFigures: number
}

/**
 * Counts what a correction would change: makes the change in a transaction, counts there by the code that counts clocks
 * anyway, writes the differences down outside of it, and undoes it. The desk goes on meanwhile.
 */
export async function computeDifferences(world: JobWorld, correctionId: string): Promise<void> {
  const { db } = world
  const correction = await readApproved(db, correctionId)
  // Somebody took it back meanwhile, or it is done.
  if (correction === null || correction.state !== 'computing') return
  await deleteDifferences(db, correctionId)
  const counts: Counts = { clocks: 0, behind: 0, flips: 0, locked: 0, movedIn: 0, figures: 0, lockedFigures: 0 }
  try {
    const touched = await availabilityTouched(db, correction)
    const known = touched === null ? [] : await knownMonths({ db, now: world.now() }, touched)
    let availability: ReturnType<typeof differencesOf> = []
    await whatIf(world, correction, async (context) => {
      if (touched !== null) availability = differencesOf(known, await knownMonths(context, touched))
      if (exclusions.has(correction.change.kind)) return
      let looked = 0
      for (const affected of await affectedBy(context.db, correction)) {
        await foreseeClocks(context.db, {
          ...affected,
          now: context.now,
          signal: world.signal,
          onChanges: async (changes, behind, incidents) => {
            const rows = changes.flatMap((change) => differenceOf(correctionId, change) ?? [])
            const rowsBehind = behind.map((change) => behindDifferenceOf(correctionId, change))
            await keepDifferences(db, [...rows, ...rowsBehind], counts)
            await setProgress(db, correctionId, (looked += incidents))
          },
        })
      }
      const orders = await ordersAffectedBy(context.db, correction)
      if (orders === null) return
      await foreseeOrders(context, orders, async (changes, counted) => {
        await keepDifferences(
          db,
          changes.map((change) => orderDifferenceOf(correctionId, change)),
          counts,
        )
        await setProgress(db, correctionId, (looked += counted))
      })
    })
    if (correction.change.kind === 'exclusion') {
      const excluded = await requireExcludable(db, correction.change.clock)
      await keepDifferences(db, [exclusionOf(correctionId, excluded)], counts)
    }
    if (correction.change.kind === 'order-exclusion') {
      const { request } = correction.change
      const excluded = await world.inTransaction((context) => requireExcludableOrder(context, request))
      await keepDifferences(db, [exclusionOf(correctionId, { ...excluded, metric: 'fulfilment' })], counts)
    }
    counts.figures = availability.length
    counts.lockedFigures = availability.filter(({ locked }) => locked).length
    await updateCorrection(db, correctionId, {
      state: 'computed',
      counts: JSON.stringify(counts),
      figures: JSON.stringify(await sumFigures(db, correctionId)),
      availability: JSON.stringify(availability),
      computedAt: world.now(),
    })
    await noteWaiting(world, correctionId)
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    await failed(db, correctionId, error)
  }
}

/** Says why the change cannot be made, for whoever asked for it. */
export async function failed(db: Db, correctionId: string, { code, values }: Failure): Promise<void> {
  await updateCorrection(db, correctionId, { state: 'failed', failure: JSON.stringify({ code, values }) })
}

/** Does `look` in a world in which the change was made, and undoes it. */
async function whatIf(
  { inTransaction }: Pick<JobWorld, 'inTransaction'>,
  approved: Approved,
  look: (context: Context) => Promise<void>,
): Promise<void> {
  try {
    await inTransaction(async (context) => {
      const quiet: Context = { ...context, listeners: {}, enqueue: async () => undefined }
      await makeChange(quiet, approved)
      await look(quiet)
      throw new Undone()
    })
  } catch (error) {
    if (!(error instanceof Undone)) throw error
  } finally {
    if (approved.change.kind === 'back-dated-contract') forgetVersion(approved.change.version)
  }
}

/** A correction with what making its change needs; null when there is none. */
export async function readApproved(
  db: Db,
  id: string,
): Promise<(Approved & { readonly state: string; readonly changedAt: Date | null }) | null> {
  const row = await db
    .selectFrom('correction')
    .leftJoin('person as requester', 'requester.id', 'correction.requestedBy')
    .leftJoin('person as decider', 'decider.id', 'correction.decidedBy')
    .select(['correction.id', 'correction.customerId', 'correction.evidence', 'correction.change', 'correction.state'])
    .select(['correction.requestedBy', 'correction.decidedBy'])
    .select(['correction.changedAt', 'requester.name as requester', 'decider.name as decider'])
    .where('correction.id', '=', id)
    .executeTakeFirst()
  return row === undefined ? null : { ...row, change: changeOf(row.change) }
}

type DifferenceRow = Omit<Insertable<DB['correctionDifference']>, 'position'>

async function keepDifferences(db: Db, rows: readonly DifferenceRow[], counts: Counts): Promise<void> {
  await insertDifferences(
    db,
    rows.map((row, index) => ({ ...row, position: counts.clocks + counts.behind + index + 1 })),
  )
  for (const { behind, flips, locked, movedIn } of rows) {
    if (behind) {
      counts.behind += 1
      continue
    }
    counts.clocks += 1
    if (flips === true) counts.flips += 1
    if (locked === true) counts.locked += 1
    if (movedIn === true) counts.movedIn += 1
  }
}

/** Null for a clock that differs by nothing but the time that went by. */
function differenceOf(correctionId: string, change: ClockChange): DifferenceRow | null {
  const { before, after, was, is, month, lockedMonth, stored } = change
  if (isSameResult(was, is)) return null
  const { customerId, incidentId, number, metric } = (before ?? after)!
  return {
    correctionId,
    customerId,
    incidentId,
    clockId: before?.id ?? null,
    number,
    metric,
    before: was === null ? null : JSON.stringify(was),
    after: is === null ? null : JSON.stringify(is),
    month: month === null ? null : `${month}-01`,
    locked: lockedMonth !== null,
    // What was told in a locked month is stored in its place only when it runs again.
    movedIn: lockedMonth !== null && stored && verdictOf(is) !== null,
    flips: verdictOf(was) !== verdictOf(is),
  }
}

function orderDifferenceOf(
  correctionId: string,
  { order, was, is, month, lockedMonth, stored }: OrderChange,
): DifferenceRow {
  return {
    correctionId,
    customerId: order.customerId,
    requestId: order.id,
    number: order.number,
    metric: 'fulfilment',
    before: was === null ? null : JSON.stringify(was),
    after: is === null ? null : JSON.stringify(is),
    month: month === null ? null : `${month}-01`,
    locked: lockedMonth !== null,
    movedIn: lockedMonth !== null && stored && verdictOf(is) !== null,
    flips: verdictOf(was) !== verdictOf(is),
  }
}

/** In no month, and in no figure: what others promised us is reckoned with them. */
function behindDifferenceOf(
  correctionId: string,
  { customerId, incidentId, number, metric, behind, was, is }: BehindChange,
): DifferenceRow {
  return {
    correctionId,
    customerId,
    incidentId,
    clockId: null,
    number,
    metric,
    behind,
    before: was === null ? null : JSON.stringify(was),
    after: is === null ? null : JSON.stringify(is),
    month: null,
    locked: false,
    movedIn: false,
    flips: verdictOf(was) !== verdictOf(is),
  }
}

function exclusionOf(
  correctionId: string,
  { result, month, locked, ...of }: Excludable & Omit<DifferenceRow, 'correctionId'>,
): DifferenceRow {
  return {
    correctionId,
    ...of,
    before: JSON.stringify(result),
    after: JSON.stringify({ ...result, excluded: true }),
    month: `${month}-01`,
    locked,
    flips: true,
  }
}
