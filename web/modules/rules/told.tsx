import { Link } from '@tanstack/react-router'
import type { WebhookDelivery } from '#api/webhooks'

/** What a webhook is told of: an incident, an order, or nothing. */
export function Told({ incident, request }: Pick<WebhookDelivery, 'incident' | 'request'>) {
  if (incident !== null)
    return (
      <Link to="/incidents/$id" params={{ id: incident.number }}>
        {incident.number}
      </Link>
    )
  if (request === null) return null
  return (
    <Link to="/requests/$id" params={{ id: request.number }}>
      {request.number}
    </Link>
  )
}
