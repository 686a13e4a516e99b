import { sql } from 'kysely'
import { writeCase, writeSurvey } from '#modules/feedback'
import type { Context, Db } from '#platform/context.ts'
import type { SampleCompany, SampleCustomer, ServiceKey } from '#sample/company.ts'
import { answerOf, recommendationOf, sampleCases } from '#sample/feedback.ts'
import { randomOf } from '#sample/random.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** So many of a hundred are asked how they would recommend the service, twice a year. */
const ASKED_EACH_TIME = 90

interface FeedbackPlan {
  readonly company: SampleCompany
  readonly seed: string
}

/** Writes what the people of one customer said of the incidents that are there, and of the service as a whole. */
export async function writeFeedback(
  context: Context,
  customer: SampleCustomer,
  { company, seed }: FeedbackPlan,
): Promise<void> {
  const { now } = context
  const serviceKeys = new Map(company.services.map(({ id, key }) => [id, key]))
  const random = randomOf(`${seed}/feedback/${customer.key}`)
  const survey = { customerId: customer.id, language: customer.language }
  const german = customer.language === 'de'
  const months = new Set<string>()
  const said = async function* () {
    for await (const lived of endedIncidents(context.db, customer)) {
      const answers = lived.flatMap(({ siteId, serviceId, month, ...incident }) => {
        const service = serviceId === null ? null : (serviceKeys.get(serviceId) as ServiceKey)
        const answer = answerOf(random, { ...incident, service }, customer.language)
        return answer === null ? [] : [{ siteId, serviceId, month, ...answer }]
      })
      for (const { month } of lived) months.add(month)
      yield { asked: lived.map(({ siteId, serviceId, month }) => ({ siteId, serviceId, month })), answers }
    }
  }
  await writeSurvey(
    context,
    {
      ...survey,
      name: german ? 'Nach jeder Störung' : 'After each incident',
      trigger: 'closed',
      scale: 'csat',
      anonymity: 'confidential',
    },
    said(),
  )
  const rounds = [...months].toSorted((one, other) => (one < other ? -1 : 1)).filter((_, index) => index % 6 === 2)
  const nowhere = { siteId: null, serviceId: null }
  const twice = {
    asked: rounds.flatMap((month) => Array.from({ length: ASKED_EACH_TIME }, () => ({ ...nowhere, month }))),
    answers: rounds.flatMap((month) =>
      Array.from({ length: random.whole(24, 46) }, () => ({
        ...nowhere,
        month,
        score: recommendationOf(random),
        lostMinutes: null,
        factors: [],
        text: null,
        mayQuote: false,
      })),
    ),
  }
  await writeSurvey(
    context,
    {
      ...survey,
      name: german ? 'Zweimal im Jahr' : 'Twice a year',
      trigger: 'event',
      scale: 'nps',
      anonymity: 'anonymous',
    },
    [twice],
  )
  for (const { kind, text, daysAgo, answer = null } of sampleCases.filter((each) => each.customer === customer.key)) {
    const receivedAt = new Date(now.getTime() - daysAgo * DAY_MS)
    await writeCase(context, { customerId: customer.id, kind, text, receivedAt, answer })
  }
}

/** Read together. */
const BATCH = 20_000

interface EndedIncident {
  readonly siteId: string | null
  readonly serviceId: string | null
  readonly openedAt: Date
  readonly resolvedAt: Date
  readonly hopCount: number
  readonly reopenCount: number
  /** Of the clock that counts until it was resolved. */
  readonly state: string | null
}

/** What is over, in its order, with the month in which it ended; a batch at a time, however much it is. In a transaction. */
async function* endedIncidents(db: Db, { id, timeZone }: Pick<SampleCustomer, 'id' | 'timeZone'>) {
  const month = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit' })
  // Sorted once; the planner takes a cursor for something of which only the beginning is read.
  await sql`set local cursor_tuple_fraction = 1`.execute(db)
  await sql`
    declare ended_incidents no scroll cursor for
    select incident.site_id, incident.service_id, incident.opened_at, incident.resolved_at, incident.hop_count,
      incident.reopen_count, clock.state
    from incident left join clock on clock.incident_id = incident.id and clock.metric = 'resolution'
    where incident.customer_id = ${id} and incident.resolved_at is not null and incident.state in ('resolved', 'closed')
    order by incident.opened_at, incident.number`.execute(db)
  for (;;) {
    const { rows } = await sql<EndedIncident>`fetch ${sql.lit(BATCH)} from ended_incidents`.execute(db)
    yield rows.map(({ siteId, serviceId, openedAt, resolvedAt, hopCount, reopenCount, state }) => ({
      siteId,
      serviceId,
      month: `${month.format(resolvedAt).slice(0, 7)}-01`,
      hours: (resolvedAt.getTime() - openedAt.getTime()) / HOUR_MS,
      inTime: state !== 'breached-stopped',
      handedOver: hopCount,
      reopened: reopenCount > 0,
    }))
    if (rows.length < BATCH) break
  }
  await sql`close ended_incidents`.execute(db)
}
