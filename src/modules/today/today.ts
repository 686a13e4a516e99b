import { barredFromAdministering, barredFromInside, barredFromManaging } from '#core/may.ts'
import { requireCustomer } from '#modules/customers'
import { waitingInvitations } from '#modules/people'
import { getSite, requireSite } from '#modules/sites'
import type { Context } from '#platform/context.ts'
import type { Given } from '#platform/http.ts'
import type { getToday, IncidentItem, Today, TodayItem } from './api.ts'
import { byConsequence, type IncidentReason, stakeOf, type Weighed } from './consequence.ts'
import {
  countResolved,
  countRunning,
  type LiveClock,
  type OpenIncident,
  readClocksOf,
  readIncidents,
  readMonth,
  readNextClocks,
  readOpen,
  type Scope,
} from './incident-queries.ts'
import { readAgreements, readBareCalendars, readBegun, readImports, readMajors, readReviews } from './other-queries.ts'
import { soonOf, stripOf } from './strip.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** So many lines are shown: more than fits on a screen, fewer than nobody reads. */
const LINES = 24
/** Over a weekend with a holiday a clock may have little time left and a due moment far off. */
const LOOK_AHEAD_MS = 96 * HOUR_MS
const STRIP_BEFORE_MS = 3 * HOUR_MS
const INVITED_DAYS = 14
/** In the last months of a year its successor's holidays have to be there. */
const HOLIDAYS_FROM_MONTH = 8

/** `GET /today`. */
export async function readToday(context: Context, { query, inTransaction }: Given<typeof getToday>): Promise<Today> {
  const read = await inTransaction('read only', async (within) => {
    const scope = await scopeOf(within, query)
    const incidents = await incidentsNow(within, scope)
    // What is beside incidents is of a whole customer: among what one site needs it would mislead.
    const ofWhole = scope.siteId === undefined
    const others = ofWhole ? [...(await majorsNow(within, scope)), ...(await othersNow(within, scope))] : []
    return { ...incidents, others, watched: await watchedNow(within, scope), begun: await readBegun(within, scope) }
  })
  const { counts, items, points, more, others, watched, begun, soonBesides } = read
  const administers =
    barredFromAdministering(context.actor) === null && query.customer === undefined && query.site === undefined
  const invitations = administers ? await invitationsNow(context) : []
  const all = [...items, ...others, ...invitations].map((item) => ({ item, weight: weightOf(item) }))
  const { now } = context
  return {
    at: now,
    items: all
      .toSorted((one, other) => byConsequence(one.weight, other.weight))
      .slice(0, LINES)
      .map(({ item }) => item),
    count: counts.needing + soonBesides + others.length + invitations.length,
    late: counts.late,
    strip: { ...points, more },
    watched: { ...watched, open: counts.open, paused: counts.paused, pausedLong: counts.pausedLong },
    begun,
  }
}

/** Throws when there is no such customer, or it has no such site. */
async function scopeOf({ db }: Context, { customer, site }: Given<typeof getToday>['query']): Promise<Scope> {
  const customerId = customer && (await requireCustomer(db, customer)).id
  if (site === undefined) return { customerId, siteId: undefined }
  const found = customerId === undefined ? await getSite(db, site) : await requireSite(db, customerId, site)
  return { customerId: found.customerId, siteId: found.id }
}

/** Incidents that need somebody, and the clocks that run out in the hours around now. */
async function incidentsNow(context: Context, scope: Scope) {
  const { now } = context
  const from = new Date(now.getTime() - STRIP_BEFORE_MS)
  const { counts, items: needing } = await readOpen(context, scope)
  const next = await readNextClocks(context, scope, { from, to: new Date(now.getTime() + LOOK_AHEAD_MS) })
  const soon = soonOf(next)
  const known = new Set(needing.map(({ id }) => id))
  // What is due soon is among the next clocks; the rest of what needs somebody was found by itself.
  const dueSoon = await readIncidents(
    context,
    [...new Set(soon.map(({ incidentId }) => incidentId))].filter((id) => !known.has(id)),
  )
  const all = [...needing, ...dueSoon]
  const clocks = await readClocksOf(
    context,
    all.map(({ id }) => id),
  )
  const soonIds = new Set(soon.map(({ incidentId }) => incidentId))
  const items = all.map((incident) => incidentItem(incident, clocks, soonIds.has(incident.id)))
  return {
    counts,
    items,
    // Of those fetched for being due soon, some may also be late, unassigned or the like, and were counted with these.
    soonBesides: dueSoon.filter(({ late, unassigned, yours, answer, reopenCount, state }) => {
      const back = reopenCount > 0 && state !== 'on-hold'
      return !(late || unassigned || yours || answer || back)
    }).length,
    ...stripOf(next, clocks, { now, from }),
  }
}

