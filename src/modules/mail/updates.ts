import { sql } from 'kysely'
import { momentText } from '#core/clock-text.ts'
import { languageOf } from '#core/text.ts'
import type { Context } from '#platform/context.ts'
import { sendDue } from './jobs.ts'
import { threadOf, writeOutgoing } from './outbox.ts'
import { anyAccount, sendingAccount } from './tell.ts'
import { sayOfMail } from './text.ts'
import { mailTokens } from './token.ts'

/** The fact of a major incident's history. */
interface Update {
  readonly majorId: string
  readonly factId: string
  readonly at: string
}

interface Told {
  readonly customerId: string
  readonly actorId: string | null
  readonly at: Date
  readonly audience: string
  readonly language: string
  readonly text: string
  readonly nextDue: string | null
}

interface Reporter {
  readonly id: string
  readonly number: string
  readonly title: string
  readonly teamId: string | null
  readonly customer: string
  readonly zone: string
  readonly name: string
  readonly email: string
  readonly language: string
}

/** Whoever was told in their own language so shortly before is not told the same in another. */
const BESIDE_MS = 15 * 60_000

/**
 * Writes mails about an update to users to everybody who reported the disturbance, each at the report of their own that
 * came first, so that their answers come there. Once, however often this is done.
 */
export async function tellReporters(context: Context, { majorId, ...fact }: Update): Promise<void> {
  const { factId } = fact
  const { db } = context
  const told = await updateOf(context, { majorId, ...fact })
  if (told === null || told.audience !== 'users') return
  const reporters = await reportersOf(context, majorId, told)
  if (reporters.length === 0) return
  const others = await languagesBeside(context, majorId, told)
  const tokens = await mailTokens()
  for (const reporter of reporters) {
    const language = languageOf(reporter.language)
    if (language !== told.language && others.has(language)) continue
    const account = (await sendingAccount(db, reporter)) ?? (await anyAccount(db, told.customerId))
    if (account === null) continue
    const next = told.nextDue === null ? '' : nextIn(language, reporter.zone, told.nextDue)
    // Whoever gets it in another language is told that there is no other.
    const onlyIn =
      language === told.language ? '' : sayOfMail(language, 'update.other-language', { told: told.language })
    const { id, number, title } = reporter
    const mail = {
      account,
      kind: 'update',
      incident: { id, number, title },
      customer: { id: told.customerId, name: reporter.customer },
      recipient: { name: reporter.name, email: reporter.email, language },
      text: [onlyIn, told.text, next].filter(Boolean).join('\n\n'),
      thread: await threadOf(db, id),
      factId,
    } as const
    await db.executeQuery(await writeOutgoing(context, mail, tokens))
  }
  await context.enqueue(sendDue, {})
}

function nextIn(language: 'en' | 'de', zone: string, nextDue: string): string {
  const due = new Date(nextDue)
  return sayOfMail(language, 'update.next', {
    at: momentText(language, zone, due.getTime(), due.getUTCFullYear()),
    zone,
  })
}

async function updateOf({ db }: Context, { majorId, factId, at }: Update): Promise<Told | null> {
  const row = await db
    .selectFrom('history')
    .select(['customerId', 'actorId', 'occurredAt', 'facts'])
    .where('id', '=', factId)
    .where('occurredAt', '=', new Date(at))
    .where('subjectId', '=', majorId)
    .where('kind', '=', 'major-incident.update')
    .executeTakeFirst()
  if (row === undefined || row.customerId === null) return null
  const { audience, language, text, nextDue } = row.facts as unknown as Pick<
    Told,
    'audience' | 'language' | 'text' | 'nextDue'
  >
  return { customerId: row.customerId, actorId: row.actorId, at: row.occurredAt, audience, language, text, nextDue }
}

/** Everybody once who reported its incident or one that is part of it, unless that was a mistake. */
async function reportersOf({ db }: Context, majorId: string, { actorId }: Told): Promise<readonly Reporter[]> {
  const { rows } = await sql<Reporter>`
    with part as (
      select incident_id as id from major_incident where id = ${majorId}
      union select link.from_id from incident_link link join major_incident m on m.incident_id = link.to_id
        where m.id = ${majorId} and link.kind = 'child-of'
    )
    select distinct on (person.email) i.id, i.number, i.title, i.team_id as "teamId", customer.name as customer,
      customer.time_zone as zone, person.name, person.email, person.language
    from part join incident i on i.id = part.id join customer on customer.id = i.customer_id
    join person on person.id = i.requester_id
    where person.email is not null and i.state <> 'cancelled' and person.id is distinct from ${actorId}::uuid
    order by person.email, i.opened_at, i.id`.execute(db)
  return rows
}

/** In which languages users were told the same just before or at the same moment. */
async function languagesBeside({ db }: Context, majorId: string, { at, language }: Told): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('history')
    .select(sql<string>`facts->>'language'`.as('language'))
    .where('subjectId', '=', majorId)
    .where('kind', '=', 'major-incident.update')
    .where(sql`facts->>'audience'`, '=', 'users')
    .where('occurredAt', '>=', new Date(at.getTime() - BESIDE_MS))
    .where('occurredAt', '<=', at)
    .execute()
  return new Set(rows.map((row) => row.language).filter((each) => each !== language))
}
