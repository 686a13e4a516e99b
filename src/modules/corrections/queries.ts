import { type Insertable, sql, type Updateable } from 'kysely'
import type { DB } from '#db'
import { Failure, type FailureCode, notFound } from '#core/failure.ts'
import { barredFromInside } from '#core/may.ts'
import { requireCustomer } from '#modules/customers'
import { type Result, resultView, untoldResult } from '#modules/service-levels'
import { isUntold, untoldRows } from '#platform/confidential.ts'
import type { Context, Db } from '#platform/context.ts'
import { keyOf, pageFrom } from '#platform/paging.ts'
import { sentence } from '#platform/problem.ts'
import type { Correction, CorrectionDifference, CorrectionFilter, DifferenceFilter, ListedDifference } from './api.ts'
import { type Change, change as changeSchema } from './change.ts'

/** What everybody reads who may read it at all; who asked and decided, and on what exactly, is the provider's affair. */
const open = ['id', 'customerId', 'kind', 'reason', 'evidence', 'state', 'counts'] as const
const moments = ['requestedAt', 'decidedAt', 'appliedAt', 'version'] as const
const inner = ['change', 'progress', 'failure', 'requestedBy', 'decidedBy', 'decisionNote', 'computedAt'] as const

function selectCorrections({ db, actor }: Pick<Context, 'db' | 'actor'>) {
  const inside = barredFromInside(actor) === null
  return db
    .selectFrom('correction')
    .select([...open, ...moments])
    .select(
      sql<string | null>`(select name from customer where customer.id = correction.customer_id)`.as('customerName'),
    )
    .$if(inside, (query) =>
      query
        .select([...inner])
        .select(sql<string | null>`(select name from person where person.id = correction.requested_by)`.as('requester'))
        .select(sql<string | null>`(select name from person where person.id = correction.decided_by)`.as('decider')),
    )
}

type CorrectionRow = Awaited<ReturnType<ReturnType<typeof selectCorrections>['execute']>>[number]

