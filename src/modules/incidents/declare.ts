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
  nextDue,
  priorityOf,
  usualMatrix,
  writeClocks,
} from '#modules/service-levels'
import { requireService } from '#modules/services'
import { requireSite } from '#modules/sites'
import type { Actor, Context, Db } from '#platform/context.ts'
import { together, withCommit } from '#platform/database.ts'
import { announce, type Fact, writeAudit, writeFacts } from '#platform/history.ts'
import { looksLikeId } from '#platform/text-search.ts'
import { barredFromWorking, type Declaration, type IncidentPage } from './api.ts'
import { clockEventsOf } from './clock-events.ts'
import { requirePast } from './moment.ts'
import type { Named } from './names.ts'
import { takeNumber } from './numbers.ts'
import { writeIncident } from './queries.ts'

/**
 * Logs an incident: priority and clocks come from the agreement that holds for its customer and service now.
 *
 * @param reporter Who reports it, when that is known better than by an address.
 */
export async function declareIncident(context: Context, asked: Declaration, reporter?: Named): Promise<IncidentPage> {
  require(barredFromWorking(context.actor))
  const { db, now, actor } = context
  const declaration = { ...asked, team: asked.team ?? onlyTeamOf(actor) }
  const { impact, urgency, title, description, category = null, channel, occurredAt = now } = declaration
  requirePast(occurredAt, now, channel)
  const customerId = await customerIdOf(db, declaration.customer)
  const naming = resolveNames(context, customerId, declaration, reporter)
  // What is meant by its id is asked for together with what was agreed for it.
  const ids = idsIn(declaration) ?? idsOf(await naming)
  const [named, agreement, number] = await together([
    naming,
    agreementFor(db, { customerId, ...ids }, now),
    takeNumber(db, customerId),
  ] as const)
  const { customer, team, requester } = named
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
  const facts: readonly Fact[] = [
    { ...about, kind: 'incident.opened', facts: { ...opened, ...impaired }, visibility: 'public' },
    // Who holds the work is the provider's affair.
    ...(team === null ? [] : [{ ...about, kind: 'incident.assigned', facts: { team: { to: team.id } } } as const]),
  ]
  await announce(context, facts)
  withCommit(db, [
    writeIncident({ ...row, ...ids, customerId: customer.id, requesterId: requester?.id ?? null }),
    ...(rows.length > 0 ? [writeClocks(rows)] : []),
    writeFacts(context, facts),
    writeAudit(context, { action: 'incident.declared', ...about, facts: { number } }),
  ])
  return { ...row, ...named, ...untouched, clocks: viewsOf(rows, agreement, now) }
}

async function customerIdOf(db: Db, idOrName: string): Promise<string> {
  return looksLikeId(idOrName) ? idOrName.toLowerCase() : (await requireCustomer(db, idOrName)).id
}

async function resolveNames(
  context: Context,
  customerId: string,
  declaration: Declaration,
  reporter: Named | null = null,
) {
  const { db } = context
  const { site, service, team, requester } = declaration
  const [{ id, key, name, timeZone }, itsSite, itsService, itsTeam, itsRequester] = await together([
    requireCustomer(db, customerId),
    site === undefined ? null : requireSite(db, customerId, site),
    service === undefined ? null : requireService(db, customerId, service),
    team === undefined ? null : requireTeam(db, team),
    requester === undefined ? reporter : findOrCreateRequester(context, customerId, requester),
  ] as const)
  return {
    customer: { id, key, name, timeZone },
    site: itsSite,
    service: itsService,
    team: itsTeam,
    requester: itsRequester && { id: itsRequester.id, name: itsRequester.name },
  }
}

/** The team of whoever is there for one team alone: what they log without saying more is its work. */
function onlyTeamOf({ parts = [], whole = [] }: Actor): string | undefined {
  const teams = new Set(parts.map(({ teamId }) => teamId ?? null))
  return whole.length === 0 && teams.size === 1 ? ([...teams][0] ?? undefined) : undefined
}

/** Of what decides about the agreement; null when some of it is meant by its name. */
function idsIn({ site, service, team }: Declaration) {
  const isName = (text: string | undefined) => text !== undefined && !looksLikeId(text)
  if (isName(site) || isName(service) || isName(team)) return null
  const idOf = (text: string | undefined) => text?.toLowerCase() ?? null
  return { siteId: idOf(site), serviceId: idOf(service), teamId: idOf(team) }
}

function idsOf({ site, service, team }: Awaited<ReturnType<typeof resolveNames>>) {
  return { siteId: site?.id ?? null, serviceId: service?.id ?? null, teamId: team?.id ?? null }
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
  hops: 0,
  misroutes: 0,
  version: 1,
} as const

/** The clocks as whoever reads the incident next is shown them, the response first. */
function viewsOf(clocks: readonly ClockRow[], agreement: AgreementInForce | null, now: Date): IncidentPage['clocks'] {
  if (agreement === null) return []
  return inOrder(clocks.map((row) => clockView(row, agreement, now)))
}
