import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import * as actionApi from '#api/actions'
import * as api from '#api/forums'
import * as people from '#api/people'
import * as suppliers from '#api/suppliers'
import { call } from '#web/http/call.ts'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
const MOST = 200
/** Meetings that a figure opens to at once. */
const SHOWN = 20

export function forumsQuery(customer: string | undefined) {
  return queryOptions({
    queryKey: ['forums', 'list', customer],
    queryFn: async ({ signal }) =>
      (await call(api.listForums, { query: { ...(customer && { customer }) } }, signal)).items,
  })
}

/** Suppliers that a forum can govern. */
export function suppliersQuery() {
  return queryOptions({
    queryKey: ['choices', 'suppliers'],
    queryFn: async ({ signal }) => (await call(suppliers.listSuppliers, { query: {} }, signal)).items,
  })
}

export function forumQuery(id: string) {
  return queryOptions({
    queryKey: ['forums', 'one', id],
    queryFn: ({ signal }) => call(api.getForum, { params: { id } }, signal),
  })
}

/** Its meetings of so many days before and after a moment, in order. */
export function runsOfForumQuery(forum: string, day: string) {
  return queryOptions({
    queryKey: ['forums', 'runs', forum, day],
    queryFn: async ({ signal }) => {
      const at = Date.parse(`${day}T00:00Z`)
      const query = { forum, from: new Date(at - 60 * DAY_MS), to: new Date(at + 36 * DAY_MS), limit: MOST }
      return (await call(api.listRuns, { query }, signal)).items
    },
  })
}

export function runQuery(id: string) {
  return queryOptions({
    queryKey: ['forums', 'run', id],
    queryFn: ({ signal }) => call(api.getRun, { params: { id } }, signal),
  })
}

/** Meetings, actions and decisions of the seven days from a day on; what is late comes with it. */
export function weekQuery(day: string, customer: string | undefined) {
  return queryOptions({
    queryKey: ['forums', 'week', day, customer],
    queryFn: async ({ signal }) => {
      const from = new Date(`${day}T00:00Z`)
      const to = new Date(from.getTime() + 7 * DAY_MS)
      const whose = customer === undefined ? {} : { customer }
      const until = to.toISOString().slice(0, 10)
      const [runs, actions, decisions] = await Promise.all([
        call(api.listRuns, { query: { from, to, limit: MOST, ...whose } }, signal),
        call(actionApi.listActions, { query: { show: 'open', whose: 'all', until, limit: MOST, ...whose } }, signal),
        call(actionApi.listDecisions, { query: { state: 'wanted', limit: MOST, ...whose } }, signal),
      ])
      return { runs: runs.items, actions: actions.items, decisions: decisions.items }
    },
  })
}

/** Open actions that a forum follows, by their day. */
export function followedQuery(forum: string) {
  return queryOptions({
    queryKey: ['actions', 'followed', forum],
    queryFn: async ({ signal }) =>
      (await call(actionApi.listActions, { query: { forum, show: 'open', whose: 'all', limit: MOST } }, signal)).items,
  })
}

/** Who can be invited: our own people and, for a customer, theirs. */
export function invitedQuery(customer: string | undefined) {
  return queryOptions({
    queryKey: ['people', 'invited', customer],
    queryFn: async ({ signal }) => {
      const ours = (await call(people.listPeople, { query: { home: 'provider', limit: MOST } }, signal)).items
      if (customer === undefined) return ours
      return [...ours, ...(await call(people.listPeople, { query: { customer, limit: MOST } }, signal)).items]
    },
    staleTime: MINUTE_MS,
  })
}

/** What came since a forum's last meeting; looked at anew each minute, as a board on a wall is. */
export function intervalQuery(id: string) {
  return queryOptions({
    queryKey: ['forums', 'interval', id],
    queryFn: ({ signal }) => call(api.getInterval, { params: { id } }, signal),
    refetchInterval: MINUTE_MS,
  })
}

/** How well forums keep to their rhythm, the last twelve weeks. */
export function adherenceQuery(customer: string | undefined) {
  return queryOptions({
    queryKey: ['forums', 'adherence', customer],
    queryFn: ({ signal }) => call(api.getAdherence, { query: { weeks: 12, ...(customer && { customer }) } }, signal),
  })
}

/** Meetings within days where their forums meet, or within moments; `untilDay` and `to` are not of them. */
export type Meetings = (
  | { readonly fromDay: string; readonly untilDay: string }
  | { readonly from: Date; readonly to: Date }
) & {
  readonly forum?: string
  readonly tier?: number
  readonly customer?: string | undefined
}

/** What a figure of meetings is made of, the earliest first. */
export function meetingsQuery(meetings: Meetings & { readonly kind: api.MeetingKind }) {
  // A day lasts longer around the world than at any place of it.
  const moments =
    'from' in meetings
      ? {}
      : {
          from: new Date(`${dayAfter(meetings.fromDay, -1)}T00:00Z`),
          to: new Date(`${dayAfter(meetings.untilDay)}T00:00Z`),
        }
  return infiniteQueryOptions({
    queryKey: ['forums', 'meetings', meetings],
    queryFn: ({ pageParam, signal }) =>
      call(api.listRuns, { query: { ...moments, ...meetings, limit: SHOWN, cursor: pageParam } }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  })
}

/** The day so many days after another. */
export function dayAfter(day: string, days = 1): string {
  return new Date(Date.parse(`${day}T00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)
}
