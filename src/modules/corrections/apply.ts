import { Failure } from '#core/failure.ts'
import { recomputeClocks } from '#modules/incidents'
import { audit } from '#platform/history.ts'
import type { JobWorld } from '#platform/worker.ts'
import { failed, readApproved } from './compute.ts'
import { affectedBy, makeChange } from './make.ts'
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
        await makeChange(context, approved)
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
  await inTransaction(async (context) => {
    await updateCorrection(context.db, correctionId, { state: 'applied', appliedAt: context.now })
    await audit(context, {
      action: 'correction.applied',
      subjectType: 'correction',
      subjectId: correctionId,
      customerId: approved.customerId,
    })
  })
}