/** The latest first. */
export async function listCorrections(
  context: Context,
  { customer, state, incident, request, limit, cursor }: CorrectionFilter,
): Promise<{ items: Correction[]; nextCursor: string | null }> {
  const after = keyOf(cursor, ['moment', 'id'])
  const customerId = customer === undefined ? undefined : (await requireCustomer(context.db, customer)).id
  const rows = await selectCorrections(context)
    .select(sql<string>`requested_at::text`.as('key'))
    .$if(customerId !== undefined, (query) => query.where('customerId', '=', customerId!))
    .$if(state !== undefined, (query) => query.where('state', '=', state!))
    .$if(incident !== undefined, (query) =>
      query.where(
        sql<boolean>`exists (select from correction_difference d where d.correction_id = correction.id and d.incident_id = ${incident})`,
      ),
    )
    .$if(request !== undefined, (query) =>
      query.where(
        sql<boolean>`exists (select from correction_difference d where d.correction_id = correction.id and d.request_id = ${request})`,
      ),
    )
    .$if(after !== undefined, (query) =>
      query.where(sql<boolean>`(requested_at, id) < (${after![0]}::timestamptz, ${after![1]}::uuid)`),
    )
    .orderBy('requestedAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  const { items, nextCursor } = pageFrom(rows, limit, ({ key, id }) => [key, id])
  return { items: await correctionsOf(context, items), nextCursor }
}

export async function getCorrection(context: Context, id: string): Promise<Correction> {
  const row = await selectCorrections(context).where('id', '=', id).executeTakeFirst()
  if (!row) throw notFound('correction.not-found', { correction: id })
  return (await correctionsOf(context, [row]))[0]!
}

async function correctionsOf(context: Context, rows: readonly CorrectionRow[]): Promise<Correction[]> {
  const changes = rows.map(({ change }) => (change === undefined ? null : changeOf(change)))
  const abouts = await aboutOf(context.db, changes)
  return rows.map((row, index) => correctionOf(row, { change: changes[index]!, about: abouts[index]! }, context))
}

function correctionOf(
  row: CorrectionRow,
  { change, about }: Pick<Correction, 'change' | 'about'>,
  { actor }: Pick<Context, 'actor'>,
): Correction {
  const named = (id: string | null | undefined, name: string | null | undefined) =>
    typeof id === 'string' ? { id, name: name ?? '' } : null
  const failure = row.failure ?? null
  return {
    id: row.id,
    customer: named(row.customerId, row.customerName),
    kind: row.kind,
    change,
    about,
    reason: row.reason,
    evidence: row.evidence,
    state: row.state as Correction['state'],
    progress: row.progress ?? 0,
    counts: countsOf(row.counts, barredFromInside(actor) === null),
    failure: failure === null ? null : sentence(failureOf(failure), actor.language),
    requestedBy: named(row.requestedBy, row.requester),
    requestedAt: row.requestedAt,
    computedAt: row.computedAt ?? null,
    decidedBy: named(row.decidedBy, row.decider),
    decidedAt: row.decidedAt,
    decisionNote: row.decisionNote ?? null,
    appliedAt: row.appliedAt,
    version: row.version,
  }
}

type Counts = NonNullable<Correction['counts']>

/** As stored; what was counted by an earlier version of the program says less. */
function countsOf(stored: unknown, inside: boolean): Counts | null {
  const fewer = stored as (Pick<Counts, 'clocks' | 'flips' | 'locked'> & Partial<Counts>) | null
  return fewer && { behind: 0, movedIn: 0, figures: 0, lockedFigures: 0, ...fewer, ...(!inside && { behind: 0 }) }
}

/** What each of these changes is about, by name or number. */
async function aboutOf(db: Db, changes: readonly (Change | null)[]): Promise<Correction['about'][]> {
  const targets = changes.map((change) => (change === null ? null : targetOf(change)))
  const ids = (type: string) => targets.flatMap((target) => (target?.type === type ? [target.id] : []))
  const { rows } = await sql<{ readonly key: string; readonly id: string; readonly name: string }>`
    select id::text as key, id, name from calendar where id = any(${ids('calendar')}::uuid[])
    union all select id::text, id, name from agreement where id = any(${ids('agreement')}::uuid[])
    union all select id::text, id, number from incident where id = any(${ids('incident')}::uuid[])
    union all select id::text, id, name from service where id = any(${ids('service')}::uuid[])
    union all select id::text, id, number from request where id = any(${ids('request')}::uuid[])
    union all select id::text, incident_id, number from clock where id = any(${ids('clock')}::uuid[])`.execute(db)
  const found = new Map(rows.map(({ key, ...row }) => [key, row]))
  return targets.map((target) => {
    const row = target && found.get(target.id)
    return target && row ? { type: target.type === 'clock' ? 'incident' : target.type, ...row } : null
  })
}

function targetOf(change: Change) {
  switch (change.kind) {
    case 'late-holiday':
      return { type: 'calendar', id: change.calendar } as const
    case 'back-dated-contract':
      return { type: 'agreement', id: change.agreement } as const
    case 'exclusion':
      return { type: 'clock', id: change.clock } as const
    case 'availability':
      return { type: 'service', id: change.about!.service } as const
    case 'order-timestamp':
    case 'order-pause':
    case 'order-agreement':
    case 'order-exclusion':
      return { type: 'request', id: change.request } as const
    case 'corrected-timestamp':
    case 'disputed-pause':
    case 'late-pause':
    case 'wrong-agreement':
      break
  }
  return { type: 'incident', id: change.incident } as const
}

/** As stored: the code and the values of the sentence. */
function failureOf(stored: string): Failure {
  const { code, values } = JSON.parse(stored) as { code: FailureCode; values: Record<string, string> }
  return new Failure('refused', code, values)
}

/** As stored, JSON. */
export function changeOf(stored: unknown): Change {
  return changeSchema.parse(stored)
}

export async function insertCorrection(db: Db, row: Insertable<DB['correction']>): Promise<void> {
  await db.insertInto('correction').values(row).execute()
}

/** A correction's own columns, locked until the transaction ends. */
export async function lockCorrection(db: Db, id: string) {
  const row = await db.selectFrom('correction').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw notFound('correction.not-found', { correction: id })
  return row
}

export async function updateCorrection(db: Db, id: string, change: Updateable<DB['correction']>): Promise<void> {
  await db
    .updateTable('correction')
    .set((set) => ({ ...change, version: set('version', '+', 1) }))
    .where('id', '=', id)
    .execute()
}

/** How far it is; no change of the thing itself. */
export async function setProgress(db: Db, id: string, progress: number): Promise<void> {
  await db.updateTable('correction').set({ progress }).where('id', '=', id).execute()
}

export async function deleteDifferences(db: Db, correctionId: string): Promise<void> {
  await db.deleteFrom('correctionDifference').where('correctionId', '=', correctionId).execute()
}

export async function insertDifferences(
  db: Db,
  rows: readonly Insertable<DB['correctionDifference']>[],
): Promise<void> {
  // A statement takes so many values at most.
  for (let from = 0; from < rows.length; from += 1000) {
    await db
      .insertInto('correctionDifference')
      .values(rows.slice(from, from + 1000))
      .execute()
  }
}

/**
 * In the order in which they were found. The last page ends with those that are counted and that whoever asks must not know of:
 * of each what was counted and no more.
 */
export async function listDifferences(
  context: Context,
  id: string,
  { limit, cursor, ...filter }: DifferenceFilter,
): Promise<{ items: ListedDifference[]; nextCursor: string | null }> {
  const { db } = context
  await getCorrection(context, id)
  const after = keyOf(cursor, ['number'])
  const rows = await differences(db, id, filter)
    .$if(after !== undefined, (query) => query.where('position', '>', after![0] as number))
    .limit(limit + 1)
    .execute()
  const { items, nextCursor } = pageFrom(rows, limit, ({ position }) => [position])
  const untold = await untoldRows(db, nextCursor, (most) =>
    differences(db, id, filter)
      .where(isUntold(sql`incident_id`))
      .limit(most)
      .execute(),
  )
  return { items: [...items.map(differenceOf), ...untold.map(differenceOf).map(untoldDifference)], nextCursor }
}

/** The one at that position, as whoever asks may know of it. Throws when there is none. */
export async function differenceAt({ db }: Context, id: string, position: number): Promise<CorrectionDifference> {
  const row = await differences(db, id, {}).where('position', '=', position).executeTakeFirst()
  if (!row) throw notFound('clock.not-found')
  return differenceOf(row)
}

function differences(db: Db, id: string, { flips, locked, behind }: Omit<DifferenceFilter, 'limit' | 'cursor'>) {
  return db
    .selectFrom('correctionDifference')
    .select(['position', 'incidentId', 'requestId', 'clockId', 'number', 'metric', 'before', 'after', 'locked'])
    .select(['movedIn', 'flips', 'behind', sql<string | null>`to_char(month, 'YYYY-MM')`.as('month')])
    .where('correctionId', '=', id)
    .$if(behind !== undefined, (query) => query.where('behind', behind! ? 'is not' : 'is', null))
    .$if(flips !== undefined, (query) => query.where('flips', '=', flips!))
    .$if(locked !== undefined, (query) => query.where('locked', '=', locked!))
    .orderBy('position')
}

type DifferenceRow = Awaited<ReturnType<ReturnType<typeof differences>['execute']>>[number]

function differenceOf(row: DifferenceRow): CorrectionDifference {
  return {
    ...row,
    metric: row.metric as CorrectionDifference['metric'],
    before: resultView(row.before as Result | null),
    after: resultView(row.after as Result | null),
  }
}

function untoldDifference(one: CorrectionDifference): ListedDifference {
  const nothing = { position: null, incidentId: null, clockId: null, number: null }
  return { ...one, ...nothing, before: untoldResult(one.before), after: untoldResult(one.after) }
}
