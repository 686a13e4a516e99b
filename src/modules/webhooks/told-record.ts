import { Failure } from '#core/failure.ts'
import { getIncident } from '#modules/incidents'
import { getRequest } from '#modules/requests'
import { configurationOf } from '#platform/configuration.ts'
import type { Context } from '#platform/context.ts'
import type { RecordKind } from './kind.ts'

/** A record as somebody outside is told of it, and whose it is. */
export interface ToldRecord {
  readonly customerId: string
  readonly data: Readonly<Record<string, unknown>>
}

interface Wanted {
  readonly kind: RecordKind
  readonly id: string
  /** With what a customer's people are not told. */
  readonly internal: boolean
}

/** A record in the eyes of whoever asks; null when they do not see it. */
export async function toldRecord(context: Context, wanted: Wanted): Promise<ToldRecord | null> {
  try {
    return await (wanted.kind === 'incident' ? incidentOf(context, wanted) : requestOf(context, wanted))
  } catch (error) {
    if (error instanceof Failure && error.kind === 'not-found') return null
    throw error
  }
}

async function incidentOf(context: Context, { id, internal }: Wanted): Promise<ToldRecord> {
  const incident = await getIncident(context, id)
  const { customer, site, service, team, assignee, requester, number, title, state, priority } = incident
  const { impact, urgency, category, channel, openedAt, updatedAt, dueAt } = incident
  return {
    customerId: customer.id,
    data: {
      incident: {
        id: incident.id,
        number,
        title,
        url: addressOf('incidents', number),
        state,
        priority,
        impact,
        urgency,
        category,
        channel,
        customer: { id: customer.id, name: customer.name },
        site: site && { id: site.id, name: site.name },
        service,
        requester,
        ...(internal && { team, assignee }),
        openedAt,
        updatedAt,
        dueAt,
      },
    },
  }
}

async function requestOf(context: Context, { id }: Wanted): Promise<ToldRecord> {
  const request = await getRequest(context, id)
  const { customer, number, item, state, price, service, site, requester, orderedBy, promise } = request
  const { orderedAt, promisedAt, deliveredAt, closedAt, updatedAt } = request
  return {
    customerId: customer.id,
    data: {
      request: {
        id: request.id,
        number,
        item,
        url: addressOf('requests', number),
        state,
        price,
        customer: { id: customer.id, name: customer.name },
        site,
        service,
        requester,
        orderedBy,
        orderedAt,
        promisedAt,
        deliveredAt,
        closedAt,
        updatedAt,
        promise: promise && { state: promise.state, targetSeconds: promise.targetSeconds },
      },
    },
  }
}

function addressOf(path: 'incidents' | 'requests', number: string): string {
  return `${configurationOf(process.env).url}/${path}/${number}`
}
