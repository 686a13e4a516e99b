import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { routes } from '#app'
import type { Endpoint } from '#core/endpoint.ts'
import type { Actor } from '#platform/context.ts'
import { cursorOf } from '#platform/paging.ts'
import { actorWith, type TestReply } from '#platform/testing.ts'
import { type TestWorld, testWorld } from './testing.ts'

/**
 * Whoever may see one customer learns nothing of another: not by a forged id, filter, search, sort, cursor, count or
 * error text, and changes nothing there. The requests are made from the endpoints themselves, so that a new endpoint is
 * tried as soon as it exists.
 */
const MARK = 'zebra'
/** So many requests are under way. */
const AT_ONCE = 6
/** In the names of teams, which are the provider's affair: staff may read them whoever they work for, customers never. */
const TEAM_MARK = 'griffin'

interface Foreign {
  /** Ids of everything that belongs to the other customer. */
  readonly ids: readonly string[]
  /** Names and numbers by which it can be asked for. */
  readonly names: readonly string[]
  /** All rows of the other customer, as one text. */
  readonly state: () => Promise<string>
}

/** Somebody else's, and what of it can be asked for with it. */
interface Everything extends Foreign {
  readonly customerId: string
  readonly site: Named
  readonly service: Named
  readonly customer: Named
  readonly calendar: Made
  readonly agreement: Made
}

interface Named {
  readonly id: string
  readonly name: string
}

interface Made {
  readonly id: string
  readonly versions: readonly { readonly id: string }[]
}

const office = { opens: 480, closes: 1080 }
const rules = { timeZone: 'Europe/Berlin', week: [[office], [office], [office], [office], [office], [], []] }
const targets = [
  { metric: 'response', priority: 'p1', targetSeconds: 900, attainmentBp: 9500 },
  { metric: 'resolution', priority: 'p1', targetSeconds: 14_400, attainmentBp: 9500 },
]

/**
 * A customer with one of everything. `word` is in each of its texts.
 *
 * @param inside A customer who is there already, and what the other part of it is: then one more of everything that
 *   belongs to another site, or to another service, and not to the customer as a whole.
 */
