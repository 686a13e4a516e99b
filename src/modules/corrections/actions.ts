import { z } from 'zod'
import { Failure, refused } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { require } from '#core/may.ts'
import type { Context } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import type { Correction, CorrectionRequest } from './api.ts'
import { change as changeSchema, type CorrectionState } from './change.ts'
import { examine } from './examine.ts'
import { applyCorrectionJob, computeCorrectionJob } from './jobs.ts'
import { barredFromDeciding, barredFromRequesting } from './may.ts'
import { getCorrection, insertCorrection, lockCorrection, updateCorrection } from './queries.ts'

/** From which states each step is taken. What is not listed is refused. */
const before = {
  computing: ['draft', 'computed', 'failed'],
  approved: ['computed'],
  rejected: ['draft', 'computed', 'failed'],
} as const satisfies Partial<Record<CorrectionState, readonly CorrectionState[]>>

/** Writes down that something was counted wrongly. Throws when the change could not be made. */
export async function requestCorrection(
  context: Context,
  { reason, evidence, change }: CorrectionRequest,
): Promise<Correction> {
  require(barredFromRequesting(context.actor))
  const { db, now, actor } = context
  const { customerId, change: examined } = await examine(context, change, evidence)
  const id = newId(now.getTime())
  await insertCorrection(db, {
    id,
    customerId,
    kind: change.kind,
    change: JSON.stringify(z.encode(changeSchema, examined)),
    reason,
    evidence,
    requestedBy: actor.personId,
    requestedAt: now,
  })
  await audit(context, {
    action: 'correction.requested',
    subjectType: 'correction',
    subjectId: id,
    customerId,
    facts: { kind: change.kind },
  })
  return getCorrection(context, id)
}

/** Has what it would change counted in the background. */
export async function computeCorrection(context: Context, id: string): Promise<Correction> {
  require(barredFromRequesting(context.actor))
  const { db, enqueue } = context
  await lockIn(context, id, 'computing')
  await updateCorrection(db, id, { state: 'computing', progress: 0, counts: null, figures: null, failure: null })
  await enqueue(computeCorrectionJob, { correctionId: id })
  return getCorrection(context, id)
}

interface Decision {
  readonly note?: string | undefined
}

/** Lets it take effect, in the background. Not by who asked for it, and only on the differences that they looked at. */
export async function approveCorrection(
  context: Context,
  id: string,
  version: number,
  { note }: Decision,
): Promise<Correction> {
  require(barredFromDeciding(context.actor))
  const { db, now, actor, enqueue } = context
  const correction = await lockIn(context, id, 'approved')
  if (correction.requestedBy === actor.personId) throw refused('correction.own')
  if (correction.version !== version) throw new Failure('moved-on', 'request.moved-on')
  await updateCorrection(db, id, {
    state: 'approved',
    decidedBy: actor.personId,
    decidedAt: now,
    decisionNote: note ?? null,
  })
  await audit(context, { action: 'correction.approved', ...about(correction), facts: { counts: correction.counts } })
  await enqueue(applyCorrectionJob, { correctionId: id })
  return getCorrection(context, id)
}

/** Leaves everything as it is. Who asked may take it back. */
export async function rejectCorrection(
  context: Context,
  id: string,
  version: number,
  { note }: Decision,
): Promise<Correction> {
  const { db, now, actor } = context
  const correction = await lockIn(context, id, 'rejected')
  if (correction.requestedBy !== actor.personId) require(barredFromDeciding(actor))
  if (correction.version !== version) throw new Failure('moved-on', 'request.moved-on')
  await updateCorrection(db, id, {
    state: 'rejected',
    decidedBy: actor.personId,
    decidedAt: now,
    decisionNote: note ?? null,
  })
  await audit(context, { action: 'correction.rejected', ...about(correction) })
  return getCorrection(context, id)
}

/** The correction, locked, if that step can be taken from where it is. */
async function lockIn({ db }: Context, id: string, to: keyof typeof before) {
  const correction = await lockCorrection(db, id)
  const from: readonly string[] = before[to]
  if (!from.includes(correction.state)) throw refused('correction.cannot', { state: correction.state, to })
  return correction
}

function about({ id, customerId }: { readonly id: string; readonly customerId: string | null }) {
  return { subjectType: 'correction', subjectId: id, customerId } as const
}
