import { sql } from 'kysely'
import { requireCustomer } from '#modules/customers'
import { type Context, system } from '#platform/context.ts'
import { transaction } from '#platform/database.ts'
import { newId } from '#core/id.ts'
import { languages } from '#core/text.ts'
import { inContext, testCaller, testDatabase } from '#platform/testing.ts'
import { queueReview } from './actions.ts'
import { formats } from './api.ts'
import { checksumOf, listDigest } from './checksum.ts'
import { listRows } from './list-query.ts'
import type { Edition, ReviewFacts } from './facts.ts'
import type { ReviewSection } from '#platform/review-section.ts'
import { editionOf, gatherFacts } from './gather.ts'
import { type IncidentRow, incidentRow } from './incident-row.ts'
import { periodOf } from './period.ts'
import { finishReview, keepDocument, lockReview } from './records.ts'
import { reviewRoutes } from './routes.ts'
import { reviewJobs } from './worker.ts'

/** One promise of an incident, as its clock came out. */
export interface SeededClock {
  readonly metric: 'response' | 'resolution'
  readonly stoppedAt?: string
  readonly elapsedMinutes?: number
  readonly breachedAt?: string
  readonly excluded?: boolean
}

export interface SeededIncident {
  readonly number: string
  readonly priority: 'p1' | 'p2' | 'p3'
  readonly title?: string
  readonly openedAt: string
  readonly resolvedAt?: string
  readonly closedAt?: string
  readonly state?: string
  readonly service?: string
  readonly site?: string
  readonly reportedMet?: boolean
  readonly clocks?: readonly SeededClock[]
}

/** Response of P1 in 15 minutes in 98 %, resolution of P1 in 4 hours, of P2 in 16, of P3 in 40, in 95 % of cases. */
const promised = [
  { metric: 'response', priority: 'p1', minutes: 15, bp: 9800 },
  { metric: 'resolution', priority: 'p1', minutes: 240, bp: 9500 },
  { metric: 'resolution', priority: 'p2', minutes: 960, bp: 9500 },
  { metric: 'resolution', priority: 'p3', minutes: 2400, bp: 9500 },
] as const

const always = Array.from({ length: 7 }, () => [{ opens: 0, closes: 1440 }])
const terms = {
  priorityMatrix: {},
  pausedBy: [],
  reopen: 'continue',
  reopenWithinDays: 7,
  boundary: 'closing',
  onPriorityChange: {},
}