async function customerWithEverything(
  { call, database, work }: TestWorld,
  word: string,
  inside: (Everything & { readonly part: 'site' | 'service' }) | null = null,
): Promise<Everything> {
  const made = async (path: string, body: object) => {
    const reply = await call('POST', path, body)
    expect(reply.status, reply.text).toBe(201)
    return reply.body
  }
  const customer =
    inside?.customer ?? (await made('/customers', { name: `${word} customer`, key: word.toUpperCase().slice(0, 7) }))
  const siteThere = inside?.part === 'service' ? inside.site : null
  const serviceThere = inside?.part === 'site' ? inside.service : null
  const site = siteThere ?? (await made('/sites', { customer: customer.id, name: `${word} site` }))
  const service = serviceThere ?? (await made('/services', { customer: customer.id, name: `${word} service` }))
  const team = await made('/teams', { name: `${TEAM_MARK} ${word.length}` })
  const calendar =
    inside?.calendar ?? (await made('/calendars', { customer: customer.id, name: `${word} hours`, rules }))
  const validFrom = '2026-01-01T00:00:00Z'
  const terms = {
    customer: customer.id,
    calendar: calendar.id,
    name: `${word} agreement`,
    validFrom,
    targets,
    activate: true,
  }
  const agreement = inside?.agreement ?? (await made('/agreements', terms))
  await work()
  const incident = await made('/incidents', {
    customer: customer.id,
    title: `${word} trouble`,
    description: `${word} is on fire`,
    impact: 'high',
    urgency: 'high',
    site: site.id,
    service: service.id,
    team: team.id,
    requester: `somebody@${inside ? 'own' : word}.example`,
  })
  await call('POST', `/incidents/${incident.id}/transitions`, { to: 'resolved', note: `${word} put out` })
  const ofService = { customer: customer.id, service: service.id }
  // What is promised of a service is promised once, and the customer's January is locked by now.
  const promise = { ...ofService, calendar: calendar.id, validFrom: '2026-02-01T00:00:00Z', targetPpm: 999_000 }
  const available = await Promise.all([
    ...(serviceThere ? [] : [made('/availability-promises', promise)]),
    made('/downtimes', {
      ...ofService,
      beganAt: '2026-02-02T09:00:00Z',
      endedAt: '2026-02-02T10:00:00Z',
      cause: `${word} fan`,
    }),
    made('/maintenance-windows', {
      ...ofService,
      title: `${word} patches`,
      startsAt: '2026-04-02T09:00:00Z',
      endsAt: '2026-04-02T10:00:00Z',
    }),
    made('/monitoring-gaps', { ...ofService, beganAt: '2026-02-03T09:00:00Z', endedAt: '2026-02-03T10:00:00Z' }),
  ])
  const [importId, reviewId] = [randomUUID(), randomUUID()]
  await database.pool.query(
    `insert into import (id, customer_id, source, file_name, file_size, state, counts) values ($1, $2, 'csv', $3, 1, 'done', '{}')`,
    [importId, customer.id, `${word}.csv`],
  )
  await database.pool.query(
    `insert into review (id, customer_id, month, version, state, facts, issued_at) values ($1, $2, '2026-02-01', $4, 'done', $3, now())`,
    [reviewId, customer.id, JSON.stringify({ word }), inside ? 2 : 1],
  )
  await database.pool.query(
    `insert into review_document (review_id, customer_id, language, format, content, sha256) values ($1, $2, 'de', 'xlsx', $3, 'x')`,
    [reviewId, customer.id, Buffer.from(word)],
  )
  const [correctionId, resultId] = [randomUUID(), randomUUID()]
  const clockId = incident.clocks[0].id
  await database.pool.query(
    `insert into period (customer_id, month, state, changed_at) values ($1, '2026-01-01', 'locked', now()) on conflict do nothing`,
    [customer.id],
  )
  await database.pool.query(
    `insert into correction (id, customer_id, kind, change, reason, evidence, state, requested_at) values
       ($1, $2, 'wrong-agreement', jsonb_build_object('kind', 'wrong-agreement', 'incident', $3::text, 'service', null), $4, $4, 'applied', now())`,
    [correctionId, customer.id, incident.id, word],
  )
  await database.pool.query(
    `insert into correction_difference (correction_id, position, customer_id, incident_id, number, metric, month, flips)
     values ($1, 1, $2, $3, $4, 'resolution', '2026-01-01', true)`,
    [correctionId, customer.id, incident.id, incident.number],
  )
  await database.pool.query(
    `insert into adjustment (id, customer_id, clock_id, incident_id, number, metric, priority, month, entered_month, met, failed,
       excluded, cause, correction_id, created_at)
     values ($1, $2, $3, $4, $5, 'resolution', 'p1', '2026-01-01', '2026-03-01', 1, -1, 0, 'correction', $6, now())`,
    [resultId, customer.id, clockId, incident.id, incident.number, correctionId],
  )
  await database.pool.query(
    `insert into clock_result (id, clock_id, incident_id, customer_id, metric, number, result, cause, kept_at)
     values ($1, $2, $3, $4, 'resolution', $5, '{"targetMs": 1, "elapsedMs": 1, "startedAt": null, "dueAt": null, "stoppedAt": null, "state": "met", "excluded": false}', 'history', now())`,
    [resultId, clockId, incident.id, customer.id, incident.number],
  )
  const whatIfId = randomUUID()
  await database.pool.query(
    `insert into what_if (id, customer_id, agreement_id, version_id, version_number, from_day, to_day, tried, content_hash, state, requested_at)
     values ($1, $2, $3, $4, 1, '2026-01-01', '2026-02-01', jsonb_build_object('calendarId', $5::text, 'rules', null), 'x', 'done', now())`,
    [whatIfId, customer.id, agreement.id, agreement.versions[0].id, calendar.id],
  )
  await database.pool.query(
    `insert into what_if_difference (what_if_id, position, customer_id, incident_id, number, metric, priority, month, flips)
     values ($1, 1, $2, $3, $4, 'resolution', 'p1', '2026-01-01', true)`,
    [whatIfId, customer.id, incident.id, incident.number],
  )
  const { rows: people } = await database.pool.query<{ id: string }>('select id from person where customer_id = $1', [
    customer.id,
  ])
  const clocks = incident.clocks.map(({ id }: { id: string }) => id)
  const versions = [agreement.versions[0].id, calendar.versions[0].id]
  const ofWhole = [customer, calendar, agreement].map(({ id }) => id)
  const ownParts = [...(siteThere ? [] : [site]), ...(serviceThere ? [] : [service])]
  const ids = [incident, ...ownParts, ...available].map(({ id }) => id)
  return {
    customerId: customer.id,
    site,
    service,
    customer,
    calendar,
    agreement,
    ids: [
      ...ids,
      ...(inside ? [] : [...ofWhole, ...versions, ...people.map(({ id }) => id)]),
      ...clocks,
      importId,
      reviewId,
      correctionId,
      resultId,
      whatIfId,
    ],
    names: [
      incident.number,
      ...ownParts.map(({ name }) => name),
      ...(inside ? [] : [customer.name, `${word} hours`, `${word} agreement`]),
      word,
    ],
    state: async () => {
      const tables = [
        'site',
        'service',
        'calendar',
        'agreement',
        'agreement_version',
        'target',
        'incident',
        'clock',
        'history',
        'import',
        'review',
        'person',
        'attainment_month',
        'period',
        'correction',
        'correction_difference',
        'adjustment',
        'clock_result',
        'what_if',
        'what_if_difference',
      ]
      const parts = tables.map(
        (table) => `(select coalesce(jsonb_agg(t order by t::text), '[]') from ${table} t where t.customer_id = $1)`,
      )
      const { rows } = await database.pool.query<{ state: string }>(`select (${parts.join(' || ')})::text as state`, [
        customer.id,
      ])
      return rows[0]!.state
    },
  }
}

