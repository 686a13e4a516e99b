import { queryOptions } from '@tanstack/react-query'
import * as incidents from '#api/incidents'
import * as people from '#api/people'
import * as reviews from '#api/reviews'
import * as serviceLevels from '#api/service-levels'
import { call } from '#web/http/call.ts'

/** Whether there are tickets, agreements, reviews and colleagues: one row of each is enough to know. */
export function whatIsQuery(customer: string | undefined) {
  return queryOptions({
    queryKey: ['what-is', { customer }],
    queryFn: async ({ signal }) => {
      const query = { limit: 1, ...(customer !== undefined && { customer }) }
      const [tickets, agreements, made, known] = await Promise.all([
        call(incidents.listIncidents, { query }, signal),
        call(serviceLevels.listAgreements, { query: { ...query, limit: 50 } }, signal),
        call(reviews.listReviews, { query }, signal),
        call(people.listPeople, { query: { limit: 2 } }, signal),
      ])
      return {
        hasTickets: tickets.items.length > 0,
        hasActiveAgreement: agreements.items.some(({ versions }) => versions.some(({ state }) => state === 'active')),
        hasReview: made.items.length > 0,
        hasColleagues: known.items.length > 1,
      }
    },
  })
}
