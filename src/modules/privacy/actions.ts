import { sql } from 'kysely'
import { Failure, invalid, notFound, refused } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { requireNotLastAdministrator } from '#modules/people'
import type { Context, Db } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import { keyOf, pageFrom } from '#platform/paging.ts'
import type { Erasure, ErasureWhole, NewErasure, NewHold, Retention, RetentionPeriods } from './api.ts'
import { certificate } from './certificate.ts'
import { eraseJob } from './jobs.ts'
import { countriesOfSites, isHeld, lastRuns, listHolds, readPeriods, readPolicy } from './queries.ts'
import { type RetentionClass, retentionClasses, retentionClassNames } from './retention-class.ts'

const DAY_MS = 86_400_000

/** When the night of `privacy.retention` is next. */
function nextNight(now: Date): Date {
  const next = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate(), 2, 37))
  return next > now ? next : new Date(next.getTime() + DAY_MS)
}

export async function readRetention({ db, now }: Pick<Context, 'db' | 'now'>): Promise<Retention> {
  const periods = await readPeriods(db)
  return {
    on: (await readPolicy(db)).retention,
    next: nextNight(now),
    classes: retentionClassNames.map((name) => ({
      class: name,
      usual: retentionClasses[name].months,
      becomes: retentionClasses[name].becomes,
      periods: periods.filter((each) => each.class === name).map(({ country, months }) => ({ country, months })),
    })),
    countries: [...(await countriesOfSites(db))],
    runs: await lastRuns(db, 10),
    holds: await listHolds(db),
  }
}

/** Replaces what was said of a class; a country that is not among them follows the rule for all. */
export async function setPeriods(
  context: Context,
  name: RetentionClass,
  { periods }: RetentionPeriods,
): Promise<Retention> {
  const { db, now } = context
  const twice = periods.find(({ country }, index) => periods.findIndex((each) => each.country === country) !== index)
  if (twice !== undefined) throw invalid('retention.country', { country: twice.country })
  await db.deleteFrom('retentionPeriod').where('class', '=', name).execute()
  if (periods.length > 0)
    await db
      .insertInto('retentionPeriod')
      .values(periods.map((period) => ({ class: name, ...period, changedAt: now })))
      .execute()
  await audit(context, { action: 'retention.changed', facts: { class: name, periods } })
  return readRetention(context)
}

export async function hold(context: Context, { customer, reason }: NewHold): Promise<{ id: string }> {
  const { db, now, actor } = context
  const found = await db.selectFrom('customer').select('id').where('id', '=', customer).executeTakeFirst()
  if (found === undefined) throw notFound('customer.not-found')
  const id = newId(now.getTime())
  await db
    .insertInto('retentionHold')
    .values({ id, customerId: customer, reason, madeBy: actor.personId, madeAt: now })
    .execute()
  await audit(context, { action: 'retention.held', subjectType: 'customer', subjectId: customer, customerId: customer })
  return { id }
}

export async function endHold(context: Context, id: string): Promise<{ id: string }> {
  const { db, now } = context
  const ended = await db
    .updateTable('retentionHold')
    .set({ endedAt: now })
    .where('id', '=', id)
    .where('endedAt', 'is', null)
    .returning('customerId')
    .executeTakeFirst()
  if (ended === undefined) throw notFound('hold.not-found')
  const { customerId } = ended
  await audit(context, { action: 'retention.released', subjectType: 'customer', subjectId: customerId, customerId })
  return { id }
}

function erasures(db: Db) {
  return db
    .selectFrom('erasure')
    .innerJoin('person', 'person.id', 'erasure.personId')
    .leftJoin('person as asker', 'asker.id', 'erasure.requestedBy')
    .select(['erasure.id', 'erasure.ground', 'erasure.state', 'erasure.requestedAt', 'erasure.dueAt', 'erasure.doneAt'])
    .select(['erasure.refusal', 'erasure.repeatedAt', 'erasure.checksum', 'erasure.personId', 'erasure.requestedBy'])
    .select(['erasure.certificate', 'person.name', 'asker.name as askerName'])
}

