import { notFound, refused } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { barredFromInside, require } from '#core/may.ts'
import type { Language } from '#core/text.ts'
import { requireCustomer } from '#modules/customers'
import type { Context, Db } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import { keyOf, pageFrom } from '#platform/paging.ts'
import type { addSchedule, ReportDelivery, ReportSchedule } from './api-schedules.ts'
import { editionsOf } from './actions.ts'
import type { Edition, ReportKind } from './facts.ts'
import { barredFromMaking } from './may.ts'
import type { z } from 'zod'

interface ScheduleQuery {
  readonly customer?: string | undefined
  readonly limit: number
  readonly cursor?: string | undefined
}

/** `GET /report-schedules`. */
export async function listSchedules({ db, actor }: Context, { customer, limit, cursor }: ScheduleQuery) {
  require(barredFromInside(actor))
  const after = keyOf(cursor, ['moment', 'id'])
  const customerId = customer === undefined ? undefined : (await requireCustomer(db, customer)).id
  const rows = await schedules(db)
    .$if(customerId !== undefined, (query) => query.where('s.customerId', '=', customerId!))
    .$if(after !== undefined, (query) =>
      query.where((by) =>
        by(by.refTuple('s.createdAt', 's.id'), '<', by.tuple(new Date(String(after![0])), String(after![1]))),
      ),
    )
    .orderBy('s.createdAt', 'desc')
    .orderBy('s.id', 'desc')
    .limit(limit + 1)
    .execute()
  const found = pageFrom(rows, limit, ({ createdAt, id }) => [createdAt.toISOString(), id])
  return { ...found, items: await withPeople(db, found.items) }
}

function schedules(db: Db) {
  return db
    .selectFrom('reportSchedule as s')
    .innerJoin('customer as c', 'c.id', 's.customerId')
    .select(['s.id', 's.report', 's.edition', 's.language', 's.day', 's.recipientIds', 's.ownerId', 's.nextMonth'])
    .select(['s.endedAt', 's.version', 's.createdAt', 'c.id as customerId', 'c.name as customerName'])
}

type Row = Awaited<ReturnType<ReturnType<typeof schedules>['execute']>>[number]

/** With the people as far as the reader may see them. */
async function withPeople(db: Db, rows: readonly Row[]): Promise<ReportSchedule[]> {
  const ids = [...new Set(rows.flatMap(({ recipientIds, ownerId }) => [...recipientIds, ownerId]))]
  const people =
    ids.length === 0 ? [] : await db.selectFrom('person').select(['id', 'name']).where('id', 'in', ids).execute()
  const known = new Map(people.map((person) => [person.id, person]))
  return rows.map(({ recipientIds, ownerId, customerId, customerName, nextMonth, createdAt: _createdAt, ...row }) => ({
    ...row,
    customer: { id: customerId, name: customerName },
    report: row.report as ReportKind,
    edition: row.edition as Edition,
    language: row.language as Language,
    recipients: recipientIds.flatMap((id) => known.get(id) ?? []),
    owner: known.get(ownerId) ?? null,
    nextMonth: nextMonth.slice(0, 7),
  }))
}

/** One that the reader sees. */
export async function getSchedule(db: Db, id: string): Promise<ReportSchedule> {
  const rows = await schedules(db).where('s.id', '=', id).execute()
  const [found] = await withPeople(db, rows)
  if (found === undefined) throw notFound('report-schedule.not-found')
  return found
}

/** `GET /report-schedules/:id`. */
export async function readSchedule({ db, actor }: Context, id: string): Promise<ReportSchedule> {
  require(barredFromInside(actor))
  return getSchedule(db, id)
}

/** `POST /report-schedules`. */
export async function planSchedule(
  context: Context,
  { customer: idOrName, recipients, nextMonth, edition: asked, ...rest }: z.output<typeof addSchedule.body>,
): Promise<ReportSchedule> {
  require(barredFromMaking(context.actor))
  const { db, now, actor } = context
  const [edition = 'customer'] = editionsOf(rest.report, asked === undefined ? [] : [asked])
  const plan = { ...rest, edition }
  const customer = await requireCustomer(db, idOrName)
  const wanted = [...new Set(recipients)]
  const people = await db
    .selectFrom('person')
    .select(['id', 'customerId'])
    .where('id', 'in', wanted)
    .where((where) => where.or([where('customerId', 'is', null), where('customerId', '=', customer.id)]))
    .execute()
  if (people.length < wanted.length) throw refused('report-schedule.recipient')
  if (edition === 'internal' && people.some(({ customerId }) => customerId !== null))
    throw refused('report-schedule.internal')
  if (actor.personId === null) throw refused('report-schedule.owner')
  const id = newId(now.getTime())
  await db
    .insertInto('reportSchedule')
    .values({
      ...plan,
      id,
      customerId: customer.id,
      recipientIds: wanted,
      ownerId: actor.personId,
      nextMonth: `${nextMonth}-01`,
      createdAt: now,
    })
    .execute()
  await audit(context, {
    action: 'report-schedule.added',
    subjectType: 'report-schedule',
    subjectId: id,
    customerId: customer.id,
    facts: { ...plan, recipients: wanted },
  })
  return getSchedule(db, id)
}

/** `DELETE /report-schedules/:id`. */
export async function endSchedule(context: Context, id: string): Promise<ReportSchedule> {
  require(barredFromMaking(context.actor))
  const { db, now } = context
  const { customer } = await getSchedule(db, id)
  const { numUpdatedRows } = await db
    .updateTable('reportSchedule')
    .set(({ eb }) => ({ endedAt: now, version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .where('endedAt', 'is', null)
    .executeTakeFirst()
  if (numUpdatedRows > 0n)
    await audit(context, {
      action: 'report-schedule.ended',
      subjectType: 'report-schedule',
      subjectId: id,
      customerId: customer.id,
    })
  return getSchedule(db, id)
}

/** `GET /report-schedules/:id/deliveries`. */
export async function listDeliveries({ db, actor }: Context, id: string): Promise<{ items: ReportDelivery[] }> {
  require(barredFromInside(actor))
  await getSchedule(db, id)
  const rows = await db
    .selectFrom('reportDelivery as d')
    .leftJoin('person as p', 'p.id', 'd.personId')
    .select(['d.id', 'd.month', 'd.outcome', 'd.reviewId', 'd.at', 'p.id as personId', 'p.name'])
    .where('d.scheduleId', '=', id)
    .orderBy('d.at', 'desc')
    .orderBy('d.id', 'desc')
    .limit(200)
    .execute()
  return {
    items: rows.map(({ personId, name, month, outcome, ...row }) => ({
      ...row,
      month: month.slice(0, 7),
      outcome: outcome as ReportDelivery['outcome'],
      person: personId === null || name === null ? null : { id: personId, name },
    })),
  }
}