function incidentItem(incident: OpenIncident, clocks: readonly LiveClock[], isSoon: boolean): IncidentItem {
  const { late, unassigned, yours, answer, ...own } = incident
  const leading = clocks
    .filter(({ incidentId }) => incidentId === incident.id)
    .toSorted((one, other) => (one.dueAt?.getTime() ?? Infinity) - (other.dueAt?.getTime() ?? Infinity))[0]
  const reasons: readonly [IncidentReason, boolean][] = [
    ['late', late],
    ['due-soon', !late && isSoon],
    ['unassigned', unassigned],
    ['reopened', incident.reopenCount > 0 && incident.state !== 'on-hold'],
    ['yours', yours],
    ['answer', answer],
  ]
  const why = reasons.filter(([, holds]) => holds).map(([reason]) => reason)
  return {
    ...own,
    kind: 'incident',
    why,
    stake: stakeOf(incident.priority, why),
    metric: leading?.metric ?? null,
    leftSeconds: leading === undefined ? null : leading.targetSeconds - leading.elapsedSeconds,
  }
}

/** Major incidents that owe somebody a word, or a decision. */
async function majorsNow(context: Context, scope: Scope): Promise<TodayItem[]> {
  if (barredFromInside(context.actor) !== null) return []
  const rows = await readMajors(context, scope)
  return rows.map((row) => ({ ...row, kind: 'major-incident', stake: 'production' }))
}

/** What is there beside incidents, for whoever manages it. */
async function othersNow(context: Context, scope: Scope): Promise<TodayItem[]> {
  const { actor, now } = context
  if (barredFromManaging(actor) !== null) return []
  const year = now.getUTCFullYear() + 1
  const calendars = now.getUTCMonth() < HOLIDAYS_FROM_MONTH ? [] : await readBareCalendars(context, scope, year)
  return [
    ...(await readReviews(context, scope)).map((row) => ({
      ...row,
      kind: 'review' as const,
      stake: 'report' as const,
    })),
    ...(await readImports(context, scope)).map((row) => ({
      ...row,
      kind: 'import' as const,
      stake: 'report' as const,
    })),
    ...(await readAgreements(context, scope)).map((row) => ({
      ...row,
      kind: 'agreement' as const,
      stake: 'paper' as const,
    })),
    ...calendars.map((row) => ({
      ...row,
      kind: 'calendar' as const,
      why: 'no-holidays' as const,
      stake: 'paper' as const,
      year,
      at: new Date(Date.UTC(year, 0, 1)),
    })),
  ]
}

async function invitationsNow(context: Context): Promise<TodayItem[]> {
  const before = new Date(context.now.getTime() - INVITED_DAYS * DAY_MS)
  const waiting = await waitingInvitations(context, { before, limit: 12 })
  return waiting.map(({ id, name, invitedAt }) => ({
    kind: 'invitation',
    why: 'not-accepted',
    stake: 'paper',
    id,
    name,
    at: invitedAt,
  }))
}

function weightOf(item: TodayItem): Weighed {
  if (item.kind === 'incident') return { ...item, due: item.dueAt }
  // More than one incident's work stands still, whatever its priority.
  if (item.kind === 'major-incident') return { stake: item.stake, priority: 'p1', why: item.why, due: item.at }
  // What lies in the past has no moment to come; what will end has.
  const coming = item.kind === 'calendar' || (item.kind === 'agreement' && item.why === 'ends')
  return { stake: item.stake, why: item.why, due: coming ? item.at : null }
}

async function watchedNow(context: Context, scope: Scope) {
  const month = context.now.toISOString().slice(0, 7)
  return {
    ...(await countRunning(context, scope)),
    resolved: await countResolved(context, scope),
    month: { month, ...(await readMonth(context, scope, month)) },
  }
}
