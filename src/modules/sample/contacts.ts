import { writeContacts, type WrittenContact } from '#modules/contacts'
import type { Context } from '#platform/context.ts'
import type { SampleCompany } from '#sample/company.ts'
import { contactStories } from '#sample/contacts.ts'
import { randomOf } from '#sample/random.ts'

/** So far back contacts are told of. */
const DAYS = 60
const DAY_MS = 86_400_000
/** Incidents of one customer that somebody called about. */
const CALLED_ABOUT = 60
/** Of a customer's people, those who call. */
const CALLERS = 40

/** Writes who was in touch of late: about the incidents that there are, and with what was answered at once. */
export async function writeSampleContacts(
  context: Context,
  { company, seed }: { readonly company: SampleCompany; readonly seed: string },
): Promise<void> {
  for (const customer of company.customers) {
    const random = randomOf(`${seed}/contacts/${customer.key}`)
    const since = new Date(context.now.getTime() - DAYS * DAY_MS)
    const incidents = await context.db
      .selectFrom('incident')
      .leftJoin('person', 'person.id', 'incident.requesterId')
      .select(['incident.id', 'incident.title', 'incident.channel', 'incident.openedAt', 'incident.siteId'])
      .select(['incident.resolvedAt', 'person.id as personId', 'person.name'])
      .where('incident.customerId', '=', customer.id)
      .where('incident.channel', 'in', ['phone', 'chat', 'walk-up'])
      .where('incident.openedAt', '>=', since)
      .orderBy('incident.openedAt', 'desc')
      .orderBy('incident.id')
      .limit(CALLED_ABOUT)
      .execute()
    const callers = await context.db
      .selectFrom('person')
      .select(['id', 'name'])
      .where('customerId', '=', customer.id)
      .orderBy('name')
      .orderBy('id')
      .limit(CALLERS)
      .execute()
    const logged = incidents.map((incident): WrittenContact => {
      const minutes =
        incident.resolvedAt === null ? 60 : (incident.resolvedAt.getTime() - incident.openedAt.getTime()) / 60_000
      return {
        customerId: customer.id,
        channel: incident.channel as 'phone',
        outcome: 'incident',
        subject: incident.title,
        startedAt: incident.openedAt,
        // Whoever could help at once stayed on the line until it was done.
        handleSeconds: Math.round(minutes <= 20 ? minutes * 60 + 30 : random.whole(90, 420)),
        personId: incident.personId,
        callerName: incident.name ?? '',
        callerPhone: incident.channel === 'phone' ? phoneOf(random.whole(1000, 9999)) : null,
        siteId: incident.siteId,
        incidentId: incident.id,
      }
    })
    const answered = logged.flatMap((contact, index): WrittenContact[] => {
      const story = contactStories[customer.language][index % contactStories[customer.language].length]!
      const caller = callers[random.whole(0, Math.max(callers.length - 1, 0))]
      if (index % 3 === 2) return []
      const startedAt = new Date(contact.startedAt.getTime() - random.whole(20, 600) * 60_000)
      return [
        {
          ...contact,
          outcome: story.outcome,
          subject: story.subject,
          startedAt,
          handleSeconds: random.whole(25, 240),
          personId: caller?.id ?? null,
          callerName: caller?.name ?? '',
          siteId: null,
          incidentId: null,
        },
      ]
    })
    const again = logged
      .filter((_, index) => index % 9 === 0)
      .map((contact): WrittenContact => ({
        ...contact,
        outcome: 'attached',
        startedAt: new Date(
          Math.min(contact.startedAt.getTime() + random.whole(40, 300) * 60_000, context.now.getTime()),
        ),
        handleSeconds: random.whole(40, 160),
      }))
    await writeContacts(context, [...logged, ...answered, ...again])
  }
}

function phoneOf(extension: number): string {
  return `+49 30 5550 ${extension}`
}
