import { sql } from 'kysely'
import { type CalendarRules, checkRules } from '#core/calendar-rules.ts'
import { Failure, invalid, notFound } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { barredFromManaging, require } from '#core/may.ts'
import type { Language } from '#core/text.ts'
import { requireCustomer } from '#modules/customers'
import { explaining } from '#platform/constraint.ts'
import type { Context, Db } from '#platform/context.ts'
import { audit, record } from '#platform/history.ts'
import { holidaysOf } from '#platform/holidays.ts'
import { keyOf, pageFrom } from '#platform/paging.ts'
import { containing, looksLikeId } from '#platform/text-search.ts'
import type { Calendar, CalendarVersionView, NewCalendar, NewCalendarVersion } from './api.ts'
import { problemSentence } from './problem-sentence.ts'

/** A calendar's first version holds from here on: before any ticket that anybody imports. */
export const BEGINNING = new Date('1970-01-01T00:00:00Z')

/** Years of holidays that are taken into a version, from the one before it begins. */
const HOLIDAY_YEARS = 12

const versionsOf = sql<CalendarVersionRow[]>`(
  select coalesce(jsonb_agg(jsonb_build_object(
    'id', v.id, 'validFrom', v.valid_from, 'validTo', v.valid_to, 'rules', v.rules, 'holidays', v.holiday_source
  ) order by v.valid_from desc), '[]')
  from calendar_version v where v.calendar_id = calendar.id and (v.valid_to is null or v.valid_to > v.valid_from)
)`.as('versions')

interface CalendarVersionRow {
  readonly id: string
  readonly validFrom: string
  readonly validTo: string | null
  readonly rules: CalendarVersionView['rules']
  readonly holidays: CalendarVersionView['holidays']
}

const columns = ['calendar.id', 'calendar.customerId', 'calendar.name', 'calendar.kind', 'calendar.version'] as const

export interface CalendarFilter {
  readonly q?: string | undefined
  readonly customer?: string | undefined
  readonly limit: number
  readonly cursor?: string | undefined
}

/** By name, with their versions. */
export async function listCalendars(
  db: Db,
  { q, customer, limit, cursor }: CalendarFilter,
): Promise<{ items: Calendar[]; nextCursor: string | null }> {
  const after = keyOf(cursor, ['string', 'id'])
  const customerId = customer === undefined ? undefined : (await requireCustomer(db, customer)).id
  const rows = await db
    .selectFrom('calendar')
    .select([...columns, versionsOf])
    .$if(q !== undefined, (query) => query.where('calendar.name', 'ilike', containing(q!)))
    .$if(customerId !== undefined, (query) =>
      query.where((where) =>
        where.or([where('calendar.customerId', '=', customerId!), where('calendar.customerId', 'is', null)]),
      ),
    )
    .$if(after !== undefined, (query) =>
      query.where(sql<boolean>`(lower(calendar.name), calendar.id) > (${after![0]}, ${after![1]}::uuid)`),
    )
    .orderBy(sql`lower(calendar.name)`)
    .orderBy('calendar.id')
    .limit(limit + 1)
    .execute()
  return pageFrom(rows.map(calendarOf), limit, ({ name, id }) => [name.toLowerCase(), id])
}

export async function getCalendar(db: Db, id: string): Promise<Calendar> {
  const row = await db
    .selectFrom('calendar')
    .select([...columns, versionsOf])
    .where('calendar.id', '=', id)
    .executeTakeFirst()
  if (!row) throw notFound('calendar.not-found', { calendar: id })
  return calendarOf(row)
}

/** The calendar of that id or name that `customerId` may agree on: its own, or one for all. */
export async function requireCalendar(
  db: Db,
  customerId: string | null,
  idOrName: string,
): Promise<{ id: string; name: string }> {
  const row = await db
    .selectFrom('calendar')
    .select(['calendar.id', 'calendar.name'])
    .where((where) =>
      where.or([
        where('calendar.customerId', 'is', null),
        ...(customerId === null ? [] : [where('calendar.customerId', '=', customerId)]),
      ]),
    )
    .where((where) =>
      looksLikeId(idOrName)
        ? where('calendar.id', '=', idOrName)
        : where(sql`lower(calendar.name)`, '=', idOrName.trim().toLowerCase()),
    )
    .orderBy('calendar.customerId', (order) => order.asc().nullsLast())
    .limit(1)
    .executeTakeFirst()
  if (!row) throw notFound('calendar.not-found', { calendar: idOrName })
  return row
}

export async function addCalendar(
  context: Context,
  { name, customer, rules, holidays }: NewCalendar,
): Promise<Calendar> {
  require(barredFromManaging(context.actor))
  const { db, now } = context
  const customerId = customer === undefined ? null : (await requireCustomer(db, customer)).id
  const complete = await completeRules(context, rules, holidays, now)
  const id = newId(now.getTime())
  await explaining({ calendar_name: 'calendar.name-taken' }, { name }, () =>
    db.insertInto('calendar').values({ id, customerId, name, createdAt: now }).execute(),
  )
  await insertVersion(db, { calendarId: id, customerId, validFrom: BEGINNING, rules: complete, holidays, now })
  await audit(context, {
    action: 'calendar.added',
    subjectType: 'calendar',
    subjectId: id,
    customerId,
    facts: { name },
  })
  return getCalendar(db, id)
}

