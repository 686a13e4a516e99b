import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { addCustomer } from '#modules/customers'
import { type BulkFact, type BulkIncident, writeIncidents } from '#modules/incidents'
import { addAgreement, addCalendar } from '#modules/service-levels'
import { clockMetrics } from '#api/service-levels'
import { system } from '#platform/context.ts'
import { connect, type Database, transaction } from '#platform/database.ts'
import { migrate } from '#platform/migrations.ts'
import { startEmbeddedPostgres } from '#platform/embedded-postgres.ts'

/** Tickets to count clocks of, the same in every run. */
const HOUR = 3_600_000
/** Of the highest priority; twice as much of the next, and so on. */
const PROMISED_SECONDS = { response: 1800, resolution: 4 * 3600, restore: 3 * 3600, 'next-update': 2 * 3600 } as const
const FROM = Date.UTC(2024, 0, 1)
const CHANNELS = ['phone', 'portal', 'mail'] as const
const REOPENED_EACH = 10
export const NOW = new Date('2026-06-01T00:00:00Z')

interface Many {
  readonly count: number
  readonly days: number
  /** Each so manieth is still open. */
  readonly openEach: number
  /** So many times the usual targets are promised. */
  readonly promisedTimes: number
  /** Where they happen and what they are about, in turn: at no site and about no service without it. */
  readonly spread: Spread
}

export interface Spread {
  readonly siteIds: readonly string[]
  readonly serviceIds: readonly string[]
}

export interface TicketWorld {
  readonly database: Database
  readonly url: string
  readonly customerId: string
}

/** Does `work` on a database of its own with so many tickets of one customer in so many days; nothing is left of it. */
export async function withTickets(
  count: number,
  work: (world: TicketWorld) => Promise<void>,
  {
    days = 2 * 365,
    openEach = 100,
    promisedTimes = 1,
    spread,
  }: Partial<Omit<Many, 'count' | 'spread'>> & {
    readonly spread?: (database: Database, customerId: string) => Promise<Spread>
  } = {},
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-bench-'))
  const postgres = await startEmbeddedPostgres({ folder, log: () => undefined })
  const database = connect(postgres.url)
  try {
    await migrate(database.db)
    const customerId = await agree(database, promisedTimes)
    const nowhere = { siteIds: [], serviceIds: [] }
    const over = (await spread?.(database, customerId)) ?? nowhere
    await fill(database, customerId, { count, days, openEach, promisedTimes, spread: over })
    await work({ database, url: postgres.url, customerId })
  } finally {
    await database.close()
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/** A customer with an agreement in office hours with breaks. */
async function agree(database: Database, promisedTimes: number): Promise<string> {
  const morning = { opens: 8 * 60, closes: 12 * 60 }
  const afternoon = { opens: 13 * 60, closes: 18 * 60 }
  const day = [morning, afternoon]
  return transaction(database.db, system, 'read write', async (tx) => {
    const context = {
      db: tx,
      actor: system,
      now: new Date('2024-01-01T00:00:00Z'),
      requestId: 'bench',
      listeners: {},
      enqueue: async () => undefined,
    }
    const { id } = await addCustomer(context, {
      name: 'Bench',
      kind: 'external',
      timeZone: 'Europe/Berlin',
      language: 'en',
    })
    const exceptions = ['2024-12-25', '2025-12-25'].map((date) => ({ date, windows: [], label: 'Christmas' }))
    const rules = { timeZone: 'Europe/Berlin', week: [day, day, day, day, [morning], [], []], exceptions }
    await addCalendar(context, { name: 'Hours', customer: id, rules })
    const targets = (['p1', 'p2', 'p3', 'p4', 'p5'] as const).flatMap((priority, index) =>
      clockMetrics.map((metric) => ({
        metric,
        priority,
        targetSeconds: PROMISED_SECONDS[metric] * (index + 1) * promisedTimes,
        attainmentBp: 9000,
      })),
    )
    await addAgreement(context, {
      name: 'Agreement',
      customer: id,
      activate: true,
      calendar: 'Hours',
      validFrom: new Date('2020-01-01'),
      services: [],
      terms: {},
      targets,
    })
    return id
  })
}

/** Writes so many tickets of so many days, each with twelve facts and five clocks, two of them of the next update. */
async function fill(database: Database, customerId: string, many: Many): Promise<void> {
  const team = { network: '', desk: '' }
  for (const name of ['network', 'desk'] as const) {
    const { rows } = await database.pool.query<{ id: string }>(
      'insert into team (id, name) values (gen_random_uuid(), $1) returning id',
      [name],
    )
    team[name] = rows[0]!.id
  }
  const clients = [await database.pool.connect(), await database.pool.connect()]
  try {
    await writeIncidents(clients, database.db, tickets(customerId, team, many), { now: NOW })
  } finally {
    for (const client of clients) client.release()
  }
  await database.pool.query('analyze')
}

/** The same in every run; over so many days from 2024 on, the others ended. */
function* tickets(
  customerId: string,
  team: { network: string; desk: string },
  { count, days, openEach, spread: { siteIds, serviceIds } }: Many,
): Generator<BulkIncident> {
  const step = (days * 24 * HOUR) / count
  for (let index = 0; index < count; index++) {
    const opened = Math.floor(FROM + index * step)
    const open = index % openEach === 0
    const priority = (['p1', 'p2', 'p3', 'p4', 'p5'] as const)[index % 5]!
    const gap = (1 + (index % 17)) * HOUR
    const at = (steps: number) => opened + steps * gap
    const state = (steps: number, to: string, reason?: string): BulkFact =>
      fact('incident.state', at(steps), { to, ...(reason && { reason }) })
    const assigned = (steps: number, to: string): BulkFact => fact('incident.assigned', at(steps), { team: { to } })
    const history = [
      fact('incident.opened', opened, { priority, impact: 'low', urgency: 'low', state: 'new', team: team.desk }),
      state(0.5, 'in-progress'),
      state(1, 'on-hold', 'awaiting-requester'),
      state(3, 'in-progress'),
      assigned(3.2, team.network),
      state(4, 'on-hold', 'awaiting-supplier'),
      fact('incident.note', at(5), { text: 'The supplier has the part and sends somebody tomorrow.' }),
      state(6, 'in-progress'),
      state(6.5, 'on-hold', 'awaiting-requester'),
      state(7, 'in-progress'),
      ...(open ? [assigned(7.5, team.desk), state(8, 'restored')] : [state(8, 'resolved'), state(12, 'closed')]),
    ]
    yield {
      customerId,
      title: `Trouble ${index}`,
      description: '',
      state: open ? 'restored' : 'closed',
      pauseReason: null,
      impact: 'low',
      urgency: 'low',
      priority,
      category: null,
      channel: CHANNELS[index % CHANNELS.length]!,
      siteId: siteIds[index % siteIds.length] ?? null,
      serviceId: serviceIds[index % serviceIds.length] ?? null,
      teamId: team.network,
      assigneeId: null,
      requesterId: null,
      openedAt: opened,
      respondedAt: at(0.5),
      resolvedAt: open ? null : at(8),
      closedAt: open ? null : at(12),
      updatedAt: at(12),
      resolution: null,
      reopenCount: index % REOPENED_EACH === 0 ? 1 : 0,
      hopCount: 1,
      source: 'bench',
      sourceKey: `B${index}`,
      reportedMet: null,
      history,
    }
  }
}

function fact(kind: BulkFact['kind'], at: number, facts: BulkFact['facts']): BulkFact {
  return { kind, at: Math.floor(at), facts, visibility: 'public' }
}
