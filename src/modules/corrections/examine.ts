import { notFound, refused } from '#core/failure.ts'
import { examineLateFact } from '#modules/availability'
import { requireAssignable, requireCorrectable, requireLatePause } from '#modules/incidents'
import { requireAssignableOrder, requireCorrectableOrder, requireExcludableOrder } from '#modules/requests'
import { dayOf, getAgreement, getCalendar, requireExcludable } from '#modules/service-levels'
import type { Context } from '#platform/context.ts'
import type { Change } from './change.ts'
import { orderFactOf } from './make.ts'

export interface Examined {
  /** Null: a calendar that several customers share. */
  readonly customerId: string | null
  /** With ids in the place of names. */
  readonly change: Change
}

/** Whether a change could be made, and whose affair it is. Throws with a sentence when not. */
export async function examine(context: Context, change: Change, evidence: string): Promise<Examined> {
  const { db, now, actor } = context
  switch (change.kind) {
    case 'late-holiday': {
      const { customerId } = await getCalendar(db, change.calendar)
      if (customerId === null && actor.access === 'limited') throw refused('correction.shared-calendar')
      const { to } = await dayOf(db, { calendarId: change.calendar, date: change.date })
      if (to > now) throw refused('correction.not-past', { date: change.date })
      return { customerId, change }
    }
    case 'corrected-timestamp': {
      const { incident } = await requireCorrectable(context, {
        incident: change.incident,
        factId: change.fact,
        at: change.occurredAt,
      })
      return { customerId: incident.customerId, change: { ...change, incident: incident.id } }
    }
    case 'disputed-pause': {
      const { incident } = await requireCorrectable(context, {
        incident: change.incident,
        factId: change.fact,
        reason: change.waitedFor,
      })
      return { customerId: incident.customerId, change: { ...change, incident: incident.id } }
    }
    case 'late-pause': {
      const { incident } = await requireLatePause(context, change)
      return { customerId: incident.customerId, change: { ...change, incident: incident.id } }
    }
    case 'wrong-agreement': {
      const { incident, serviceId } = await requireAssignable(context, change.incident, change.service)
      return { customerId: incident.customerId, change: { ...change, incident: incident.id, service: serviceId } }
    }
    case 'back-dated-contract': {
      const { customerId, versions } = await getAgreement(db, change.agreement)
      const version = versions.find(({ id }) => id === change.version)
      if (!version) throw notFound('agreement.not-found', { agreement: change.version })
      if (!['draft', 'negotiating', 'agreed'].includes(version.state)) throw refused('agreement.active')
      if (version.validFrom > now) throw refused('correction.not-back-dated')
      return { customerId, change }
    }
    case 'availability': {
      const { customerId, serviceId: service, from, to } = await examineLateFact(context, change.fact, evidence)
      return { customerId, change: { ...change, about: { service, from, to } } }
    }
    case 'order-timestamp':
    case 'order-pause': {
      const found = await requireCorrectableOrder(context, orderFactOf(change))
      return { customerId: found.request.customer.id, change: { ...change, request: found.request.id } }
    }
    case 'order-agreement': {
      const { request: order, service } = await requireAssignableOrder(context, change)
      return { customerId: order.customer.id, change: { ...change, request: order.id, service: service?.id ?? null } }
    }
    case 'order-exclusion': {
      const { customerId, requestId } = await requireExcludableOrder(context, change.request)
      return { customerId, change: { ...change, request: requestId } }
    }
    case 'exclusion':
      break
  }
  const { customerId } = await requireExcludable(db, change.clock)
  return { customerId, change }
}
