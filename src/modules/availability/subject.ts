import { Failure, invalid } from '#core/failure.ts'
import { requireCustomer } from '#modules/customers'
import { requireService } from '#modules/services'
import type { Context } from '#platform/context.ts'

/** The customer and their service that something is said about. */
export async function subjectOf({ db }: Context, customer: string, service: string) {
  const { id: customerId } = await requireCustomer(db, customer)
  const { id: serviceId } = await requireService(db, customerId, service)
  return { customerId, serviceId }
}

/** Clocks of other machines may be this much ahead. */
const SKEW_MS = 120_000

/** Refuses what cannot have happened yet. */
export function requirePast({ now }: Context, at: Date): void {
  if (at.getTime() > now.getTime() + SKEW_MS) throw invalid('availability.from-the-future')
}

export function movedOn(): Failure {
  return new Failure('moved-on', 'request.moved-on')
}
