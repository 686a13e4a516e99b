import { barredFromAdministering, barredFromInside } from '#core/may.ts'
import { requireCustomer } from '#modules/customers'
import { waitingInvitations } from '#modules/people'
import { getSite, requireSite } from '#modules/sites'
import type { Context } from '#platform/context.ts'
import type { Given } from '#platform/http.ts'
import { cursorOf, keyOf } from '#platform/paging.ts'
import type { WaitsFor } from '#platform/waiting.ts'
import type { getToday, IncidentItem, Today, TodayItem } from './api.ts'
import { readBegun } from './begun-query.ts'
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
import { soonOf, stripOf } from './strip.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** So many lines are shown: more than fits on a screen, fewer than nobody reads. */
const LINES = 24
/** Whoever has more to do than this needs the desk, not a day. */
const SHOWN_AT_MOST = 500
/** Over a weekend with a holiday a clock may have little time left and a due moment far off. */
const LOOK_AHEAD_MS = 96 * HOUR_MS
const STRIP_BEFORE_MS = 3 * HOUR_MS
const INVITED_DAYS = 14

/** A module's part of the day. */
type Waits = WaitsFor<TodayItem>

/** `GET /today`. @param waits What waits for somebody beside incidents, a part of each module. */
export async function readToday(
  context: Context,
  { query, inTransaction }: Given<typeof getToday>,
  waits: readonly Waits[],
): Promise<Today> {
  const after = placeOf(query.cursor)
  const read = await inTransaction('read only', async (within) => {
    const scope = await scopeOf(within, query)
    const incidents = await incidentsNow(within, scope, after.shown)
    const others: TodayItem[] = []
    // What is beside incidents is of a whole customer: among what one site needs it would mislead.
    if (scope.siteId === undefined) for (const each of waits) others.push(...(await each(within, scope)))
    return { ...incidents, others, watched: await watchedNow(within, scope), begun: await readBegun(within, scope) }
  })
  const { counts, items, points, more, others, watched, begun, soonBesides } = read
  const administers =
    barredFromAdministering(context.actor) === null && query.customer === undefined && query.site === undefined
  const invitations = administers ? await invitationsNow(context) : []
  const all = [...items, ...others, ...invitations].map((item) => ({ item, weight: weightOf(item) }))
  const { now } = context
  const inOrder = all
    .toSorted((one, other) => byConsequence(one.weight, other.weight) || (one.item.id < other.item.id ? -1 : 1))
    .map(({ item }) => item)
  // Behind the last that was shown; where that one needs nobody any more, behind as many.
  const at = inOrder.findIndex(({ id }) => id === after.last)
  const from = at === -1 ? after.shown : at + 1
  const lines = inOrder.slice(from, from + LINES)
  const last = lines.at(-1)
  const shown = from + lines.length
  return {
    at: now,
    items: lines,
    nextCursor:
      last !== undefined && inOrder.length > shown && shown < SHOWN_AT_MOST ? cursorOf([shown, last.id]) : null,
    count: counts.needing + soonBesides + others.length + invitations.length,
    late: counts.late,
    strip: { ...points, more },
    watched: { ...watched, open: counts.open, paused: counts.paused, pausedLong: counts.pausedLong },
    begun,
  }
}

/** How far the pages before went. */
function placeOf(cursor: string | undefined): { readonly shown: number; readonly last: string } {
  const [shown, last] = keyOf(cursor, ['number', 'id']) ?? [0, '']
  return { shown: Math.min(Math.max(Number(shown), 0), SHOWN_AT_MOST), last: String(last) }
}

/** Throws when there is no such customer, or it has no such site. */
async function scopeOf(
  { db, actor }: Context,
  { customer, site, whose }: Given<typeof getToday>['query'],
): Promise<Scope> {
  // Who holds what is the provider's affair: to a customer's people all is theirs.
  const own = whose === 'mine' && barredFromInside(actor) === null ? (actor.personId ?? undefined) : undefined
  return { ...(await placeIn(db, { customer, site })), mine: own }
}

async function placeIn(
  db: Context['db'],
  { customer, site }: Pick<Given<typeof getToday>['query'], 'customer' | 'site'>,
): Promise<Scope> {
  const customerId = customer && (await requireCustomer(db, customer)).id
  if (site === undefined) return { customerId, siteId: undefined }
  const found = customerId === undefined ? await getSite(db, site) : await requireSite(db, customerId, site)
  return { customerId: found.customerId, siteId: found.id }
}

/** Incidents that need somebody, and the clocks that run out in the hours around now. */
async function incidentsNow(context: Context, scope: Scope, beyond: number) {
  const { now } = context
  const from = new Date(now.getTime() - STRIP_BEFORE_MS)
  const { counts, items: needing } = await readOpen(context, scope, beyond)
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
    soonBesides: dueSoon.filter(({ late, unassigned, yours, mine, team, answer, reopenCount, state }) => {
      const back = reopenCount > 0 && state !== 'on-hold'
      return !(late || unassigned || yours || mine || team || answer || back)
    }).length,
    ...stripOf(next, clocks, { now, from }),
  }
}

function incidentItem(incident: OpenIncident, clocks: readonly LiveClock[], isSoon: boolean): IncidentItem {
  const { late, unassigned, yours, mine, team, answer, ...own } = incident
  const leading = clocks
    .filter(({ incidentId }) => incidentId === incident.id)
    .toSorted((one, other) => (one.dueAt?.getTime() ?? Infinity) - (other.dueAt?.getTime() ?? Infinity))[0]
  const reasons: readonly [IncidentReason, boolean][] = [
    ['late', late],
    ['due-soon', !late && isSoon],
    ['unassigned', unassigned],
    ['reopened', incident.reopenCount > 0 && incident.state !== 'on-hold'],
    ['yours', yours],
    ['mine', mine],
    ['team', team && !unassigned],
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
  // Of a word that was promised, when.
  if (item.kind === 'escalation')
    return { stake: item.stake, why: item.why === 'update-late' ? 'late' : item.why, due: item.at }
  // What lies in the past has no moment to come; what will end has.
  const coming =
    item.kind === 'calendar' || item.kind === 'contract-day' || (item.kind === 'agreement' && item.why === 'ends')
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
