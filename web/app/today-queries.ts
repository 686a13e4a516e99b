import { queryOptions } from '@tanstack/react-query'
import * as incidents from '#api/incidents'
import { listPeople } from '#api/people'
import * as reviews from '#api/reviews'
import * as serviceLevels from '#api/service-levels'
import { call } from '#web/http/call.ts'

/** Roles of those who do the provider's work. */
const colleagues = ['administrator', 'service-manager', 'agent'] as const

/** Whether there are tickets, agreements, reviews and colleagues: one row of each is enough to know. */
export function whatIsQuery(customer: string | undefined) {
  return queryOptions({
    queryKey: ['what-is', { customer }],
    queryFn: async ({ signal }) => {
      const query = { limit: 1, ...(customer !== undefined && { customer }) }
      const [tickets, agreements, made, ...people] = await Promise.all([
        call(incidents.listIncidents, { query }, signal),
        call(serviceLevels.listAgreements, { query: { ...query, limit: 50 } }, signal),
        call(reviews.listReviews, { query }, signal),
        ...colleagues.map((role) => call(listPeople, { query: { limit: 2, role } }, signal)),
      ])
      return {
        hasTickets: tickets.items.length > 0,
        hasActiveAgreement: agreements.items.some(({ versions }) => versions.some(({ state }) => state === 'active')),
        hasReview: made.items.length > 0,
        hasColleagues: new Set(people.flatMap(({ items }) => items.map(({ id }) => id))).size > 1,
      }
    },
  })
}
