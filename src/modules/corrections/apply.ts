import { Failure } from '#core/failure.ts'
import { adjustAvailability, keepTold } from '#modules/availability'
import { recomputeClocks } from '#modules/incidents'
import { recountOrders } from '#modules/requests'
import { audit, record } from '#platform/history.ts'
import type { JobWorld } from '#platform/worker.ts'
import { failed, readApproved } from './compute.ts'
import { affectedBy, availabilityTouched, makeChange, ordersAffectedBy } from './make.ts'
import { lockCorrection, updateCorrection } from './queries.ts'

/**
 * Makes the change of an approved correction and counts what it touches. Stopped in between it goes on where it was: the
 * change is made once, and counting again does no harm.
 */
export async function applyCorrection(world: JobWorld, correctionId: string): Promise<void> {
  const { db, pool, now, signal, inTransaction } = world
  const approved = await readApproved(db, correctionId)
  if (approved === null || approved.state !== 'approved') return
  if (approved.changedAt === null) {
    try {
      await inTransaction(async (context) => {
        const { changedAt } = await lockCorrection(context.db, correctionId)
        if (changedAt !== null) return
        const services = (await availabilityTouched(context.db, approved))?.customerIds ?? []
        for (const customerId of services) await keepTold(context, customerId)
        await makeChange(context, approved)
        for (const customerId of services) await adjustAvailability(context, customerId, correctionId)
        await updateCorrection(context.db, correctionId, { changedAt: context.now })
      })
    } catch (error) {
      // What was approved cannot be made any more: something else was changed since.
      if (!(error instanceof Failure)) throw error
      return failed(db, correctionId, error)
    }
  }
  for (const affected of await affectedBy(db, approved)) {
    await recomputeClocks(pool, db, { ...affected, now: now(), signal, correctionId })
    signal.throwIfAborted()
  }
  const orders = await ordersAffectedBy(db, approved)
  if (orders !== null) await recountOrders(world, orders, correctionId)
  await inTransaction(async (context) => {
    await updateCorrection(context.db, correctionId, { state: 'applied', appliedAt: context.now })
    const { change, customerId } = approved
    if (change.kind === 'late-holiday') {
      const about = { subjectType: 'calendar', subjectId: change.calendar, customerId } as const
      await record(context, { ...about, kind: 'calendar.corrected', facts: { date: change.date, label: change.label } })
    }
    await audit(context, {
      action: 'correction.applied',
      subjectType: 'correction',
      subjectId: correctionId,
      customerId: approved.customerId,
    })
  })
}
