import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { contractOf, contractTables } from './everything-money-testing.ts'
import { deskOf, deskTables, majorIncidentOf } from './everything-desk-testing.ts'
import { correctedOf, levelTables } from './everything-levels-testing.ts'
import { automaticOf, feedbackOf, mailsOf, requestsOf } from './everything-parts-testing.ts'
import { reviewsOf, reviewTables } from './everything-reviews-testing.ts'
import { steered, steeredTables } from './everything-steered-testing.ts'
import type { TestWorld } from './testing.ts'

/** In the names of teams, which are the provider's affair: staff may read them whoever they work for, customers never. */
export const TEAM_MARK = 'griffin'

/** What belongs to somebody else. */
export interface Foreign {
  /** Ids of everything that belongs to the other customer. */
  readonly ids: readonly string[]
  /** Names and numbers by which it can be asked for. */
  readonly names: readonly string[]
  /** Those of them that have parts with ids of their own, as an incident has clocks. */
  readonly parents: readonly string[]
  /** All rows of the other customer, as one text. */
  readonly state: () => Promise<string>
}

/** Somebody else's, and what of it can be asked for with it. */
interface Everything extends Foreign {
  readonly customerId: string
  readonly site: Named
  readonly service: Named
  readonly team: Named
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

/** All tables whose rows belong to a customer, but what is looked for in the portal: their own people count there, whatever they look for. */
const ofCustomer = [
  'site',
  'service',
  'history',
  'person',
  'received_mail',
  'outgoing_mail',
  'customer_mail_domain',
  'mail_template',
  'webhook',
  'webhook_delivery',
  'webhook_attempt',
  'survey',
  'survey_link',
  'survey_invitation',
  'survey_answer',
  'survey_answer_identity',
  'anonymous_answer',
  'verbatim',
  'feedback_case',
  'catalogue_item',
  'catalogue_item_version',
  'request',
  'request_approval',
  'request_task',
  'request_answer_use',
  'request_call',
  'request_told',
  'rule',
  'rule_version',
  'rule_run',
  'kpi_value',
  'kpi_baseline',
  'own_kpi',
  'friction_point',
  'said_done',
  'felt_sum',
  'holding',
  'holding_due',
  'holding_sum',
  ...contractTables,
  ...deskTables,
  ...levelTables,
  ...reviewTables,
  ...steeredTables,
]

/**
 * A customer with one of everything. `word` is in each of its texts.
 *
 * @param inside A customer who is there already, and what the other part of it is: then one more of everything that
 *   belongs to another site, another service or another team, and not to the customer as a whole.
 */
export async function customerWithEverything(
  { call, database, work }: TestWorld,
  word: string,
  inside: (Everything & { readonly part: 'site' | 'service' | 'team' }) | null = null,
): Promise<Everything> {
  const made = async (path: string, body: object) => {
    const reply = await call('POST', path, body)
    expect(reply.status, reply.text).toBe(201)
    return reply.body
  }
  const customer =
    inside?.customer ?? (await made('/customers', { name: `${word} customer`, key: word.toUpperCase().slice(0, 7) }))
  const siteThere = inside && inside.part !== 'site' ? inside.site : null
  const serviceThere = inside && inside.part !== 'service' ? inside.service : null
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
  const ofDesk = { customerId: customer.id, incident, siteId: site.id, word, whole: !inside }
  const reviewIds = await reviewsOf(database, { customerId: customer.id, word, again: Boolean(inside) })
  const deskIds = await deskOf(database, ofDesk)
  const majorIds = await majorIncidentOf(database, ofDesk)
  const levelIds = await correctedOf(database, { customerId: customer.id, incident, agreement, calendar, word })
  const feedbackIds = await feedbackOf(database, {
    customerId: customer.id,
    incidentId: incident.id,
    siteId: site.id,
    serviceId: service.id,
    word,
  })
  const steeredIds = await steered(database, { customerId: customer.id, incidentId: incident.id, word })
  const requestIds = await requestsOf(database, {
    customerId: customer.id,
    siteId: site.id,
    serviceId: service.id,
    teamId: team.id,
    word,
    part: inside?.part ?? null,
  })
  const automaticIds = inside
    ? []
    : await automaticOf(database, { customerId: customer.id, incidentId: incident.id, word })
  const contractIds = await contractOf(database, {
    customerId: customer.id,
    serviceId: service.id,
    siteId: site.id,
    word: inside ? `${word} ${randomUUID().slice(0, 8)}` : word,
  })
  const mailIds = await mailsOf(database, { customerId: customer.id, incidentId: incident.id, word, whole: !inside })
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
    team,
    customer,
    calendar,
    agreement,
    ids: [
      ...ids,
      ...(inside ? [] : [...ofWhole, ...versions, ...people.map(({ id }) => id)]),
      ...clocks,
      ...reviewIds,
      ...levelIds,
      ...deskIds,
      ...mailIds,
      ...contractIds,
      ...feedbackIds,
      ...requestIds,
      ...majorIds,
      ...automaticIds,
      ...steeredIds,
    ],
    parents: [incident.id, incident.number, reviewIds[1]!, majorIds[0]!, requestIds[0]!, ...people.map(({ id }) => id)],
    names: [
      incident.number,
      ...ownParts.map(({ name }) => name),
      ...(inside ? [] : [customer.name, `${word} hours`, `${word} agreement`]),
      word,
    ],
    state: async () => {
      const parts = ofCustomer.map(
        (table) => `(select coalesce(jsonb_agg(t order by t::text), '[]') from ${table} t where t.customer_id = $1)`,
      )
      const { rows } = await database.pool.query<{ state: string }>(`select (${parts.join(' || ')})::text as state`, [
        customer.id,
      ])
      return rows[0]!.state
    },
  }
}
