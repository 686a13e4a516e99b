import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import * as api from '#api/feedback'
import type { ExperienceGrouping } from '#api/feedback'
import { CallFailure } from '#web/http/call-failure.ts'
import { call } from '#web/http/call.ts'

const MINUTE_MS = 60_000
const MOST = 200

/** What is asked behind an address, or why nothing is. Asked once: what is wrong with it does not mend itself. */
export function askedQuery(key: string) {
  return queryOptions({
    queryKey: ['feedback', 'asked', key],
    queryFn: async ({ signal }) => {
      try {
        return await call(api.inspectSurvey, { body: { key: key === '' ? '-' : key } }, signal)
      } catch (failure) {
        if (failure instanceof CallFailure && failure.status >= 400 && failure.status < 500) return { failure }
        throw failure
      }
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
}

/** What whoever is signed in is asked. */
export function ownInvitationsQuery() {
  return queryOptions({
    queryKey: ['feedback', 'own'],
    queryFn: async ({ signal }) => (await call(api.listOwnInvitations, {}, signal)).items,
    staleTime: MINUTE_MS,
  })
}

export interface Narrowed {
  readonly customer: string | undefined
  readonly site: string | undefined
  readonly service: string | undefined
  /** First days of the first month and of the one after the last. */
  readonly from: string | undefined
  readonly to: string | undefined
}

export function experienceQuery(groupBy: ExperienceGrouping, narrowed: Narrowed) {
  return queryOptions({
    queryKey: ['feedback', 'experience', groupBy, narrowed],
    queryFn: ({ signal }) => call(api.reportExperience, { query: { groupBy, ...narrowed } }, signal),
  })
}

export function verbatimsQuery(narrowed: Narrowed) {
  return queryOptions({
    queryKey: ['feedback', 'verbatims', narrowed],
    queryFn: ({ signal }) => call(api.listVerbatims, { query: narrowed }, signal),
  })
}

export function surveysQuery(customer: string | undefined) {
  return queryOptions({
    queryKey: ['feedback', 'surveys', customer],
    queryFn: async ({ signal }) => (await call(api.listSurveys, { query: { customer } }, signal)).items,
  })
}

export function surveyQuery(id: string) {
  return queryOptions({
    queryKey: ['feedback', 'survey', id],
    queryFn: ({ signal }) => call(api.getSurvey, { params: { id } }, signal),
  })
}

export function linksQuery(id: string) {
  return queryOptions({
    queryKey: ['feedback', 'survey', id, 'links'],
    queryFn: async ({ signal }) => (await call(api.listSurveyLinks, { params: { id } }, signal)).items,
  })
}

export function casesQuery(customer: string | undefined) {
  return infiniteQueryOptions({
    queryKey: ['feedback', 'cases', customer],
    queryFn: ({ signal, pageParam }) =>
      call(api.listFeedbackCases, { query: { limit: 50, customer, ...(pageParam && { cursor: pageParam }) } }, signal),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })
}

export function caseQuery(id: string) {
  return queryOptions({
    queryKey: ['feedback', 'case', id],
    queryFn: ({ signal }) => call(api.getFeedbackCase, { params: { id } }, signal),
  })
}

/** Those who said who they are and want to hear of it. */
export function followUpsQuery(customer: string | undefined) {
  return queryOptions({
    queryKey: ['feedback', 'follow-ups', customer],
    queryFn: async ({ signal }) =>
      (await call(api.listIdentifiedAnswers, { query: { customer, followUp: true, limit: MOST } }, signal)).items,
  })
}

/** What was said and done, the latest first. */
export function saidQuery(customer: string | undefined) {
  return infiniteQueryOptions({
    queryKey: ['feedback', 'said', customer],
    queryFn: ({ signal, pageParam }) =>
      call(api.listSaidDone, { query: { limit: 50, customer, ...(pageParam && { cursor: pageParam }) } }, signal),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })
}
