import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import * as people from '#api/people'
import * as api from '#api/reviews'
import type { Language } from '#core/text.ts'
import { call } from '#web/http/call.ts'

/** Reviews, the latest month and version first, page by page. */
export function reviewsQuery(customer: string | undefined) {
  return infiniteQueryOptions({
    queryKey: ['reviews', { customer }],
    queryFn: ({ signal, pageParam }) =>
      call(
        api.listReviews,
        { query: { limit: 50, ...(customer && { customer }), ...(pageParam && { cursor: pageParam }) } },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })
}

/** One review; asked again each second while it is being made. */
export function reviewQuery(id: string) {
  return queryOptions({
    queryKey: ['reviews', id],
    queryFn: ({ signal }) => call(api.getReview, { params: { id } }, signal),
    refetchInterval: ({ state }) => (isInTheMaking(state.data?.state) ? 1000 : false),
  })
}

/** The story of a review, as its documents tell it. */
export function storyQuery(id: string, language: Language) {
  return queryOptions({
    queryKey: ['reviews', id, 'story', language],
    queryFn: ({ signal }) => call(api.getReviewStory, { params: { id }, query: { language } }, signal),
    staleTime: Infinity,
  })
}

/** How many pages its document has in a language. */
export function pagesQuery(id: string, language: Language, stamp = 0) {
  return queryOptions({
    queryKey: ['reviews', id, 'pages', language, stamp],
    queryFn: ({ signal }) => call(api.getReviewPages, { params: { id, language } }, signal),
    staleTime: Infinity,
  })
}

/** As many versions of a month are shown; nobody makes more. */
const VERSIONS = 200

/** All versions of a customer's month, the newest first, of all editions; of one report. */
export function monthQuery({ customerId, month, report }: Pick<api.Review, 'customerId' | 'month' | 'report'>) {
  return queryOptions({
    queryKey: ['reviews', 'of', customerId, month, report],
    queryFn: async ({ signal }) => {
      const query = { customer: customerId, month, limit: VERSIONS }
      return (await call(api.listReviews, { query }, signal)).items.filter((each) => each.report === report)
    },
  })
}

export function isInTheMaking(state: api.Review['state'] | undefined): boolean {
  return state === 'queued' || state === 'running'
}

/** What may be said in a review, and what somebody wrote; asked again while its pages are being drawn. */
export function compositionQuery(id: string, language: Language) {
  return queryOptions({
    queryKey: ['reviews', id, 'composition', language],
    queryFn: ({ signal }) => call(api.getComposition, { params: { id, language } }, signal),
    refetchInterval: ({ state }) => (state.data?.drawing ? 2000 : false),
  })
}

/** How far the review of a month is as a meeting. */
export function cycleQuery(id: string) {
  return queryOptions({
    queryKey: ['reviews', id, 'cycle'],
    queryFn: ({ signal }) => call(api.getCycle, { params: { id } }, signal),
  })
}

/** What people say of a review. */
export function voicesQuery(id: string) {
  return queryOptions({
    queryKey: ['reviews', id, 'voices'],
    queryFn: ({ signal }) => call(api.listVoices, { params: { id } }, signal),
  })
}

/** Reports that are sent by themselves, the newest first, page by page. */
export function schedulesQuery(customer: string | undefined) {
  return infiniteQueryOptions({
    queryKey: ['report-schedules', { customer }],
    queryFn: ({ signal, pageParam }) =>
      call(
        api.listSchedules,
        { query: { limit: 50, ...(customer && { customer }), ...(pageParam && { cursor: pageParam }) } },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })
}

/** One of them, with what would be sent next and what was. */
export function scheduleQuery(id: string) {
  const params = { id }
  return queryOptions({
    queryKey: ['report-schedules', id],
    queryFn: async ({ signal }) => {
      const [schedule, preview, deliveries] = await Promise.all([
        call(api.getSchedule, { params }, signal),
        call(api.previewSchedule, { params }, signal),
        call(api.listDeliveries, { params }, signal),
      ])
      return { schedule, preview, deliveries: deliveries.items }
    },
  })
}

/** Who may be written to about a customer: its people, and ours. */
export function recipientsQuery(customer: string) {
  return queryOptions({
    queryKey: ['people', 'recipients', customer],
    queryFn: async ({ signal }) => {
      const [theirs, ours] = await Promise.all([
        call(people.listPeople, { query: { customer, limit: MOST } }, signal),
        call(people.listPeople, { query: { home: 'provider', limit: MOST } }, signal),
      ])
      return [...theirs.items, ...ours.items]
    },
    enabled: customer !== '',
  })
}

const MOST = 200

/** How documents for a customer look. */
export function brandQuery(customer: string) {
  return queryOptions({
    queryKey: ['brand', customer],
    queryFn: ({ signal }) => call(api.getBrand, { params: { id: customer } }, signal),
  })
}
