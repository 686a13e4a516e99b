import type { HistoryEntry } from '#api/incidents'
import { barredFromInside } from '#core/may.ts'
import { getIncident, readTimeline } from '#modules/incidents'
import type { Context } from '#platform/context.ts'
import { factColumns } from '#platform/history.ts'
import type { MajorIncident, TimelineEntry } from './api.ts'
import { firstDueOf, readMajorIncident } from './queries.ts'
import { rhythmOf } from './rhythm.ts'
import { readSentUpdates } from './updates-query.ts'

/** As many facts of the incident and of the major incident are told. */
const MOST = 1000

/**
 * Everything that happened, the oldest first: the facts of the incident and of the major incident, what its clocks did, and,
 * for the provider, where an update was promised and did not come.
 */
export async function readMajorTimeline(
  context: Context,
  id: string,
): Promise<{ timeZone: string; items: TimelineEntry[]; more: boolean }> {
  const major = await readMajorIncident(context, id)
  const incident = await getIncident(context, major.incident.id)
  const told = await readTimeline(context, incident, { limit: MOST })
  const own = await readOwnFacts(context, id)
  const inside = barredFromInside(context.actor) === null
  const items = inOrder([
    ...told.items.filter((entry) => !isChildLink(entry)).map((entry) => entryOf('incident', entry)),
    ...own.map((entry) => entryOf('major-incident', entry)),
    ...incident.clocks.flatMap(clockEntries).filter((entry) => !told.items.some((fact) => isAlarmOf(fact, entry))),
    ...(inside ? await gapEntries(context, major) : []),
  ])
  return {
    timeZone: incident.site?.timeZone ?? major.customer.timeZone,
    items,
    more: told.nextCursor !== null || own.length === MOST,
  }
}

/** Fifty incidents that became part of it are one fact of the major incident. */
function isChildLink({ kind, facts }: HistoryEntry): boolean {
  return kind === 'incident.linked' && facts['link'] === 'parent-of'
}

/** A miss that somebody was told of is a fact already. */
function isAlarmOf({ kind, facts }: HistoryEntry, entry: TimelineEntry): boolean {
  return kind === 'clock.breached' && entry.kind === 'clock.missed' && facts['metric'] === entry.facts['metric']
}

function entryOf(of: 'incident' | 'major-incident', entry: HistoryEntry): TimelineEntry {
  const { id, kind, occurredAt, recordedAt, actor, visibility, facts } = entry
  return { id, of, kind, at: occurredAt, until: null, recordedAt, actor, visibility, facts }
}

async function readOwnFacts({ db, actor }: Context, id: string): Promise<HistoryEntry[]> {
  const inside = barredFromInside(actor) === null
  const rows = await db
    .selectFrom('history')
    .select(factColumns)
    .$if(inside, (query) => query.leftJoin('person', 'person.id', 'history.actorId').select('person.name as actor'))
    .where('history.subjectId', '=', id)
    .where('history.subjectType', '=', 'major-incident')
    .orderBy('history.occurredAt')
    .orderBy('history.sequence')
    .orderBy('history.id')
    .limit(MOST)
    .execute()
  return rows.map(({ actor: who, facts, visibility, ...row }) => ({
    ...row,
    actor: who ?? null,
    visibility: visibility as HistoryEntry['visibility'],
    facts: facts as Record<string, unknown>,
  }))
}

interface Clock {
  readonly id: string
  readonly metric: string
  readonly state: string
  readonly stoppedAt: Date | null
  readonly breachedAt: Date | null
  readonly targetSeconds: number
}

/** A clock that was missed says so at that moment; one that was kept when it stopped. */
function clockEntries({ id, metric, state, stoppedAt, breachedAt, targetSeconds }: Clock): TimelineEntry[] {
  const base = { of: 'clock', until: null, recordedAt: null, actor: null, visibility: 'public' } as const
  const facts = { metric, targetSeconds }
  if (breachedAt !== null) return [{ ...base, id: `${id}-missed`, kind: 'clock.missed', at: breachedAt, facts }]
  if (state === 'met' && stoppedAt !== null)
    return [{ ...base, id: `${id}-met`, kind: 'clock.met', at: stoppedAt, facts }]
  return []
}

async function gapEntries({ db, now }: Context, major: MajorIncident): Promise<TimelineEntry[]> {
  if (major.declaredAt === null) return []
  const sent = await readSentUpdates(db, major)
  const { gaps } = rhythmOf(firstDueOf(major.declaredAt), sent, { now, over: major.stoodDownAt })
  return gaps.map(({ from, to }) => ({
    id: `gap-${from.getTime()}`,
    of: 'gap',
    kind: 'gap.update',
    at: from,
    until: to,
    recordedAt: null,
    actor: null,
    visibility: 'internal',
    facts: {},
  }))
}

/** By when it was true; what is of one moment stays as it was given. */
function inOrder(entries: readonly TimelineEntry[]): TimelineEntry[] {
  return entries.toSorted((one, other) => one.at.getTime() - other.at.getTime())
}
