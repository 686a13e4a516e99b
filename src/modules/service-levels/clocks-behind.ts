import { type Compilable, sql } from 'kysely'
import { type Alarm, alarmsOf, toldOf } from '#core/alarm.ts'
import { heldClock } from '#core/chain.ts'
import { byNow, type ClockResult, type ClockSegment, runClock } from '#core/clock.ts'
import type { ClockEvent } from '#core/clock-terms.ts'
import { newId } from '#core/id.ts'
import type { Db } from '#platform/context.ts'
import { inserting } from '#platform/insert.ts'
import type { Priority } from './agreement.ts'
import type { Ask } from './ask.ts'
import type { IncidentClocks } from './clocks.ts'
import { continuing, dateOf, storedAlarms, withPast } from './clock-row.ts'
import { type AgreementInForce, compile } from './in-force.ts'
import { keyAt } from './key-in-force.ts'

/** What is promised again and again (the next update) is owed by whoever leads, not by each who holds a ticket for a while. */
const heldMetrics = ['response', 'resolution', 'restore'] as const
type HeldMetric = (typeof heldMetrics)[number]

/** An agreement of a team or a supplier that another relies on, ready to be counted with. */
export interface Behind {
  readonly agreementId: string
  readonly name: string
  readonly type: 'ola' | 'uc'
  readonly step: number
  readonly partyTeamId: string | null
  readonly agreement: AgreementInForce
}

interface BehindRow extends Omit<Behind, 'agreement'> {
  readonly versionId: string
}

/**
 * What stood behind a version at a moment for an incident of a service and a site, through others as well: each once, in
 * the order of its steps, in the hours that it names.
 */
export async function readBehind(
  db: Db,
  relyingVersionId: string,
  { serviceId, siteId }: { readonly serviceId: string | null; readonly siteId: string | null },
  at: Date,
): Promise<readonly Behind[]> {
  const { rows } = await sql<BehindRow>`
    with recursive behind (id, step) as (
      select s.supported_by, s.step from agreement_support s join agreement_version v on v.agreement_id = s.agreement_id
      where v.id = ${relyingVersionId}
      union select s.supported_by, s.step from agreement_support s join behind on behind.id = s.agreement_id
    )
    select a.id as agreement_id, a.name, a.type, min(behind.step)::int as step, a.party_team_id, v.id as version_id
    from behind join agreement a on a.id = behind.id cross join lateral (
      select v.id from agreement_version v
      where v.agreement_id = a.id and v.state in ('active', 'superseded', 'expired', 'terminated')
        and v.valid_from <= ${at} and (v.valid_to is null or v.valid_to > ${at})
        and (v.service_ids = '{}' or ${serviceId}::uuid = any(v.service_ids))
      order by v.valid_from desc, v.id limit 1
    ) v
    group by a.id, v.id order by step, lower(a.name), a.id`.execute(db)
  const found: Behind[] = []
  for (const { versionId, ...row } of rows) {
    const key = await keyAt(db, versionId, { serviceId, siteId, teamId: row.partyTeamId })
    found.push({ ...row, agreement: await compile(db, { versionId, ...key, isSupported: false }) })
  }
  return found
}

/** What of an incident decides about the clocks behind its own. */
export interface RelyingSubject {
  readonly incidentId: string
  readonly customerId: string
  readonly number: string
  readonly priority: Priority
  readonly category: string | null
  readonly serviceId: string | null
  readonly siteId: string | null
}

export interface BehindClock {
  readonly behind: Behind
  readonly metric: HeldMetric
  readonly result: ClockResult
  readonly subject: RelyingSubject
}

/** The clocks of what stands behind an incident's agreement by `now`, each running while its party holds the incident. */
export function countBehind(
  behind: readonly Behind[],
  subject: RelyingSubject,
  events: readonly ClockEvent[],
  at: number,
): readonly BehindClock[] {
  const now = byNow(events, at)
  const openedAt = events.find(({ kind }) => kind === 'opened')?.at ?? now
  return behind.flatMap((each) => {
    const { agreement, partyTeamId } = each
    const promised = agreement.promised(subject, openedAt)
    return heldMetrics.flatMap((metric): readonly BehindClock[] => {
      const target = promised.targets.get(`${metric} ${subject.priority}`)
      const terms = target && promised.termsOf(metric, subject.priority)
      if (!target || !terms) return []
      const { open } = promised
      // Of a supplier without a team of its own the wait for it is its time, and no pause.
      const pausedBy =
        partyTeamId === null ? terms.pausedBy.filter((reason) => reason !== 'awaiting-supplier') : terms.pausedBy
      const isHeld = ({ kind, team, reason }: ClockSegment) =>
        kind === 'run' && (partyTeamId === null ? reason === 'awaiting-supplier' : team === partyTeamId)
      const counted = runClock({ ...terms, pausedBy, reopen: 'continue' }, open, events, now + 1)
      const result = heldClock(counted, { target: { ...target, open }, boundary: terms.boundary, isHeld }, now)
      return [{ behind: each, metric, result, subject }]
    })
  })
}

