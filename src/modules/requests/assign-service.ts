import { invalid, refused } from '#core/failure.ts'
import { askOf, monthsOf, type Result, verdictOf } from '#modules/service-levels'
import { requireService } from '#modules/services'
import type { Context, Db } from '#platform/context.ts'
import { audit, record } from '#platform/history.ts'
import { countOf } from './promise.ts'
import { getRequest, lockRequest } from './queries.ts'
import { toldNow, toldRow } from './settle.ts'

export interface ServiceCorrection {
  /** Id or number. */
  readonly request: string
  /** Id or name of the service that was ordered for; null for none. */
  readonly service: string | null
}

/** The order and the service whose agreement is to hold for it. Throws when that is so already, or there is no such service. */
export async function requireAssignableOrder(context: Context, { request: name, service }: ServiceCorrection) {
  const request = await getRequest(context, name)
  if (request.state === 'draft') throw refused('correction.draft-order')
  const found = service === null ? null : await requireService(context.db, request.customer.id, service)
  if ((found?.id ?? null) === (request.service?.id ?? null)) {
    throw invalid('correction.same-service', {}, { errors: [{ path: 'change.service', message: '' }] })
  }
  return { request, service: found && { id: found.id, name: found.name } }
}

/**
 * It was ordered for another service than was said, so that another agreement held, or another promise of the same one.
 * Counting is the caller's.
 */
export async function assignOrderService(
  context: Context,
  { correctionId, ...correction }: ServiceCorrection & { readonly correctionId: string },
): Promise<void> {
  const { db, now } = context
  const { request, service } = await requireAssignableOrder(context, correction)
  const kept = await lockRequest(context, request.id)
  const about = { subjectType: 'request', subjectId: kept.id, customerId: kept.customerId } as const
  await record(context, {
    ...about,
    kind: 'request.corrected',
    facts: {
      of: 'service',
      correction: correctionId,
      formerService: request.service?.name ?? null,
      service: service?.name ?? null,
    },
    visibility: 'public',
  })
  await audit(context, { action: 'request.corrected', ...about, facts: { of: 'service', correction: correctionId } })
  const told = toldNow(kept, await countOf(db, kept, now))
  const stays = !kept.onlyAdjusted && verdictOf(told) !== null && (await isToldForGood(db, kept.customerId, told!))
  // The figures of a locked month stay those of the service for which they were told.
  if (stays)
    await db
      .insertInto('requestTold')
      .values(toldRow(kept, told!, now))
      .execute()
  await db
    .updateTable('request')
    .set({
      serviceId: service?.id ?? null,
      updatedAt: now,
      version: kept.version + 1,
      // What is told is kept before the agreement is looked for anew.
      fulfilment: told && JSON.stringify(told),
      onlyAdjusted: kept.onlyAdjusted || stays,
    })
    .where('id', '=', kept.id)
    .execute()
}

async function isToldForGood(db: Db, customerId: string, { stoppedAt }: Result): Promise<boolean> {
  const months = await monthsOf(askOf(db), [customerId])
  return months.locked(customerId, stoppedAt!) !== null
}
