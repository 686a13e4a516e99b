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

/** Writes what people said of the incidents that are there, and of the service as a whole. */
export async function writeFeedback(context: Context, { company, seed }: FeedbackPlan): Promise<void> {
  const { now } = context
  const serviceKeys = new Map(company.services.map(({ id, key }) => [id, key]))
  for (const customer of company.customers) {
    const random = randomOf(`${seed}/feedback/${customer.key}`)
    const lived = await endedIncidents(context.db, customer)
    const survey = { customerId: customer.id, language: customer.language }
    const answers = lived.flatMap(({ siteId, serviceId, month, ...incident }) => {
      const service = serviceId === null ? null : (serviceKeys.get(serviceId) as ServiceKey)
      const answer = answerOf(random, { ...incident, service }, customer.language)
      return answer === null ? [] : [{ siteId, serviceId, month, ...answer }]
    })
    const german = customer.language === 'de'
    await writeSurvey(context, {
      ...survey,
      name: german ? 'Nach jeder Störung' : 'After each incident',
      trigger: 'closed',
      scale: 'csat',
      anonymity: 'confidential',
      asked: lived.map(({ siteId, serviceId, month }) => ({ siteId, serviceId, month })),
      answers,
    })
    const months = [...new Set(lived.map(({ month }) => month))].toSorted((one, other) => (one < other ? -1 : 1))
    const rounds = months.filter((_, index) => index % 6 === 2)
    const nowhere = { siteId: null, serviceId: null }
    await writeSurvey(context, {
      ...survey,
      name: german ? 'Zweimal im Jahr' : 'Twice a year',
      trigger: 'event',
      scale: 'nps',
      anonymity: 'anonymous',
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
    })
    for (const { kind, text, daysAgo, answer = null } of sampleCases.filter((each) => each.customer === customer.key)) {
      const receivedAt = new Date(now.getTime() - daysAgo * DAY_MS)
      await writeCase(context, { customerId: customer.id, kind, text, receivedAt, answer })
    }
  }
}

/** What is over, in its order, with the month in which it ended. */
async function endedIncidents(db: Db, { id, timeZone }: Pick<SampleCustomer, 'id' | 'timeZone'>) {
  const rows = await db
    .selectFrom('incident')
    .leftJoin('clock', (join) =>
      join.onRef('clock.incidentId', '=', 'incident.id').on('clock.metric', '=', 'resolution'),
    )
    .select(['incident.siteId', 'incident.serviceId', 'incident.openedAt', 'incident.resolvedAt'])
    .select(['incident.hopCount', 'incident.reopenCount', 'clock.state'])
    .where('incident.customerId', '=', id)
    .where('incident.resolvedAt', 'is not', null)
    .where('incident.state', 'in', ['resolved', 'closed'])
    .orderBy('incident.openedAt')
    .orderBy('incident.number')
    .execute()
  const month = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit' })
  return rows.map(({ siteId, serviceId, openedAt, resolvedAt, hopCount, reopenCount, state }) => ({
    siteId,
    serviceId,
    month: `${month.format(resolvedAt!).slice(0, 7)}-01`,
    hours: (resolvedAt!.getTime() - openedAt.getTime()) / HOUR_MS,
    inTime: state !== 'breached-stopped',
    handedOver: hopCount,
    reopened: reopenCount > 0,
  }))
}