/** A row of `clock_behind`, with all its alarms, told or not. */
type BehindStored = ReturnType<typeof rowOf>

export function rowOf({ behind, metric, result, subject }: BehindClock, now: Date) {
  const { state, startAt, dueAt, breachedAt, stoppedAt, targetMs, elapsedMs, segments } = result
  const { incidentId, customerId, number } = subject
  const at = now.getTime()
  const alarms: readonly Alarm[] = alarmsOf(result, behind.agreement.atRiskBp, at)
  const promise = { round: result.earlier.length, targetMs }
  const runs = state === 'running' || (state === 'breached-running' && segments.at(-1)?.kind === 'run')
  return {
    id: newId(startAt ?? at),
    incidentId,
    customerId,
    number,
    agreementId: behind.agreementId,
    agreementVersionId: behind.agreement.versionId,
    metric,
    state,
    startedAt: dateOf(startAt),
    dueAt: dateOf(dueAt),
    breachedAt: dateOf(breachedAt !== null && breachedAt <= at ? breachedAt : null),
    stoppedAt: dateOf(stoppedAt),
    elapsedMs: Math.round(elapsedMs),
    runningSince: runs ? now : null,
    ...promise,
    attachedAt: now as Date | null,
    toldBp: toldOf(promise, null, alarms, at),
    alarms,
  }
}

/** The statement that stores an incident's first clocks behind its own; at least one. */
export function writeBehind(clocks: readonly BehindClock[], now: Date): Compilable {
  return inserting(
    'clockBehind',
    clocks.map((clock) => storedRow(rowOf(clock, now))),
  )
}

function storedRow({ alarms, ...row }: BehindStored) {
  return { ...row, ...storedAlarms(alarms, row.toldBp) }
}

interface KeptBehind {
  readonly key: string
  readonly round: number
  readonly targetMs: number
  readonly toldBp: number
  readonly attachedAt: number | null
}

/**
 * Stores what stands behind the clocks of incidents as it is counted, in the place of what was stored before. What was told
 * of a promise stays told. To be called with the incidents locked.
 *
 * @param hasPast Whether an incident was brought in with its past, so that what was reached by now is told to nobody.
 */
export async function replaceBehind(
  ask: Ask,
  incidentIds: readonly string[],
  clocks: readonly BehindClock[],
  { now, hasPast = () => false }: { readonly now: Date; readonly hasPast?: (incidentId: string) => boolean },
): Promise<void> {
  if (incidentIds.length === 0) return
  const kept = await ask<KeptBehind>(
    `select incident_id || ' ' || agreement_id || ' ' || metric as key, round, target_ms as "targetMs", told_bp as "toldBp",
       round(date_part('epoch', attached_at) * 1000) as "attachedAt"
     from clock_behind where incident_id = any($1::uuid[]) order by id for update`,
    [incidentIds],
  )
  const before = new Map(kept.map((row) => [row.key, row]))
  const rows = clocks.map((clock) => {
    const counted = rowOf(clock, now)
    const row = hasPast(counted.incidentId) ? withPast(counted, now) : counted
    const was = before.get(`${row.incidentId} ${row.agreementId} ${row.metric}`)
    if (was === undefined) return storedRow(row)
    const { toldBp, attachedAt } = continuing(row, { ...was, attachedAt: dateOf(was.attachedAt) })
    return storedRow({ ...row, toldBp, attachedAt })
  })
  await ask(
    `delete from clock_behind where incident_id = any($1::uuid[]) and not exists (
       select from jsonb_to_recordset($2::jsonb) as n("incidentId" uuid, "agreementId" uuid, metric text)
       where n."incidentId" = incident_id and n."agreementId" = agreement_id and n.metric = clock_behind.metric)`,
    [incidentIds, JSON.stringify(rows)],
  )
  if (rows.length === 0) return
  await ask(
    `insert into clock_behind (${columns.map(([column]) => column).join(', ')})
     select ${columns.map(([, name]) => `n."${name}"`).join(', ')}
     from jsonb_to_recordset($1::jsonb) as n(${columns.map(([, name, type]) => `"${name}" ${type}`).join(', ')})
     on conflict (incident_id, agreement_id, metric) do update
     set ${columns
       .slice(KEYS)
       .map(([column]) => `${column} = excluded.${column}`)
       .join(', ')}`,
    [JSON.stringify(rows.map((row) => ({ ...row, alarms: row.alarms === null ? null : JSON.parse(row.alarms) })))],
  )
}

