import { sql } from 'kysely'
import { type Failure, invalid, refused } from '#core/failure.ts'
import type { Db } from '#platform/context.ts'
import { correctedFacts, type IncidentFact } from './clock-events.ts'

/** How far ahead of ours another clock may be before what it says is refused. */
export const CLOCK_SKEW_MS = 2 * 60_000

/**
 * Throws when `at` lies in the future by more than another clock may be ahead.
 *
 * @param path Where it was given.
 * @param zone In which it is told of; UTC unless given.
 */
export function requirePast(at: Date, now: Date, path: string, zone = 'UTC'): void {
  if (at.getTime() <= now.getTime() + CLOCK_SKEW_MS) return
  const values = { at: at.toISOString(), now: now.toISOString(), zone }
  throw invalid('incident.from-the-future', values, { errors: [{ path, message: '' }] })
}

/** An incident, as far as moments of it are spoken of. */
interface Placed {
  readonly number: string
  readonly customerId: string
  readonly siteId: string | null
}

/** The zone in which people speak of it: that of its site, else of its customer. */
export async function zoneOf(db: Db, { customerId, siteId }: Placed): Promise<string> {
  const { rows } = await sql<{ readonly zone: string }>`
    select coalesce((select time_zone from site where id = ${siteId}::uuid), time_zone) as zone
    from customer where id = ${customerId}`.execute(db)
  return rows[0]?.zone ?? 'UTC'
}

/** The same of what happened to an incident, told in the zone in which people speak of it. */
export async function requirePastOf(db: Db, { at, now }: { readonly at: Date; readonly now: Date }, incident: Placed) {
  if (at.getTime() > now.getTime()) requirePast(at, now, 'occurredAt', await zoneOf(db, incident))
}

/** Throws when `at` lies before the incident was opened: what happened to it cannot be older than it is. */
export async function requireAfterOpening(
  db: Db,
  at: Date,
  incident: Placed & { readonly openedAt: Date },
): Promise<void> {
  if (at >= incident.openedAt) return
  const opened = incident.openedAt.toISOString()
  throw invalid(
    'incident.before-opening',
    { incident: incident.number, opened, zone: await zoneOf(db, incident) },
    { errors: [{ path: 'occurredAt', message: '' }] },
  )
}

/** Facts that say in which state an incident is: each of them follows the one before. */
export const steps: readonly string[] = ['incident.opened', 'incident.state']

/** Throws when `at` lies before the last step of a history: a pause would end before it begins, or a stop precede its start. */
export async function requireAfterLastStep(
  db: Db,
  at: Date,
  { incident, history }: { readonly incident: Placed; readonly history: readonly IncidentFact[] },
): Promise<void> {
  const last = correctedFacts(history).findLast(({ kind }) => steps.includes(kind))
  if (last === undefined || at.getTime() >= last.at) return
  throw invalid(
    'incident.out-of-order',
    { incident: incident.number, since: new Date(last.at).toISOString(), zone: await zoneOf(db, incident) },
    { errors: [{ path: 'occurredAt', message: '' }] },
  )
}

/** Throws when a step that is moved to `at` would change places with another; says between which moments it can be. */
export async function requireInPlace(
  db: Db,
  { factId, at }: { readonly factId: string; readonly at: Date },
  { incident, history }: { readonly incident: Placed; readonly history: readonly IncidentFact[] },
): Promise<void> {
  const known = correctedFacts(history).filter(({ kind }) => steps.includes(kind))
  const place = known.findIndex(({ id }) => id === factId)
  if (place === -1) return
  const bounds = { after: known[place - 1]?.at, before: known[place + 1]?.at }
  if (isBetween(at, bounds)) return
  throw outOfOrder(incident.number, bounds, await zoneOf(db, incident))
}

/** Between which moments a step lies, in epoch milliseconds; undefined where nothing is before or after it. */
interface Bounds {
  readonly after: number | undefined
  readonly before: number | undefined
}

/** Both bounds are allowed: steps may fall together. */
export function isBetween(at: Date, { after = -Infinity, before = Infinity }: Bounds): boolean {
  return at.getTime() >= after && at.getTime() <= before
}

const MINUTE_MS = 60_000

/** Says between which whole minutes a step can be moved, as people type them. */
export function outOfOrder(
  number: string,
  { after, before }: Bounds,
  zone: string,
  path = 'change.occurredAt',
): Failure {
  const minute = (round: (value: number) => number, at: number | undefined) =>
    at === undefined ? '' : new Date(round(at / MINUTE_MS) * MINUTE_MS).toISOString()
  return refused(
    'correction.out-of-order',
    {
      incident: number,
      bounds: after === undefined ? 'end' : before === undefined ? 'start' : 'both',
      after: minute(Math.ceil, after),
      before: minute(Math.floor, before),
      zone,
    },
    { errors: [{ path, message: '' }] },
  )
}
