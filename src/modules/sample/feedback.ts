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
}

/** Read together. */
const BATCH = 20_000

/** What is over, in its order, with the month in which it ended; a batch at a time, however much it is. */
async function* endedIncidents(db: Db, { id, timeZone }: Pick<SampleCustomer, 'id' | 'timeZone'>) {
  const month = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit' })
  let after: { readonly openedAt: Date; readonly number: string } | undefined
  for (;;) {
    const rows = await db
      .selectFrom('incident')
      .leftJoin('clock', (join) =>
        join.onRef('clock.incidentId', '=', 'incident.id').on('clock.metric', '=', 'resolution'),
      )
      .select(['incident.number', 'incident.siteId', 'incident.serviceId', 'incident.openedAt', 'incident.resolvedAt'])
      .select(['incident.hopCount', 'incident.reopenCount', 'clock.state'])
      .where('incident.customerId', '=', id)
      .where('incident.resolvedAt', 'is not', null)
      .where('incident.state', 'in', ['resolved', 'closed'])
      .$if(after !== undefined, (query) =>
        query.where((where) =>
          where(
            where.refTuple('incident.openedAt', 'incident.number'),
            '>',
            where.tuple(after!.openedAt, after!.number),
          ),
        ),
      )
      .orderBy('incident.openedAt')
      .orderBy('incident.number')
      .limit(BATCH)
      .execute()
    yield rows.map(({ siteId, serviceId, openedAt, resolvedAt, hopCount, reopenCount, state }) => ({
      siteId,
      serviceId,
      month: `${month.format(resolvedAt!).slice(0, 7)}-01`,
      hours: (resolvedAt!.getTime() - openedAt.getTime()) / HOUR_MS,
      inTime: state !== 'breached-stopped',
      handedOver: hopCount,
      reopened: reopenCount > 0,
    }))
    after = rows.at(-1)
    if (rows.length < BATCH) return
  }
}