type Schema = Readonly<Record<string, unknown>> & {
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly enum?: readonly unknown[]
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
}

function schemaOf(schema: z.ZodType | undefined): Schema {
  return schema === undefined ? {} : (z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema)
}

/** A value that fits a schema as well as it can, with `wish` where a text goes. */
function valueFor(schema: Schema, wish: string): unknown {
  if (schema.enum) return schema.enum[0]
  if (schema['const'] !== undefined) return schema['const']
  const either = schema.anyOf ?? schema.oneOf
  if (either) return valueFor(either[0]!, wish)
  if (schema['type'] === 'object') {
    const { properties = {} } = schema
    return Object.fromEntries(Object.entries(properties).map(([name, each]) => [name, valueFor(each, wish)]))
  }
  if (schema['type'] === 'array') return [valueFor(schema.items ?? {}, wish)]
  if (schema['type'] === 'integer' || schema['type'] === 'number') return schema['minimum'] ?? 1
  if (schema['type'] === 'boolean') return false
  if (schema['format'] === 'email') return `somebody@${MARK}.example`
  if (schema['format'] === 'date-time') return '2026-02-01T00:00:00Z'
  if (schema['format'] === 'date') return '2026-02-01'
  return wish
}

/** Addresses and bodies that try one endpoint with what belongs to somebody else. */
function* forgeries(endpoint: Endpoint, { ids, names }: Foreign): Generator<{ path: string; body?: object }> {
  const wishes = [...ids, ...names]
  const paramNames = [...endpoint.path.matchAll(/:(\w+)/g)].map(([, name]) => name!)
  const paths =
    paramNames.length === 0
      ? [endpoint.path as string]
      : wishes.flatMap((wish) => {
          const rest = paramNames.length > 1 ? ids : [wish]
          return rest.map((second) =>
            paramNames.reduce(
              (path, name, index) => path.replace(`:${name}`, encodeURIComponent(index === 0 ? wish : second)),
              endpoint.path as string,
            ),
          )
        })
  const writes = endpoint.method !== 'GET'
  const body = schemaOf(endpoint.body)
  for (const path of paths) {
    if (!writes) yield { path }
    else if (endpoint.bytes === 'body') continue
    else
      for (const wish of paramNames.length > 0 ? [ids[0]!] : wishes)
        yield { path, body: valueFor(body, wish) as object }
  }
  for (const [name, schema] of Object.entries(schemaOf(endpoint.query).properties ?? {})) {
    const values = (schema.enum ?? schema.anyOf?.flatMap((each) => each.enum ?? [])) as readonly string[] | undefined
    const cursors = [cursorOf([MARK, ids[0]!]), cursorOf(['2027-01-01', ids[5]!])]
    for (const value of name === 'cursor' ? cursors : values?.length ? values : wishes) {
      yield { path: `${paths[0]}?${name}=${encodeURIComponent(value)}` }
    }
  }
}

function leakOf(reply: TestReply, sent: string, foreign: Foreign, as: Actor): string | null {
  const text = `${reply.text} ${JSON.stringify(reply.headers)}`.toLowerCase()
  const asked = decodeURIComponent(sent).toLowerCase()
  if (as.access === 'customer' && text.includes(TEAM_MARK)) return TEAM_MARK
  for (const id of foreign.ids) if (text.includes(id) && !asked.includes(id)) return id
  // What the caller sent may come back in a sentence that says there is no such thing.
  const without = foreign.names.reduce(
    (rest, name) => (asked.includes(name.toLowerCase()) ? rest.replaceAll(name.toLowerCase(), '') : rest),
    text,
  )
  const echoed = asked.includes(MARK) && reply.status >= 400
  return without.includes(MARK) && !echoed ? MARK : null
}

