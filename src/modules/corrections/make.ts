import { DAY_MS } from '#core/calendar-rules.ts'
import { instantAt } from '#core/zone.ts'
import { customersPromisedIn, makeLateFact, type Touched } from '#modules/availability'
import { assignService, correctFact, enterLatePause, type RecomputationScope } from '#modules/incidents'
import {
  assignOrderService,
  correctOrder,
  excludeOrder,
  type OrderFactCorrection,
  type OrderScope,
} from '#modules/requests'
import {
  activateVersion,
  correctDay,
  customersCountedIn,
  excludeClock,
  getAgreement,
  getCalendar,
} from '#modules/service-levels'
import type { Context, Db } from '#platform/context.ts'
import type { Change } from './change.ts'

/** A correction as far as its change is concerned. */
export interface Approved {
  readonly id: string
  readonly customerId: string | null
  readonly evidence: string
  readonly change: Change
  /** Names. */
  readonly requester: string | null
  readonly decider: string | null
  /** Ids of the same. */
  readonly requestedBy: string | null
  readonly decidedBy: string | null
}

/** Makes the change itself; counting what follows from it is the caller's. Throws when it cannot be made (any more). */
export async function makeChange(context: Context, approved: Approved): Promise<void> {
  // What follows is counted by who asks for the change and not by who listens.
  const alone: Context = { ...context, listeners: {} }
  const { id, change, evidence, requester, decider } = approved
  const excluded = { evidence, requestedBy: requester, approvedBy: decider, correctionId: id }
  switch (change.kind) {
    case 'late-holiday': {
      const { calendar, date, windows, label } = change
      return correctDay(alone, { calendarId: calendar, date, windows, label })
    }
    case 'corrected-timestamp':
      return correctFact(alone, {
        incident: change.incident,
        factId: change.fact,
        at: change.occurredAt,
        correctionId: id,
      })
    case 'disputed-pause':
      return correctFact(alone, {
        incident: change.incident,
        factId: change.fact,
        reason: change.waitedFor,
        correctionId: id,
      })
    case 'late-pause':
      return enterLatePause(alone, { ...change, correctionId: id, evidence })
    case 'wrong-agreement':
      return assignService(alone, change)
    case 'back-dated-contract':
      return activateVersion(alone, change.agreement, change.version)
    case 'exclusion':
      return excludeClock(alone, change.clock, { reason: change.excludedFor, ...excluded })
    case 'order-timestamp':
    case 'order-pause':
      return correctOrder(alone, { ...orderFactOf(change), correctionId: id })
    case 'order-agreement':
      return assignOrderService(alone, { ...change, correctionId: id })
    case 'order-exclusion':
      return excludeOrder(alone, change.request, { reason: change.excludedFor, ...excluded })
    case 'availability':
      return makeLateFact(alone, change.fact, {
        evidence,
        requestedBy: approved.requestedBy,
        approvedBy: approved.decidedBy,
      })
  }
}

type OrderFact = Extract<Change, { readonly kind: 'order-timestamp' | 'order-pause' }>

/** What is said of a fact in an order's history. */
export function orderFactOf(change: OrderFact): OrderFactCorrection {
  const { request, fact: factId } = change
  const said = change.kind === 'order-timestamp' ? { at: change.occurredAt } : { side: change.waitedFor }
  return { request, factId, ...said }
}

/** Whose months of availability the change may touch; null when none. */
export async function availabilityTouched(
  db: Db,
  { change, customerId }: Pick<Approved, 'change' | 'customerId'>,
): Promise<Touched | null> {
  if (change.kind === 'availability') {
    return { customerIds: [customerId!], from: change.about!.from, to: change.about!.to }
  }
  if (change.kind !== 'late-holiday') return null
  return { customerIds: await customersPromisedIn(db, change.calendar), ...(await dayBefore(db, change)) }
}

/** Incidents of one customer that are counted anew. */
export type Affected = RecomputationScope & { readonly customerId: string }

/** Whose clocks the change may touch. None for an exclusion, which changes no count, and for what is known of services and orders. */
export async function affectedBy(
  db: Db,
  { change, customerId }: Pick<Approved, 'change' | 'customerId'>,
): Promise<Affected[]> {
  switch (change.kind) {
    case 'late-holiday': {
      const day = await dayBefore(db, change)
      const customers = await customersCountedIn(db, change.calendar)
      return customers.map((counted) => ({ customerId: counted, during: { calendarId: change.calendar, ...day } }))
    }
    case 'back-dated-contract':
      return [{ customerId: customerId!, openedFrom: (await versionOf(db, change)).validFrom }]
    case 'exclusion':
    case 'availability':
    case 'order-timestamp':
    case 'order-pause':
    case 'order-agreement':
    case 'order-exclusion':
      return []
    case 'corrected-timestamp':
    case 'disputed-pause':
    case 'late-pause':
    case 'wrong-agreement':
      break
  }
  return [{ customerId: customerId!, incidentId: change.incident }]
}

/** Which orders the change may touch; null for none. Calendars and agreements are theirs and incidents' alike. */
export async function ordersAffectedBy(
  db: Db,
  { change, customerId }: Pick<Approved, 'change' | 'customerId'>,
): Promise<OrderScope | null> {
  if (change.kind === 'late-holiday') return { calendarId: change.calendar, ...(await dayBefore(db, change)) }
  if (change.kind === 'order-pause') return { requestId: change.request, attach: false }
  if (change.kind === 'order-agreement') return { requestId: change.request, attach: true }
  if (change.kind === 'order-timestamp') {
    return { requestId: change.request, attach: await isOrdering(db, change.fact) }
  }
  if (change.kind !== 'back-dated-contract') return null
  return { customerId: customerId!, orderedFrom: (await versionOf(db, change)).validFrom }
}

/** Whether a fact is that something was ordered: by then another agreement may have held. */
async function isOrdering(db: Db, factId: string): Promise<boolean> {
  const fact = await db.selectFrom('history').select('kind').where('id', '=', factId).executeTakeFirst()
  return fact?.kind === 'request.ordered'
}

async function versionOf(db: Db, { agreement, version }: Extract<Change, { kind: 'back-dated-contract' }>) {
  const { versions } = await getAgreement(db, agreement)
  return versions.find(({ id }) => id === version)!
}

/** The day, and as long after it as its hours may reach into the next one. Also once the change is made. */
async function dayBefore(db: Db, { calendar, date }: { readonly calendar: string; readonly date: string }) {
  const zone = (await getCalendar(db, calendar)).versions[0]!.rules.timeZone
  const from = instantAt(zone, Date.parse(date))
  return { from: new Date(from), to: new Date(from + 2 * DAY_MS) }
}
