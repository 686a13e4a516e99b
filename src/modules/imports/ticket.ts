import type { Level, Priority } from '#api/service-levels'
import type { BulkFact, BulkIncident } from '#modules/incidents'
import { matrixWithoutAgreement, priorityOf } from '#modules/service-levels'
import { type ChangesOptions, changesOf, type Values } from './change.ts'
import { factsOf, inOrder, newFactsOf, type StoredFact, type TicketFact } from './history.ts'
import type { TicketRow } from './row.ts'
import { standing } from './standing.ts'

/** The rows of one ticket in a file, sorted by moment, sequence and line. */
export interface Ticket {
  readonly key: string
  readonly rows: readonly TicketRow[]
  /** The same rows have the same; lines do not count. */
  readonly fingerprint: string
}

/** A ticket that is there already, with what an import may change. */
export interface KnownTicket extends Omit<BulkIncident, 'history' | 'id' | 'number'> {
  readonly id: string
  readonly number: string
  /** In order. */
  readonly history: readonly StoredFact[]
}

export interface TicketOptions extends ChangesOptions {
  readonly customerId: string
  /** Name of the system it comes from. */
  readonly source: string
}

/** Where the last import of a ticket ended, in the facts of `incident.imported`. */
interface ImportedFacts {
  readonly rows: number
  /** The latest moment of its rows, as the source has them; ISO 8601. */
  readonly upTo: string
  /** Of a ticket that was there: what it was before, as far as it changed; to take the import back. */
  readonly before?: Readonly<Record<string, unknown>>
}

/** A ticket that was not there before, with its whole history. */
export function newTicket({ key, rows, fingerprint }: Ticket, options: TicketOptions): BulkIncident {
  const rated = changesOf(rows, options).map((change) =>
    change.is === 'opening' ? { ...change, values: withRatings(change.values) } : change,
  )
  const facts = inOrder(factsOf(rated))
  const last: Values = Object.assign({}, ...rated.map(({ values }) => values))
  const at = standing(facts)
  const { state, reason, priority, teamId, assigneeId, respondedAt, hopCount, lastAt } = at
  const row = endOf(rows, options)
  const resolvedAt = options.mapped.has('resolvedAt') ? row.resolvedAt : at.resolvedAt
  return {
    customerId: options.customerId,
    title: last.title ?? key,
    description: last.description ?? '',
    state,
    pauseReason: reason,
    impact: last.impact!,
    urgency: last.urgency!,
    priority: priority!,
    category: last.category ?? null,
    channel: last.channel ?? null,
    siteId: last.siteId ?? null,
    serviceId: last.serviceId ?? null,
    teamId,
    assigneeId,
    requesterId: last.requesterId ?? null,
    openedAt: facts[0]!.at,
    respondedAt,
    resolvedAt: state === 'resolved' || state === 'closed' ? resolvedAt : null,
    closedAt: state === 'closed' ? (row.closedAt ?? at.closedAt) : null,
    updatedAt: lastAt,
    resolution: last.resolution ?? null,
    resolutionCode: state === 'resolved' || state === 'closed' ? (last.resolutionCode ?? null) : null,
    reopenCount: row.reopenCount ?? at.reopenCount,
    hopCount: options.form === 'tickets' ? (row.hopCount ?? hopCount) : hopCount,
    source: options.source,
    sourceKey: key,
    reportedMet: last.reportedMet ?? null,
    history: [...facts, imported({ rows, fingerprint }, options.now)],
  }
}