type Row = Awaited<ReturnType<ReturnType<typeof erasures>['executeTakeFirstOrThrow']>>

function erasureOf({ personId, requestedBy, name, askerName, ground, state, ...row }: Row): ErasureWhole {
  return {
    id: row.id,
    requestedAt: row.requestedAt,
    dueAt: row.dueAt,
    doneAt: row.doneAt,
    refusal: row.refusal,
    repeatedAt: row.repeatedAt,
    checksum: row.checksum,
    person: { id: personId, name },
    requestedBy: requestedBy === null ? null : { id: requestedBy, name: askerName ?? requestedBy },
    ground: ground as Erasure['ground'],
    state: state as Erasure['state'],
    certificate: row.certificate === null ? null : certificate.parse(row.certificate),
  }
}

/** The latest first. */
export async function listErasures(
  { db }: Pick<Context, 'db'>,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<{ items: Erasure[]; nextCursor: string | null }> {
  const after = keyOf(cursor, ['moment', 'id'])
  const rows = await erasures(db)
    .select(sql<string>`erasure.requested_at::text`.as('key'))
    .$if(after !== undefined, (query) =>
      query.where(sql<boolean>`(erasure.requested_at, erasure.id) < (${after![0]}::timestamptz, ${after![1]}::uuid)`),
    )
    .orderBy('erasure.requestedAt', 'desc')
    .orderBy('erasure.id', 'desc')
    .limit(limit + 1)
    .execute()
  const { items, nextCursor } = pageFrom(rows, limit, ({ key, id }) => [key, id])
  return { items: items.map(erasureOf), nextCursor }
}

export async function readErasure({ db }: Pick<Context, 'db'>, id: string): Promise<ErasureWhole> {
  const row = await erasures(db).where('erasure.id', '=', id).executeTakeFirst()
  if (row === undefined) throw notFound('erasure.not-found')
  return erasureOf(row)
}

/** A month, as the law counts it (GDPR Art. 12.3). */
const DUE_DAYS = 30

/** Takes down that somebody is to be forgotten, and begins; or that it is refused, and why. */
export async function askForErasure(
  context: Context,
  { person: personId, ground, refusal }: NewErasure,
): Promise<{ id: string }> {
  const { db, now, actor, enqueue } = context
  if (personId === actor.personId) throw refused('erasure.own')
  const person = await db
    .selectFrom('person')
    .leftJoin('customer', 'customer.id', 'person.customerId')
    .select(['person.id', 'person.customerId', 'customer.name as customer'])
    .where('person.id', '=', personId)
    .where('person.pseudonym', '=', false)
    .executeTakeFirst()
  if (person === undefined) throw notFound('person.not-found')
  if (refusal === undefined && (await isHeld(db, person.customerId)))
    throw refused('erasure.held', { customer: person.customer! })
  if (refusal === undefined) await requireNotLastAdministrator(context, personId)
  const id = newId(now.getTime())
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('erasure')
    .values({
      id,
      personId,
      customerId: person.customerId,
      ground,
      state: refusal === undefined ? 'waiting' : 'refused',
      requestedBy: actor.personId,
      requestedAt: now,
      dueAt: new Date(now.getTime() + DUE_DAYS * DAY_MS),
      refusal: refusal ?? null,
    })
    .onConflict((conflict) => conflict.column('personId').where('state', '<>', 'refused').doNothing())
    .executeTakeFirst()
  if (numInsertedOrUpdatedRows !== 1n) throw new Failure('conflict', 'erasure.asked-already')
  const { customerId } = person
  const action = refusal === undefined ? 'erasure.asked' : 'erasure.refused'
  await audit(context, {
    action,
    subjectType: 'person',
    subjectId: personId,
    customerId,
    facts: { erasure: id, ground },
  })
  if (refusal === undefined) await enqueue(eraseJob, { erasure: id })
  return { id }
}
