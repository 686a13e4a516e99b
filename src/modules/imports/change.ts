import type { PauseReason } from '#core/clock-terms.ts'
import type { IncidentState } from '#api/incidents'
import type { Level, Priority } from '#api/service-levels'
import { matrixWithoutAgreement, priorityOf } from '#modules/service-levels'
import type { Field } from './field.ts'
import type { TicketRow } from './row.ts'

/** What is said of a ticket: what is absent was not said, null is said to be nothing. Names are ids here. */
export interface Values {
  readonly state?: IncidentState
  readonly reason?: PauseReason | null
  readonly priority?: Priority
  readonly impact?: Level
  readonly urgency?: Level
  readonly teamId?: string | null
  readonly assigneeId?: string | null
  readonly title?: string
  readonly description?: string
  readonly resolution?: string
  readonly resolutionCode?: string
  readonly category?: string | null
  readonly channel?: string
  readonly siteId?: string | null
  readonly serviceId?: string | null
  readonly requesterId?: string | null
  readonly reportedMet?: boolean
}

/** Something that a file says to have happened to a ticket. */
export interface Change {
  /** Names it among all of the ticket, in every export of it. */
  readonly event: string
  readonly at: number
  /** Order among those of the same moment. */
  readonly sequence: number
  readonly values: Values
  /** What was done in the source's words, with its own fields. */
  readonly activity?: { readonly name: string; readonly own: Readonly<Record<string, string>> }
  /** It is the opening, who is taken to have had it from then on, or an answer of a person. */
  readonly is?: 'opening' | 'first-holder' | 'answer'
}

/** Ids of the names in a ticket's rows. */
export interface Ids {
  readonly team: ReadonlyMap<string, string>
  readonly assignee: ReadonlyMap<string, string>
  readonly requester: ReadonlyMap<string, string>
  readonly site: ReadonlyMap<string, string>
  readonly service: ReadonlyMap<string, string>
}

export interface ChangesOptions {
  readonly form: 'tickets' | 'changes'
  /** Fields that have a column; what is missing in one of these is said to be nothing. */
  readonly mapped: ReadonlySet<Field>
  /** Rows say only what is new: what is missing in one stays as it was. */
  readonly partial?: boolean
  readonly ids: Ids
  /** When a state is taken to have begun of which only is known that it is so now. */
  readonly now: number
}

/** What the rows of a ticket say, in order. The rows are sorted by moment, sequence and line, and there is at least one. */
export function changesOf(rows: readonly TicketRow[], options: ChangesOptions): Change[] {
  return options.form === 'changes' ? fromLog(rows, options) : fromSnapshots(rows, options)
}

/** Each row is a change; the first opens the ticket at the moment it says it was opened. */
function fromLog(rows: readonly TicketRow[], options: ChangesOptions): Change[] {
  const first = (options.partial ? rows.find(({ openedAt }) => openedAt !== null) : undefined) ?? rows[0]!
  const openedAt = first.openedAt ?? first.at
  /** Whether the state that a row tells of holds: see {@link TicketRow.state}. */
  const holds = ({ state, at }: TicketRow): boolean => {
    if (!state?.endsWith('?')) return true
    if (!state.startsWith('closed')) return !over
    const { closedAt } = first
    return closedAt === null || at >= closedAt || rows.some((row) => row.state === 'in-progress' && row.at > at)
  }
  const changes: Change[] = []
  const times = new Map<string, number>()
  let last = openedAt
  let over = false
  const opened = asOpened(valuesOf(first, options))
  changes.push({ event: `${first.stamp}.${first.sequence}`, at: openedAt, sequence: 0, values: opened, is: 'opening' })
  for (const row of rows) {
    const name = `${row.stamp}.${row.sequence}`
    const time = times.get(name) ?? 0
    times.set(name, time + 1)
    const event = time === 0 ? name : `${name}.${time}`
    const values = holds(row) ? valuesOf(row, options) : valuesOf({ ...row, state: null }, options)
    if (values.state !== undefined) over = isOver(values.state)
    // Where clocks were put forward, what the source has in order may come out of order.
    last = Math.max(last, row.at)
    const activity = row.activity === null ? {} : { activity: { name: row.activity, own: ownOf(row) } }
    changes.push({ event, at: last, sequence: row.sequence + time, values, ...activity })
  }
  return changes
}

/**
 * Each row is a ticket as it stands; its moments make a history. Who works on it is taken to do so from the opening on:
 * nothing says since when. A state without a moment has begun when the row was last changed or else, for all that is
 * known, now.
 */
