import { sql } from 'kysely'
import { notFound } from '#core/failure.ts'
import { instantAt } from '#core/zone.ts'
import { openStates } from '#api/incidents'
import { requireCustomer } from '#modules/customers'
import { getIncident } from '#modules/incidents'
import type { Context, Db } from '#platform/context.ts'
import { keyOf, pageFrom } from '#platform/paging.ts'
import { containing } from '#platform/text-search.ts'
import type {
  Caller,
  Contact,
  ContactPeriod,
  ContactReport,
  ContactsQuery,
  ContactSource,
  WholeContact,
} from './api.ts'
import { channels, phoneEnding } from './contact.ts'
import { counted, settled } from './first-contact.ts'

function contacts(db: Db) {
  return db
    .selectFrom('contact')
    .innerJoin('customer', 'customer.id', 'contact.customerId')
    .leftJoin('incident', 'incident.id', 'contact.incidentId')
    .leftJoin('request', 'request.id', 'contact.requestId')
    .leftJoin('site', 'site.id', 'contact.siteId')
    .leftJoin('contactSource', 'contactSource.id', 'contact.sourceId')
    .select([
      'contact.id',
      'contact.channel',
      'contact.outcome',
      'contact.subject',
      'contact.details',
      'contact.startedAt',
      'contact.handleSeconds',
      'contact.personId',
      'contact.callerName',
      'contact.callerEmail',
      'contact.callerPhone',
      'contact.takenBy',
      'contact.version',
      'customer.id as customerId',
      'customer.name as customerName',
      'site.id as siteId',
      'site.name as siteName',
      'incident.id as incidentId',
      'incident.number',
      'incident.title',
      'request.id as requestId',
      'request.number as requestNumber',
      'contactSource.id as sourceId',
      'contactSource.name as sourceName',
    ])
}

type Row = Awaited<ReturnType<ReturnType<typeof contacts>['execute']>>[number]

function pair<Name extends string | null>(id: string | null, name: Name) {
  return id === null || name === null ? null : { id, name }
}

function contactOf(row: Row): Contact {
  const { id, subject, details, startedAt, handleSeconds, version, incidentId, number, title } = row
  return {
    id,
    subject,
    details,
    startedAt,
    handleSeconds,
    version,
    channel: row.channel as Contact['channel'],
    outcome: row.outcome as Contact['outcome'],
    customer: { id: row.customerId, name: row.customerName },
    caller: { id: row.personId, name: row.callerName, email: row.callerEmail, phone: row.callerPhone },
    site: pair(row.siteId, row.siteName),
    incident: incidentId === null || number === null || title === null ? null : { id: incidentId, number, title },
    request:
      row.requestId === null || row.requestNumber === null ? null : { id: row.requestId, number: row.requestNumber },
    source: pair(row.sourceId, row.sourceName),
  }
}

/** First and last moment of a period in days; null where it has no such end. */
function momentsOf({ from, to, zone }: ContactPeriod): { readonly from: Date | null; readonly until: Date | null } {
  const dayOf = (text: string, days: number) =>
    new Date(instantAt(zone, Date.parse(`${text}T00:00:00Z`) + days * 86_400_000))
  return { from: from === undefined ? null : dayOf(from, 0), until: to === undefined ? null : dayOf(to, 1) }
}