/** Other hours from `validFrom` on. Clocks that run over that moment are recomputed in the background. */
export async function addCalendarVersion(
  context: Context,
  calendarId: string,
  version: number,
  { validFrom, rules, holidays }: NewCalendarVersion,
): Promise<Calendar> {
  require(barredFromManaging(context.actor))
  const { db, now } = context
  const row = await db
    .selectFrom('calendar')
    .select(['calendar.customerId', 'calendar.version'])
    .where('calendar.id', '=', calendarId)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw notFound('calendar.not-found', { calendar: calendarId })
  if (row.version !== version) throw new Failure('moved-on', 'request.moved-on')
  const complete = await completeRules(context, rules, holidays, validFrom)
  await endVersionAt(db, calendarId, validFrom, now)
  await insertVersion(db, { calendarId, customerId: row.customerId, validFrom, rules: complete, holidays, now })
  await db
    .updateTable('calendar')
    .set({ version: version + 1 })
    .where('id', '=', calendarId)
    .execute()
  const about = { subjectType: 'calendar', subjectId: calendarId, customerId: row.customerId }
  await audit(context, { action: 'calendar.changed', ...about, facts: { validFrom } })
  await record(context, { ...about, kind: 'calendar.changed', facts: { validFrom } })
  return getCalendar(db, calendarId)
}

/**
 * Ends what holds at `validFrom` there. A version that would begin then or later is replaced: the newest word counts. One by
 * which something may have been counted stays known, and holds for no time: whoever counts just now has read it already, so
 * only what is still to come can go.
 */
async function endVersionAt(db: Db, calendarId: string, validFrom: Date, now: Date): Promise<void> {
  await sql`
    delete from calendar_version v where v.calendar_id = ${calendarId} and v.valid_from >= ${validFrom} and v.valid_from > ${now}
      and not exists (select from clock k where k.calendar_version_id = v.id)
      and not exists (select from request r where r.calendar_version_id = v.id)`.execute(db)
  await db
    .updateTable('calendarVersion')
    .set((set) => ({ validTo: set.ref('validFrom') }))
    .where('calendarId', '=', calendarId)
    .where('validFrom', '>=', validFrom)
    .execute()
  await db
    .updateTable('calendarVersion')
    .set({ validTo: validFrom })
    .where('calendarId', '=', calendarId)
    .where('validFrom', '<', validFrom)
    .where((where) => where.or([where('validTo', 'is', null), where('validTo', '>', validFrom)]))
    .execute()
}

async function insertVersion(
  db: Db,
  version: {
    readonly calendarId: string
    readonly customerId: string | null
    readonly validFrom: Date
    readonly rules: CalendarRules
    readonly holidays: NewCalendar['holidays']
    readonly now: Date
  },
): Promise<void> {
  const { calendarId, customerId, validFrom, rules, holidays, now } = version
  await db
    .insertInto('calendarVersion')
    .values({
      id: newId(now.getTime()),
      calendarId,
      customerId,
      validFrom,
      rules: JSON.stringify(rules),
      holidaySource: holidays === undefined ? null : JSON.stringify(holidays),
      createdAt: now,
    })
    .execute()
}

/** Adds the holidays as closed days to the rules, unless the rules say otherwise for a date, and refuses what cannot be. */
async function completeRules(
  { actor }: Context,
  rules: CalendarRules,
  holidays: NewCalendar['holidays'],
  from: Date,
): Promise<CalendarRules> {
  const own = new Set(rules.exceptions.map(({ date }) => date))
  const taken = []
  if (holidays !== undefined) {
    const first = Math.min(from.getUTCFullYear(), new Date().getUTCFullYear()) - 1
    for (let year = Math.max(first - 10, 2000); year < first + HOLIDAY_YEARS; year++) {
      for (const { date, name } of await holidaysOf({ ...holidays, year, language: actor.language })) {
        if (!own.has(date)) taken.push({ date, windows: [], label: name })
      }
    }
  }
  const exceptions = [...rules.exceptions, ...taken].toSorted((one, other) => one.date.localeCompare(other.date))
  const complete = { ...rules, exceptions }
  requireRules(complete, actor.language)
  return complete
}

/** Refuses rules that cannot be kept, with a sentence for each thing that is wrong. */
export function requireRules(rules: CalendarRules, language: Language): void {
  const problems = checkRules(rules)
  if (problems.length === 0) return
  const errors = problems.map((problem) => ({
    path: `rules.${problem.path}`,
    message: problemSentence(problem, language),
  }))
  throw invalid('calendar.invalid', { first: errors[0]!.message }, { errors })
}

function calendarOf(row: Omit<Calendar, 'versions'> & { readonly versions: readonly CalendarVersionRow[] }): Calendar {
  return {
    ...row,
    versions: row.versions.map((version) => ({
      ...version,
      validFrom: new Date(version.validFrom),
      validTo: version.validTo === null ? null : new Date(version.validTo),
    })),
  }
}