/** A ticket that is there, brought up to date by what is new in the file; null when nothing is. */
export function updatedTicket(
  { rows, fingerprint }: Ticket,
  known: KnownTicket,
  options: TicketOptions,
): BulkIncident | null {
  const before = known.history.filter(({ kind }) => kind === 'incident.imported')
  if (before.some(({ sourceKey }) => sourceKey === importKey(fingerprint))) return null
  const upTo = Math.max(...before.map(({ facts }) => Date.parse((facts as unknown as ImportedFacts).upTo)))
  const { facts, told } = newFactsOf(changesOf(rows, options), {
    stored: known.history,
    current: valuesOf(known),
    upTo,
    continuous: options.form === 'changes',
  })
  if (facts.length === 0) return null
  const history: BulkFact[] = inOrder<StoredFact | TicketFact>([...known.history, ...facts])
  const at = standing(history)
  const row = endOf(rows, options)
  const isNews = row.at > upTo
  const over = at.state === 'resolved' || at.state === 'closed'
  const resolvedAt = options.mapped.has('resolvedAt') ? (isNews ? row.resolvedAt : known.resolvedAt) : at.resolvedAt
  const { state: _state, reason: _reason, priority: _priority, ...plain } = told
  const incident: BulkIncident = {
    ...known,
    ...plain,
    state: at.state,
    pauseReason: at.reason,
    priority: at.priority ?? known.priority,
    teamId: at.teamId,
    assigneeId: at.assigneeId,
    respondedAt: at.respondedAt,
    resolvedAt: over ? resolvedAt : null,
    closedAt: at.state === 'closed' ? ((isNews ? row.closedAt : known.closedAt) ?? at.closedAt) : null,
    updatedAt: Math.max(known.updatedAt, at.lastAt),
    reopenCount: (isNews ? row.reopenCount : known.reopenCount) ?? at.reopenCount,
    hopCount: at.hopCount,
    history: [],
  }
  const fact = imported({ rows, fingerprint }, options.now, changedFrom(known, incident))
  return { ...incident, history: [...history, fact] }
}

/** The last row; where each says little, with what was said last of how the ticket ended. */
function endOf(rows: readonly TicketRow[], { partial = false }: TicketOptions): TicketRow {
  const last = rows.at(-1)!
  if (!partial) return last
  const said = <Name extends 'resolvedAt' | 'closedAt' | 'reopenCount'>(name: Name): TicketRow[Name] =>
    (rows.findLast((row) => row[name] !== null) ?? last)[name]
  return { ...last, resolvedAt: said('resolvedAt'), closedAt: said('closedAt'), reopenCount: said('reopenCount') }
}

function importKey(fingerprint: string): string {
  return `i:${fingerprint}`
}

/** That a ticket was taken from an import, and how far; the import itself is in the fact's row. */
function imported(
  { rows, fingerprint }: { readonly rows: readonly TicketRow[]; readonly fingerprint: string },
  now: number,
  before?: Readonly<Record<string, unknown>>,
): BulkFact {
  const upTo = new Date(rows.at(-1)!.at).toISOString()
  const facts: ImportedFacts = { rows: rows.length, upTo, ...(before && { before }) }
  return {
    kind: 'incident.imported',
    at: now,
    facts: { ...facts },
    visibility: 'internal',
    sourceKey: importKey(fingerprint),
  }
}

/** Ratings that are missing follow from those that are there; without any, all are in the middle. */
function withRatings(values: Values): Values {
  const { impact, urgency, priority } = values
  const [likelyImpact, likelyUrgency] = ratingsOf[priority ?? 'p3']
  const known = { impact: impact ?? urgency ?? likelyImpact, urgency: urgency ?? impact ?? likelyUrgency }
  return { ...values, ...known, priority: priority ?? priorityOf(matrixWithoutAgreement, known.impact, known.urgency) }
}

const ratingsOf: Readonly<Record<Priority, readonly [Level, Level]>> = {
  p1: ['high', 'high'],
  p2: ['high', 'medium'],
  p3: ['medium', 'medium'],
  p4: ['medium', 'low'],
  p5: ['low', 'low'],
}

function valuesOf(known: KnownTicket): Values {
  const {
    impact,
    urgency,
    title,
    description,
    category,
    channel,
    siteId,
    serviceId,
    requesterId,
    reportedMet,
    resolution,
    resolutionCode = null,
  } = known
  return {
    impact,
    urgency,
    title,
    description,
    category,
    siteId,
    serviceId,
    requesterId,
    ...(channel !== null && { channel }),
    ...(reportedMet !== null && { reportedMet }),
    ...(resolution !== null && { resolution }),
    ...(resolutionCode !== null && { resolutionCode }),
  }
}

/** The fields that differ, as they were. */
function changedFrom(known: KnownTicket, now: BulkIncident): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(known).filter(([field, value]) => field !== 'history' && now[field as keyof BulkIncident] !== value),
  )
}

/** What a ticket was before an import changed it; of its facts of `incident.imported`. */
export function beforeOf(facts: Readonly<Record<string, unknown>>): Partial<BulkIncident> {
  return (facts as unknown as ImportedFacts).before ?? {}
}