/** A page of them, the newest first. */
export async function listContacts(
  context: Context,
  { customer, channel, outcome, incident, person, first, q, limit, cursor, ...period }: ContactsQuery,
): Promise<{ items: Contact[]; nextCursor: string | null }> {
  const { db } = context
  const after = keyOf(cursor, ['moment', 'id'])
  const customerId = customer === undefined ? null : (await requireCustomer(db, customer)).id
  const incidentId = incident === undefined ? null : (await getIncident(context, incident)).id
  const { from, until } = momentsOf(period)
  const ending = q === undefined ? null : phoneEnding(q)
  const rows = await contacts(db)
    .select(sql<string>`contact.started_at::text`.as('sortKey'))
    .$if(customerId !== null, (query) => query.where('contact.customerId', '=', customerId!))
    .$if(incidentId !== null, (query) => query.where('contact.incidentId', '=', incidentId!))
    .$if(person !== undefined, (query) => query.where('contact.personId', '=', person!))
    .$if(channel !== undefined, (query) => query.where('contact.channel', '=', channel!))
    .$if(outcome !== undefined, (query) => query.where('contact.outcome', '=', outcome!))
    .$if(from !== null, (query) => query.where('contact.startedAt', '>=', from!))
    .$if(until !== null, (query) => query.where('contact.startedAt', '<', until!))
    .$if(first !== undefined, (query) =>
      query.where(counted).where(first === 'settled' ? settled : sql<boolean>`(${settled}) is not true`),
    )
    .$if(q !== undefined && q.trim() !== '', (query) =>
      query.where((where) =>
        where.or([
          where('contact.subject', 'ilike', containing(q!.trim())),
          where('contact.callerName', 'ilike', containing(q!.trim())),
          where('contact.callerEmail', 'ilike', containing(q!.trim())),
          ...(ending === null
            ? []
            : [sql<boolean>`right(regexp_replace(contact.caller_phone, '\\D', '', 'g'), 8) = ${ending}`]),
        ]),
      ),
    )
    .$if(after !== undefined, (query) =>
      query.where(sql<boolean>`(contact.started_at, contact.id) < (${after?.[0]}::timestamptz, ${after?.[1]}::uuid)`),
    )
    .orderBy('contact.startedAt', 'desc')
    .orderBy('contact.id', 'desc')
    .limit(limit + 1)
    .execute()
  const page = pageFrom(rows, limit, ({ sortKey, id }) => [sortKey, id])
  return { items: page.items.map(contactOf), nextCursor: page.nextCursor }
}

/** Contacts by channel, and how many were settled at the first one. */
export async function reportContacts({ db }: Context, { customer, ...period }: ContactPeriod): Promise<ContactReport> {
  const customerId = customer === undefined ? null : (await requireCustomer(db, customer)).id
  const { from, until } = momentsOf(period)
  const rows = await db
    .selectFrom('contact')
    .leftJoin('incident', 'incident.id', 'contact.incidentId')
    .select([
      'contact.channel',
      sql<number>`count(*)::int`.as('contacts'),
      sql<number>`(count(*) filter (where contact.outcome = 'incident'))::int`.as('incidents'),
      sql<number>`(count(*) filter (where ${counted} and ${settled}))::int`.as('numerator'),
      sql<number>`(count(*) filter (where ${counted}))::int`.as('denominator'),
      sql<number>`(count(*) filter (where contact.outcome = 'open'))::int`.as('open'),
    ])
    .$if(customerId !== null, (query) => query.where('contact.customerId', '=', customerId!))
    .$if(from !== null, (query) => query.where('contact.startedAt', '>=', from!))
    .$if(until !== null, (query) => query.where('contact.startedAt', '<', until!))
    .groupBy('contact.channel')
    .execute()
  const sum = (of: 'contacts' | 'numerator' | 'denominator' | 'open') => rows.reduce((all, row) => all + row[of], 0)
  return {
    channels: channels.flatMap((channel) =>
      rows
        .filter((row) => row.channel === channel)
        .map((row) => ({ channel, contacts: row.contacts, incidents: row.incidents, first: ratioOf(row) })),
    ),
    contacts: sum('contacts'),
    first: ratioOf({ numerator: sum('numerator'), denominator: sum('denominator') }),
    open: sum('open'),
  }
}

/** Nothing counted is not none of them. */
function ratioOf({ numerator, denominator }: { readonly numerator: number; readonly denominator: number }) {
  return denominator === 0 ? null : { numerator, denominator }
}

/** One of them. Throws when there is none in sight. */
export async function requireContact(db: Db, id: string): Promise<Contact> {
  return contactOf(await requireRow(db, id))
}

async function requireRow(db: Db, id: string): Promise<Row> {
  const row = await contacts(db).where('contact.id', '=', id).executeTakeFirst()
  if (row === undefined) throw notFound('contact.not-found')
  return row
}