/** Tries every endpoint as `as` with everything that belongs to somebody else; what that brought. */
async function triedAs(as: Actor, world: TestWorld, foreign: Foreign) {
  const before = await foreign.state()
  const leaks: string[] = []
  const crashes: string[] = []
  let asked = 0
  for (const { endpoint } of routes) {
    const requests = forgeries(endpoint, foreign)
    const ask = async () => {
      for (const { path, body } of requests) {
        const reply = await world.call(endpoint.method, path, body, { as, headers: { 'if-match': '"1"' } })
        const sent = `${path} ${body === undefined ? '' : JSON.stringify(body)}`
        asked += 1
        if (reply.status >= 500)
          crashes.push(`${endpoint.method} ${sent} → ${reply.status} ${reply.text.slice(0, 200)}`)
        const leak = leakOf(reply, sent, foreign, as)
        if (leak !== null)
          leaks.push(`${endpoint.method} ${sent} → ${reply.status} ${leak} in ${reply.text.slice(0, 300)}`)
        const readsForeign = endpoint.method === 'GET' && endpoint.path.includes(':') && reply.status === 200
        if (readsForeign) leaks.push(`GET ${path} → 200 ${reply.text.slice(0, 200)}`)
      }
    }
    // Each takes the next of them; so the program works while the database does.
    await Promise.all(Array.from({ length: AT_ONCE }, ask))
  }
  expect(asked).toBeGreaterThan(routes.length * 5)
  return { leaks, crashes, changed: (await foreign.state()) !== before }
}

const nothing = { leaks: [], crashes: [], changed: false }

const askers: readonly [string, (customerId: string) => Actor][] = [
  ['a customer’s stakeholder', (id) => actorWith('customer', ['customer-stakeholder'], [id])],
  ['an agent for one customer', (id) => actorWith('limited', ['agent', 'service-manager'], [id])],
  ['somebody whose roles have ended', () => actorWith('customer', [], [])],
]

test.each(askers)(
  '%s learns nothing of another customer from any endpoint and changes nothing there',
  async (_, asker) => {
    const world = await testWorld({ now: new Date('2026-03-02T09:00Z') })
    const own = await customerWithEverything(world, 'own')
    const foreign = await customerWithEverything(world, MARK)
    expect(await triedAs(asker(own.customerId), world, foreign)).toEqual(nothing)
  },
  120_000,
)

test.each([
  ['a customer’s stakeholder', 'site', actorWith('customer', ['customer-stakeholder'])],
  ['a customer’s stakeholder', 'service', actorWith('customer', ['customer-stakeholder'])],
  ['an agent', 'site', actorWith('limited', ['agent'])],
] as const)(
  '%s for one %s learns nothing of the customer’s other one from any endpoint and changes nothing there',
  async (_, kind, asker) => {
    const world = await testWorld({ now: new Date('2026-03-02T09:00Z') })
    const own = await customerWithEverything(world, 'own')
    const foreign = await customerWithEverything(world, MARK, { ...own, part: kind })
    const { customerId, site, service } = own
    const part = {
      customerId,
      siteId: kind === 'site' ? site.id : null,
      serviceId: kind === 'site' ? null : service.id,
    }
    const as = { ...asker, customers: [customerId], parts: [part] }
    const seen = await world.call('GET', '/incidents?count=true', undefined, { as })
    expect(seen.body.items).toHaveLength(1)
    expect(await triedAs(as, world, foreign)).toEqual(nothing)
  },
  120_000,
)

/** Tables that show the same to whoever is there for a part of a customer as to whoever is there for the whole. */
const OF_THE_WHOLE = [
  'agreement',
  'agreement_support',
  'agreement_version',
  'calendar',
  'calendar_version',
  'customer',
  'default_view',
  'idempotency_key',
  'import_reject',
  'period',
  'person',
  'review_document',
  'role_assignment',
  'saved_view',
  'target',
]

test('every table says what is shown of it for a part of a customer', async () => {
  const { database } = await testWorld()
  const { rows } = await database.pool.query<{ name: string; narrowed: boolean }>(`
    select t.relname as name, exists (select from pg_policy p where p.polrelid = t.oid and not p.polpermissive) as narrowed
    from pg_class t where t.relnamespace = current_schema()::regnamespace and t.relrowsecurity
      and exists (select from pg_policy p where p.polrelid = t.oid
        and p.polroles && array['plumbline_limited'::regrole::oid, 'plumbline_customer'::regrole::oid, 0::oid])
    order by 1`)
  expect(rows.filter(({ narrowed }) => !narrowed).map(({ name }) => name)).toEqual(OF_THE_WHOLE)
})

test('a customer’s stakeholder sees the same counts whether or not there are others', async () => {
  const world = await testWorld({ now: new Date('2026-03-02T09:00Z') })
  const own = await customerWithEverything(world, 'own')
  const as = actorWith('customer', ['customer-stakeholder'], [own.customerId])
  const lists = routes
    .filter(({ endpoint }) => endpoint.method === 'GET' && !endpoint.path.includes(':'))
    .map(({ endpoint }) => endpoint.path)
  const answers = async () => {
    const replies: string[] = []
    for (const path of lists)
      replies.push(
        `${path} ${(await world.call('GET', path, undefined, { as })).text.replace(/"requestId":"[^"]*"/, '')}`,
      )
    return replies
  }
  const alone = await answers()
  await customerWithEverything(world, MARK)
  expect(await answers()).toEqual(alone)
})