/** Reviews on a database of the test's own; what is reviewed is written into the tables as other modules would. */
export async function reviewWorld({
  now: start = '2026-11-05T09:41:00Z',
  sections = [],
}: { readonly now?: string; readonly sections?: readonly ReviewSection[] } = {}) {
  const database = await testDatabase()
  const { db } = database
  let moment = new Date(start)
  const now = () => moment
  const call = testCaller(database, reviewRoutes(sections), { now, jobs: reviewJobs(sections) })
  await db
    .insertInto('setting')
    .values({ name: 'organisation', value: JSON.stringify('Weserblick IT') })
    .execute()

  /** A customer with an agreement that holds day and night from 2025 on, unless without one. */
  async function addCustomer(name: string, key: string, { agreement = true, language = 'de' } = {}) {
    const id = newId()
    await db.insertInto('customer').values({ id, key, name, timeZone: 'Europe/Berlin', language }).execute()
    const versionId = newId()
    const calendarVersionId = newId()
    const targets = new Map<string, { id: string; minutes: number }>()
    if (agreement) {
      const [calendarId, agreementId] = [newId(), newId()]
      await db.insertInto('calendar').values({ id: calendarId, customerId: id, name: 'Rund um die Uhr' }).execute()
      await db
        .insertInto('calendarVersion')
        .values({
          id: calendarVersionId,
          calendarId,
          customerId: id,
          validFrom: new Date(0),
          rules: JSON.stringify({ timeZone: 'Europe/Berlin', week: always, exceptions: [] }),
        })
        .execute()
      await db
        .insertInto('agreement')
        .values({ id: agreementId, customerId: id, name: `${key}-2026` })
        .execute()
      await db
        .insertInto('agreementVersion')
        .values({
          id: versionId,
          agreementId,
          customerId: id,
          type: 'sla',
          number: 3,
          state: 'active',
          validFrom: '2025-01-01T00:00:00+01:00',
          terms: JSON.stringify(terms),
          calendarId,
        })
        .execute()
      for (const { metric, priority, minutes, bp } of promised) {
        const target = newId()
        targets.set(`${metric} ${priority}`, { id: target, minutes })
        await db
          .insertInto('target')
          .values({
            id: target,
            agreementVersionId: versionId,
            customerId: id,
            metric,
            priority,
            targetSeconds: minutes * 60,
            attainmentBp: bp,
          })
          .execute()
      }
    }

    const named = async (table: 'service' | 'site', called: string | undefined): Promise<string | null> => {
      if (called === undefined) return null
      const known = await db
        .selectFrom(table)
        .select('id')
        .where('customerId', '=', id)
        .where('name', '=', called)
        .executeTakeFirst()
      if (known) return known.id
      const added = newId()
      if (table === 'site')
        await db
          .insertInto('site')
          .values({ id: added, customerId: id, name: called, timeZone: 'Europe/Berlin' })
          .execute()
      else await db.insertInto('service').values({ id: added, customerId: id, name: called }).execute()
      return added
    }

    async function addIncident(
      seeded: SeededIncident,
      private_: { readonly teamId?: string; readonly personId?: string; readonly note?: string } = {},
    ) {
      const incidentId = newId()
      const [serviceId, siteId] = [await named('service', seeded.service), await named('site', seeded.site)]
      await db
        .insertInto('incident')
        .values({
          id: incidentId,
          customerId: id,
          number: seeded.number,
          title: seeded.title ?? 'Mail is down',
          description: private_.note ?? '',
          state: (seeded.state ?? (seeded.resolvedAt ? 'resolved' : 'in-progress')) as 'resolved',
          impact: 'medium',
          urgency: 'medium',
          priority: seeded.priority,
          serviceId,
          siteId,
          teamId: private_.teamId ?? null,
          assigneeId: private_.personId ?? null,
          requesterId: private_.personId ?? null,
          occurredAt: seeded.openedAt,
          openedAt: seeded.openedAt,
          resolvedAt: seeded.resolvedAt ?? null,
          closedAt: seeded.closedAt ?? null,
          updatedAt: seeded.closedAt ?? seeded.resolvedAt ?? seeded.openedAt,
          reportedMet: seeded.reportedMet ?? null,
        })
        .execute()
      for (const { metric, stoppedAt, elapsedMinutes = 0, breachedAt, excluded = false } of seeded.clocks ?? []) {
        const target = targets.get(`${metric} ${seeded.priority}`)!
        const late = breachedAt !== undefined || elapsedMinutes > target.minutes
        await db
          .insertInto('clock')
          .values({
            id: newId(),
            incidentId,
            customerId: id,
            metric,
            agreementVersionId: versionId,
            targetId: target.id,
            calendarVersionId,
            state:
              stoppedAt === undefined ? (late ? 'breached-running' : 'running') : late ? 'breached-stopped' : 'met',
            startedAt: seeded.openedAt,
            dueAt: new Date(new Date(seeded.openedAt).getTime() + target.minutes * 60_000),
            breachedAt: breachedAt ?? null,
            stoppedAt: stoppedAt ?? null,
            targetMs: target.minutes * 60_000,
            elapsedMs: elapsedMinutes * 60_000,
            exclusion: excluded ? JSON.stringify({ reason: 'customer' }) : null,
            priority: seeded.priority,
            siteId,
            serviceId,
            teamId: private_.teamId ?? null,
            number: seeded.number,
          })
          .execute()
      }
    }

    /** An incident resolved after so many minutes that counted, and whose resolution was promised. */
    async function resolved(
      number: string,
      priority: SeededIncident['priority'],
      at: string,
      minutes: number,
      more: Partial<SeededIncident> & { readonly excluded?: boolean; readonly waitedMinutes?: number } = {},
    ) {
      const { excluded = false, waitedMinutes = 0, ...incident } = more
      const openedAt = new Date(new Date(at).getTime() - (minutes + waitedMinutes) * 60_000).toISOString()
      await addIncident({
        number,
        priority,
        openedAt,
        resolvedAt: at,
        ...incident,
        clocks: [{ metric: 'resolution', stoppedAt: at, elapsedMinutes: minutes, excluded }],
      })
    }
    return { id, name, addIncident, resolved }
  }

  /** A review that is made but for its documents, which are a word each: drawing them takes a while. */
  async function review(
    customer: string,
    month: string,
    edition: Edition = 'customer',
  ): Promise<{ readonly id: string }> {
    const { facts, checksum } = await frozen(customer, month, edition)
    const id = await inContext(database, (context) => queueReview(context, { customer, month, edition }), {
      now: moment,
    })
    const documents = languages.flatMap((language) =>
      formats.map((format) => ({ language, format, content: Buffer.from(`${language} ${format}`), sha256: '' })),
    )
    const keep = async ({ db: tx }: Context) => {
      const of = await lockReview(tx, id)
      for (const document of documents) await keepDocument(tx, of, document, moment)
      await finishReview(tx, id, { facts, checksum })
    }
    await inContext(database, keep, { actor: system })
    return { id }
  }

  /** The facts of a month and the list behind them, without making documents of them. */
  async function frozen(name: string, month: string, edition: Edition = 'customer') {
    return transaction(db, system, 'read only', async (tx) => {
      const customer = await requireCustomer(tx, name)
      const period = periodOf(customer, month, moment)
      const locked = await gatherFacts(
        tx,
        { customer, period, month, provider: 'Weserblick IT', lockedAt: moment, sections },
        [edition],
      )
      const partial = editionOf(locked, { edition, report: 'R01', version: 1 })
      const rows: IncidentRow[] = []
      for await (const batch of listRows(tx, period)) rows.push(...batch.map((row) => incidentRow(row, period)))
      const digest = listDigest()
      digest.add(rows)
      const facts: ReviewFacts = { ...partial, incidents: digest.finish() }
      return { facts, rows, checksum: checksumOf(facts) }
    })
  }

  const audited = async () => {
    const rows = await sql<{ action: string }>`select action from audit order by at, id`.execute(db)
    return rows.rows.map(({ action }) => action)
  }
  return {
    database,
    db,
    call,
    addCustomer,
    review,
    frozen,
    audited,
    at: (next: string) => void (moment = new Date(next)),
  }
}