/** One of them with what was written in it, the first written first. */
export async function readContact({ db }: Context, id: string): Promise<WholeContact> {
  const row = await requireRow(db, id)
  const taker =
    row.takenBy === null
      ? undefined
      : await db.selectFrom('person').select(['id', 'name']).where('id', '=', row.takenBy).executeTakeFirst()
  const messages = await db
    .selectFrom('contactMessage')
    .select(['id', 'author', 'name', 'text', 'sentAt'])
    .where('contactId', '=', id)
    .orderBy('sentAt')
    .orderBy('id')
    .limit(1000)
    .execute()
  return {
    ...contactOf(row),
    takenBy: taker ?? null,
    messages: messages as WholeContact['messages'],
  }
}

const OPEN_SHOWN = 5

/** Who may be calling, those with something open first. */
export async function findCallers(
  { db }: Context,
  { q, customer, limit }: { readonly q: string; readonly customer?: string | undefined; readonly limit: number },
): Promise<{ items: Caller[] }> {
  const customerId = customer === undefined ? null : (await requireCustomer(db, customer)).id
  const ending = phoneEnding(q)
  const isNumber = ending !== null && /^[\d\s()+/.-]+$/.test(q)
  const rows = await db
    .selectFrom('person')
    .innerJoin('customer', 'customer.id', 'person.customerId')
    .select([
      'person.id',
      'person.name',
      'person.email',
      'customer.id as customerId',
      'customer.name as customerName',
      sql<
        string | null
      >`(select c.caller_phone from contact c where c.person_id = person.id and c.caller_phone is not null
        order by c.started_at desc limit 1)`.as('phone'),
      sql<
        Caller['site']
      >`(select json_build_object('id', s.id, 'name', s.name) from incident i join site s on s.id = i.site_id
        where i.requester_id = person.id order by i.updated_at desc, i.id desc limit 1)`.as('site'),
      sql<
        Caller['open']
      >`coalesce((select json_agg(json_build_object('id', o.id, 'number', o.number, 'title', o.title, 'state', o.state))
        from (select i.id, i.number, i.title, i.state from incident i where i.requester_id = person.id
          and i.state in (${sql.join(openStates)}) order by i.updated_at desc, i.id desc limit ${sql.lit(OPEN_SHOWN)}) o), '[]')`.as(
        'open',
      ),
    ])
    .$if(customerId !== null, (query) => query.where('person.customerId', '=', customerId!))
    .where(
      isNumber
        ? sql<boolean>`exists (select from contact c where c.person_id = person.id
            and right(regexp_replace(c.caller_phone, '\\D', '', 'g'), 8) = ${ending})`
        : sql<boolean>`(person.name || ' ' || coalesce(person.email, '')) ilike ${containing(q)}`,
    )
    .orderBy(sql`lower(person.name)`)
    .orderBy('person.id')
    .limit(limit)
    .execute()
  return {
    items: rows.map(({ customerId: of, customerName, ...row }) => ({
      ...row,
      customer: { id: of, name: customerName },
    })),
  }
}

/** Programs that may hand messages over, by name. */
export async function listSources({ db }: Context): Promise<ContactSource[]> {
  const rows = await db
    .selectFrom('contactSource')
    .innerJoin('customer', 'customer.id', 'contactSource.customerId')
    .select([
      'contactSource.id',
      'contactSource.name',
      'contactSource.channel',
      'customer.id as customerId',
      'customer.name as customerName',
      sql<number>`(select count(*)::int from contact_message m where m.source_id = contact_source.id)`.as('messages'),
      sql<Date | null>`(select max(m.sent_at) from contact_message m where m.source_id = contact_source.id)`.as(
        'lastAt',
      ),
    ])
    .where('contactSource.active', '=', true)
    .orderBy(sql`lower(contact_source.name)`)
    .orderBy('contactSource.id')
    .execute()
  return rows.map(({ customerId, customerName, channel, ...row }) => ({
    ...row,
    channel: channel as ContactSource['channel'],
    customer: { id: customerId, name: customerName },
  }))
}
