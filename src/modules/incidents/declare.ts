import { newId } from '#core/id.ts'
import { require } from '#core/may.ts'
import { requireCustomer } from '#modules/customers'
import { findOrCreateRequester, requireTeam } from '#modules/people'
import {
  type AgreementInForce,
  agreementFor,
  type ClockRow,
  clockView,
  countClocks,
  inOrder,
  insertClocks,
  nextDue,
  priorityOf,
  usualMatrix,
} from '#modules/service-levels'
import { requireService } from '#modules/services'
import { requireSite } from '#modules/sites'
import type { Context } from '#platform/context.ts'
import { together } from '#platform/database.ts'
import { audit, record } from '#platform/history.ts'
import { barredFromWorking, type Declaration, type IncidentPage } from './api.ts'
import { clockEventsOf } from './clock-events.ts'
import { requirePast } from './moment.ts'
import { insertIncident, takeNumber } from './queries.ts'

/** Logs an incident: priority and clocks come from the agreement that holds for its customer and service now. */
export async function declareIncident(context: Context, declaration: Declaration): Promise<IncidentPage> {
  require(barredFromWorking(context.actor))
  const { db, now } = context
  const { impact, urgency, title, description, category = null, channel, occurredAt = now } = declaration
  requirePast(occurredAt, now, channel)
  const named = await resolveNames(context, declaration)
  const { customer, site, service, team, requester } = named
  const ids = { siteId: site?.id ?? null, serviceId: service?.id ?? null, teamId: team?.id ?? null }
  const [agreement, number] = await together([
    agreementFor(db, { customerId: customer.id, ...ids }, now),
    takeNumber(db, customer),
  ] as const)
  const priority = priorityOf(agreement?.matrix ?? (await usualMatrix(db)), impact, urgency)

  const id = newId(now.getTime())
  const opened = { priority, impact, urgency, state: team === null ? 'new' : 'assigned', channel } as const
  const impaired = occurredAt < now ? { impairedAt: occurredAt.toISOString() } : {}
  const events = clockEventsOf([
    { kind: 'incident.opened', at: now.getTime(), facts: { ...opened, ...impaired, team: ids.teamId } },
  ])
  const subject = { incidentId: id, customerId: customer.id, number, priority, category, ...ids }
  const clocks = agreement === null ? [] : countClocks(agreement, subject, events, now.getTime())
  const rows = clocks.map(({ row }) => row())
  const row = {
    ...opened,
    id,
    number,
    title,
    description,
    category,
    occurredAt,
    openedAt: now,
    updatedAt: now,
    dueAt: nextDue(clocks),
  }
  const about = { subjectType: 'incident', subjectId: id, customerId: customer.id } as const
  await together([
    insertIncident(db, { ...row, ...ids, customerId: customer.id, requesterId: requester?.id ?? null }),
    insertClocks(db, rows),
    record(
      context,
      { ...about, kind: 'incident.opened', facts: { ...opened, ...impaired }, visibility: 'public' },
      // Who holds the work is the provider's affair.
      ...(team === null ? [] : [{ ...about, kind: 'incident.assigned', facts: { team: { to: team.id } } } as const]),
    ),
    audit(context, { action: 'incident.declared', ...about, facts: { number } }),
  ])
  return { ...row, ...named, ...untouched, clocks: viewsOf(rows, agreement, now) }
}

async function resolveNames(context: Context, declaration: Declaration) {
  const { db } = context
  const { id, key, name, timeZone } = await requireCustomer(db, declaration.customer)
  const { site, service, team, requester } = declaration
  const [itsSite, itsService, itsTeam, itsRequester] = await together([
    site === undefined ? null : requireSite(db, id, site),
    service === undefined ? null : requireService(db, id, service),
    team === undefined ? null : requireTeam(db, team),
    requester === undefined ? null : findOrCreateRequester(context, id, requester),
  ] as const)
  return {
    customer: { id, key, name, timeZone },
    site: itsSite,
    service: itsService,
    team: itsTeam,
    requester: itsRequester,
  }
}

/** What nobody has said or done yet of an incident that was just opened. */
const untouched = {
  sourceNumber: null,
  source: null,
  pauseReason: null,
  assignee: null,
  respondedAt: null,
  resolvedAt: null,
  closedAt: null,
  reopenCount: 0,
  reportedMet: null,
  resolution: null,
  priorityReason: null,
  resumeAt: null,
  version: 1,
} as const

/** The clocks as whoever reads the incident next is shown them, the response first. */
function viewsOf(clocks: readonly ClockRow[], agreement: AgreementInForce | null, now: Date): IncidentPage['clocks'] {
  if (agreement === null) return []
  return inOrder(clocks.map((row) => clockView(row, agreement, now)))
}