/**
 * Counts and stores what stands behind the clocks of many incidents: of those that are open, and of those of which something
 * is stored. Of what was over long ago nothing is begun, but where `isBegun` says so: of incidents that come with their past
 * and were in a supplier's hands. Runs as the owner of the tables, in a transaction with the incidents locked.
 */
export async function recountBehind(
  db: Db,
  ask: Ask,
  counted: readonly IncidentClocks[],
  { now, isBegun }: { readonly now: Date; readonly isBegun?: (incident: IncidentClocks) => boolean },
): Promise<void> {
  const { touched, clocks } = await countTouched(db, ask, counted, { now, isBegun })
  if (touched.length === 0) return
  const imported = new Set(touched.flatMap(({ incidentId, hasPast }) => (hasPast ? [incidentId] : [])))
  await replaceBehind(
    ask,
    touched.map(({ incidentId }) => incidentId),
    clocks,
    { now, hasPast: (id) => imported.has(id) },
  )
}

/** What stands behind the clocks of those incidents that have something stored of it, or are open, or are to be begun. */
export async function countTouched(
  db: Db,
  ask: Ask,
  counted: readonly IncidentClocks[],
  {
    now,
    isBegun = () => false,
  }: { readonly now: Date; readonly isBegun?: ((incident: IncidentClocks) => boolean) | undefined },
): Promise<{ readonly touched: readonly IncidentClocks[]; readonly clocks: readonly BehindClock[] }> {
  const ids = counted.map(({ incidentId }) => incidentId)
  const stored = await ask<{ readonly id: string }>(
    'select distinct incident_id as id from clock_behind where incident_id = any($1::uuid[])',
    [ids],
  )
  const known = new Set(stored.map(({ id }) => id))
  const touched = counted.filter(
    (each) =>
      known.has(each.incidentId) ||
      (each.relying && (each.clocks.some(({ result }) => result.stoppedAt === null) || isBegun(each))),
  )
  const clocks: BehindClock[] = []
  for (const { relying } of touched) {
    if (!relying) continue
    const { versionId, subject, openedAt, events } = relying
    clocks.push(...countBehind(await readBehind(db, versionId, subject, openedAt), subject, events, now.getTime()))
  }
  return { touched, clocks }
}

const columns = [
  ['id', 'id', 'uuid'],
  ['incident_id', 'incidentId', 'uuid'],
  ['customer_id', 'customerId', 'uuid'],
  ['agreement_id', 'agreementId', 'uuid'],
  ['metric', 'metric', 'text'],
  ['number', 'number', 'text'],
  ['agreement_version_id', 'agreementVersionId', 'uuid'],
  ['state', 'state', 'text'],
  ['started_at', 'startedAt', 'timestamptz'],
  ['due_at', 'dueAt', 'timestamptz'],
  ['breached_at', 'breachedAt', 'timestamptz'],
  ['stopped_at', 'stoppedAt', 'timestamptz'],
  ['target_ms', 'targetMs', 'bigint'],
  ['elapsed_ms', 'elapsedMs', 'bigint'],
  ['running_since', 'runningSince', 'timestamptz'],
  ['round', 'round', 'integer'],
  ['attached_at', 'attachedAt', 'timestamptz'],
  ['told_bp', 'toldBp', 'integer'],
  ['alarms', 'alarms', 'jsonb'],
  ['alarm_at', 'alarmAt', 'timestamptz'],
] as const

/** The columns before these name a row, and stay. */
const KEYS = 5