function fromSnapshots(rows: readonly TicketRow[], options: ChangesOptions): Change[] {
  const first = rows[0]!
  const openedAt = first.openedAt ?? first.at
  const changes = new Map<string, Change>()
  const add = (change: Change) => {
    if (!changes.has(change.event)) changes.set(change.event, change)
  }
  for (const row of rows) {
    const { state, reason, ...values } = valuesOf(row, options)
    if (row === first) {
      const { teamId, assigneeId } = values
      add({ event: 'o', at: openedAt, sequence: 0, values: asOpened(values), is: 'opening' })
      const holder = { ...(teamId !== undefined && { teamId }), ...(assigneeId !== undefined && { assigneeId }) }
      add({ event: 'a', at: openedAt, sequence: 1, values: holder, is: 'first-holder' })
    }
    if (row.respondedAt !== null)
      add({ event: `f.${row.respondedAt.toString(36)}`, at: row.respondedAt, sequence: 2, values: {}, is: 'answer' })
    if (row.resolvedAt !== null) {
      add({
        event: `r.${row.resolvedAt.toString(36)}`,
        at: row.resolvedAt,
        sequence: 3,
        values: { state: 'resolved', reason: null },
      })
    }
    const ends = state === undefined || state === 'closed' || state === 'cancelled'
    if (row.closedAt !== null && ends) {
      add({
        event: `c.${row.closedAt.toString(36)}`,
        at: row.closedAt,
        sequence: 4,
        values: { state: state ?? 'closed', reason: null },
      })
    }
    const at = endOf(row, state) ?? (row.stamp === '' ? options.now : row.at)
    const standing = state === undefined ? {} : { state, reason: reason ?? null }
    const event = row.stamp === '' ? `u.${state ?? ''}.${reason ?? ''}.${row.priority ?? ''}` : `u.${row.stamp}`
    add({ event, at: Math.max(at, openedAt), sequence: 5, values: { ...values, ...standing } })
  }
  return [...changes.values()].toSorted((one, other) => one.at - other.at || one.sequence - other.sequence)
}

/** When a ticket that is over came to be so, if the row says it. */
function endOf({ resolvedAt, closedAt }: TicketRow, state: IncidentState | undefined): number | null {
  if (state === 'resolved') return resolvedAt ?? closedAt
  return state === 'closed' || state === 'cancelled' ? (closedAt ?? resolvedAt) : null
}

/** A ticket is opened as new, and nobody has it yet: who gets it is a fact of its own. */
function asOpened({ teamId: _teamId, assigneeId: _assigneeId, ...values }: Values): Values {
  return { ...values, state: 'new', reason: null }
}

function isOver(state: IncidentState): boolean {
  return state === 'resolved' || state === 'closed' || state === 'cancelled'
}

function ownOf({ own }: TicketRow): Readonly<Record<string, string>> {
  return own === null ? {} : (JSON.parse(own) as Record<string, string>)
}

function valuesOf(row: TicketRow, { mapped, ids, partial = false }: ChangesOptions): Values {
  const { impact, urgency, title, description, resolution, resolutionCode, channel, reportedMet } = row
  const values: { -readonly [Name in keyof Values]: Values[Name] } = {}
  if (row.state !== null) {
    const [state, reason] = row.state.replace('?', '').split(':') as [IncidentState, PauseReason?]
    values.state = state
    values.reason = reason ?? null
  }
  const rated = impact !== null && urgency !== null && !mapped.has('priority')
  if (rated) values.priority = priorityOf(matrixWithoutAgreement, impact as Level, urgency as Level)
  else if (row.priority !== null) values.priority = row.priority as Priority
  if (impact !== null) values.impact = impact as Level
  if (urgency !== null) values.urgency = urgency as Level
  if (title !== null) values.title = title
  if (description !== null) values.description = description
  if (resolution !== null) values.resolution = resolution
  if (resolutionCode !== null) values.resolutionCode = resolutionCode
  if (channel !== null) values.channel = channel
  if (reportedMet !== null) values.reportedMet = reportedMet
  // Of these, nothing is something that can be said.
  const says = (field: keyof Ids | 'category') => mapped.has(field) && !(partial && row[field] === null)
  if (says('team')) values.teamId = idOf(ids.team, row.team)
  if (says('assignee')) values.assigneeId = idOf(ids.assignee, row.assignee)
  if (says('category')) values.category = row.category
  if (says('site')) values.siteId = idOf(ids.site, row.site)
  if (says('service')) values.serviceId = idOf(ids.service, row.service)
  if (says('requester')) values.requesterId = idOf(ids.requester, row.requester)
  return values
}

function idOf(ids: ReadonlyMap<string, string>, name: string | null): string | null {
  return name === null ? null : ids.get(name)!
}
