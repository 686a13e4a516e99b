import { addMacro, addTemplate } from '#modules/macros'
import { addChecklist, addTask } from '#modules/tasks'
import type { Context } from '#platform/context.ts'
import type { SampleCompany } from '#sample/company.ts'
import { sampleChecklist, sampleMacros, sampleTasks, sampleTemplates } from '#sample/desk-work.ts'
import { randomOf } from '#sample/random.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** Open incidents of one customer that have something planned. */
const PLANNED = 6

/**
 * Writes what the desk says and does again and again, and what is planned at open incidents. The words are each customer's
 * own, so that they go with it.
 */
export async function writeDeskWork(
  context: Context,
  { company, seed }: { readonly company: SampleCompany; readonly seed: string },
): Promise<void> {
  for (const customer of company.customers) {
    const { language } = customer
    const belongs = { customer: customer.id, scope: 'everybody' } as const
    for (const template of sampleTemplates[language]) await addTemplate(context, { ...belongs, language, ...template })
    for (const macro of sampleMacros[language]) {
      const resolutionCode = macro.toState === 'resolved' ? 'fixed' : null
      await addMacro(context, {
        ...belongs,
        reason: null,
        resolutionCode,
        category: null,
        toTeam: null,
        takes: false,
        ...macro,
      })
    }
    await writePlans(context, { customer, random: randomOf(`${seed}/plans/${customer.key}`) })
  }
}

interface Plans {
  readonly customer: SampleCompany['customers'][number]
  readonly random: ReturnType<typeof randomOf>
}

async function writePlans(context: Context, { customer, random }: Plans): Promise<void> {
  const { now } = context
  const incidents = await context.db
    .selectFrom('incident')
    .leftJoin('site', 'site.id', 'incident.siteId')
    .select(['incident.id', 'incident.teamId', 'incident.assigneeId', 'site.timeZone'])
    .where('incident.customerId', '=', customer.id)
    .where('incident.state', 'in', ['assigned', 'in-progress', 'on-hold'])
    .orderBy('incident.openedAt', 'desc')
    .orderBy('incident.id')
    .limit(PLANNED)
    .execute()
  const titles = sampleTasks[customer.language]
  for (const [index, incident] of incidents.entries()) {
    // On a full hour of one of the next days, while people are there.
    const day = Math.ceil(now.getTime() / DAY_MS) + random.whole(0, 3)
    const from = new Date(day * DAY_MS + random.whole(8, 13) * HOUR_MS)
    const byAppointment = index % 2 === 0
    await addTask(context, incident.id, {
      title: titles[index % titles.length]!,
      team: incident.teamId,
      person: incident.assigneeId,
      dueAt: byAppointment ? null : from,
      appointment: byAppointment
        ? { from, to: new Date(from.getTime() + HOUR_MS), zone: incident.timeZone ?? customer.timeZone }
        : null,
    })
    if (index % 3 === 0) await addChecklist(context, incident.id, sampleChecklist[customer.language])
  }
}
