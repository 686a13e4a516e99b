import type { Actor } from '#platform/context.ts'
import { barredFromManaging } from '#core/may.ts'

/** Whether somebody may manage a customer as a whole now: what goes on in their name goes no further. */
export function managesWhole(actor: Actor | undefined, customerId: string): boolean {
  if (actor === undefined || barredFromManaging(actor) !== null) return false
  return (
    actor.access === 'staff' || (actor.access === 'limited' && (actor.whole ?? actor.customers).includes(customerId))
  )
}
