import { newId } from '#core/id.ts'
import { require } from '#core/may.ts'
import { requireCustomer } from '#modules/customers'
import { findOrCreateRequester, requireTeam } from '#modules/people'
import {
  type AgreementInForce,
  agreementFor,
  type Behind,
  type BehindClock,
  type ClockRow,
  clockView,
  countBehind,
  countClocks,
  inOrder,
  nextDue,
  priorityOf,
  readBehind,
  usualMatrix,
  writeBehind,
  writeClocks,
} from '#modules/service-levels'
import { requireService } from '#modules/services'
import { requireSite } from '#modules/sites'
import type { Actor, Context, Db } from '#platform/context.ts'
import { together, withCommit } from '#platform/database.ts'
import { announce, type Fact, namedFacts, writeAudit, writeFacts } from '#platform/history.ts'
import { looksLikeId } from '#platform/text-search.ts'
import { barredFromWorking, type Declaration, type IncidentPage } from './api.ts'
import { clockEventsOf } from './clock-events.ts'
import { requirePast } from './moment.ts'
import type { Named } from './names.ts'
import { nextNumbers } from './numbers.ts'
import { writeIncidents } from './queries.ts'

/** What is to be logged, and the request that asks for it. */
export interface Asked {
  readonly context: Context
  readonly declaration: Declaration
  /** Who reports it, when that is known better than by an address. */
  readonly reporter?: Named | undefined
}

/** Logs an incident: priority and clocks come from the agreement that holds for its customer and service now. */
export async function declareIncident(
  context: Context,
  declaration: Declaration,
  reporter?: Named,
): Promise<IncidentPage> {
  const [declared] = await declareIncidents([{ context, declaration, reporter }])
  return declared!
}

/** Logs several incidents in one transaction, of one asker and at one moment; where one is refused, none is logged. */
export async function declareIncidents(asked: readonly Asked[]): Promise<readonly IncidentPage[]> {
  const { context } = asked[0]!
  require(barredFromWorking(context.actor))
  const opened = new Map<Asked, Opened>()
  // One place behind the other: two that name the same new requester mean one person.
  for (const group of Map.groupBy(asked, placeNameOf).values()) {
    const place = await findPlace(group[0]!, group.length)
    for (const [index, each] of group.entries()) opened.set(each, openIncident(each, place, index))
  }
  await writeOpened(context, [...opened.values()])
  return asked.map((each) => opened.get(each)!.page)
}

/** Where an incident belongs, and what was agreed there. */
interface Place {
  readonly named: Awaited<ReturnType<typeof resolveNames>>
  readonly ids: ReturnType<typeof idsOf>
  readonly agreement: AgreementInForce | null
  /** What stands behind it. */
  readonly behind: readonly Behind[]
  readonly matrix: Parameters<typeof priorityOf>[0]
  /** One for each that is logged there. */
  readonly numbers: readonly string[]
}

/** The same for those that belong to the same place. */
function placeNameOf({ declaration: { customer, site, service, team, requester }, reporter }: Asked): string {
  return JSON.stringify([customer, site, service, team, requester, reporter?.id])
}

/** @param count So many are to be logged there. */
async function findPlace({ context, declaration: asked, reporter }: Asked, count: number): Promise<Place> {
  const { db, now, actor } = context
  const declaration = { ...asked, team: asked.team ?? onlyTeamOf(actor) }
  const customerId = await customerIdOf(db, declaration.customer)
  const naming = resolveNames(context, customerId, declaration, reporter)
  // What is meant by its id is asked for together with what was agreed for it.
  const ids = idsIn(declaration) ?? idsOf(await naming)
  const [named, agreement, numbers] = await together([
    naming,
    agreementFor(db, { customerId, ...ids }, now),
    nextNumbers(db, customerId, count),
  ] as const)
  const behind = agreement?.isSupported ? await readBehind(db, agreement.versionId, ids, now) : []
  return { named, ids, agreement, behind, numbers, matrix: agreement?.matrix ?? (await usualMatrix(db)) }
}

/** An incident as it is written, and as who logged it is shown it. */
interface Opened {
  readonly asked: Asked
  readonly row: Parameters<typeof writeIncidents>[0][number]
  readonly clocks: readonly ClockRow[]
  readonly clocksBehind: readonly BehindClock[]
  readonly facts: readonly Fact[]
  readonly page: IncidentPage
}

/** @param index Of its number among those that were taken for its place. */
function openIncident(asked: Asked, { named, ids, agreement, behind, matrix, numbers }: Place, index: number): Opened {
  const { context, declaration } = asked
  const { now } = context
  const {
    impact,
    urgency,
    title,
    description,
    category = null,
    onBehalfOf = null,
    channel,
    occurredAt = now,
    detectedAt = null,
    detection = channel === 'monitoring' ? 'monitoring' : null,
  } = declaration
  requirePast(occurredAt, now, 'occurredAt')
  if (detectedAt !== null) requirePast(detectedAt, now, 'detectedAt')
  const { customer, team, requester } = named
  const number = numbers[index]!
  const priority = priorityOf(matrix, impact, urgency)

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
    onBehalfOf,
    occurredAt,
    detection,
    detectedAt,
    openedAt: now,
    updatedAt: now,
    dueAt: nextDue(clocks),
  }
  const about = { subjectType: 'incident', subjectId: id, customerId: customer.id } as const
  return {
    asked,
    row: { ...row, ...ids, customerId: customer.id, requesterId: requester?.id ?? null },
    clocks: rows,
    clocksBehind: countBehind(behind, subject, events, now.getTime()),
    facts: [
      { ...about, kind: 'incident.opened', facts: { ...opened, ...impaired }, visibility: 'public' },
      // Who holds the work is the provider's affair.
      ...(team === null ? [] : [{ ...about, kind: 'incident.assigned', facts: { team: { to: team.id } } } as const]),
    ],
    page: { ...row, ...named, ...untouched, confidential: [], clocks: viewsOf(rows, agreement, now) },
  }
}

/** Writes them with the commit: nobody needs an answer to but that they were written. */
async function writeOpened(context: Context, opened: readonly Opened[]): Promise<void> {
  const facts = namedFacts(
    context,
    opened.flatMap((each) => each.facts),
  )
  const clocks = opened.flatMap((each) => each.clocks)
  const clocksBehind = opened.flatMap((each) => each.clocksBehind)
  await announce(context, facts)
  withCommit(context.db, [
    writeIncidents(opened.map(({ row }) => row)),
    ...(clocks.length > 0 ? [writeClocks(clocks)] : []),
    ...(clocksBehind.length > 0 ? [writeBehind(clocksBehind, context.now)] : []),
    writeFacts(context, facts),
    writeAudit(
      opened.map(({ asked, page: { id, number, customer } }) => [
        asked.context,
        {
          action: 'incident.declared',
          subjectType: 'incident',
          subjectId: id,
          customerId: customer.id,
          facts: { number },
        },
      ]),
    ),
  ])
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
  resolutionCode: null,
  workaround: false,
  causedByChange: null,
  priorityReason: null,
  resumeAt: null,
  closesAt: null,
  hops: 0,
  misroutes: 0,
  version: 1,
} as const

/** The clocks as whoever reads the incident next is shown them, the response first. */
function viewsOf(clocks: readonly ClockRow[], agreement: AgreementInForce | null, now: Date): IncidentPage['clocks'] {
  if (agreement === null) return []
  return inOrder(clocks.map((row) => clockView(row, agreement, now)))
}
