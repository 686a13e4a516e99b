import { type Insertable, sql } from 'kysely'
import type { DB } from '#db'
import { newId } from '#core/id.ts'
import type { Context, Db } from '#platform/context.ts'
import { sendSignal } from '#platform/live.ts'
import type { NewsFact, NewsSource } from '#platform/news.ts'
import { pushNotification } from './jobs.ts'
import { isNotificationKind, leading, type NotificationKind } from './kind.ts'
import { mailDueAt } from './rhythm.ts'
import { type Receiver, receiversOf } from './receivers.ts'

/** What was true longer ago is news to nobody. */
const NEWS_FOR_MS = 2 * 86_400_000

/**
 * Tells people of what happened to a record and was not told yet: each fact once, and each person of it once, however many
 * ways lead to them and however often this is done. In a transaction of the program.
 */
export async function tellNews(context: Context, subjectId: string, sources: readonly NewsSource[]): Promise<void> {
  const facts = await takeUntold(context, subjectId, sources)
  const told = new Set<string>()
  // Of one act that is written as several facts, such as an update to four audiences, a person hears once.
  const acts = new Set<string>()
  for (const [index, fact] of facts.entries()) {
    // Of steps that a macro makes at once, the last one is the news.
    if (facts.slice(index + 1).some((later) => overtakes(later, fact))) continue
    const concerned = new Map<string, NotificationKind[]>()
    for (const source of sources) {
      if (!source.facts.includes(fact.kind)) continue
      for (const { personId, kind } of await source.concerns(context, fact)) {
        if (personId === fact.actorId || !isNotificationKind(kind)) continue
        concerned.set(personId, [...(concerned.get(personId) ?? []), kind])
      }
    }
    const rows: Row[] = []
    for (const receiver of await receiversOf(context, [...concerned.keys()])) {
      if (fact.visibility === 'internal' && receiver.isCustomers) continue
      const act = `${receiver.id} ${fact.kind} ${fact.occurredAt.getTime()}`
      if (acts.has(act)) continue
      acts.add(act)
      const row = rowFor(fact, receiver, { kind: leading(concerned.get(receiver.id) ?? []), now: context.now })
      if (row !== null) rows.push(row)
    }
    for (const personId of await write(context, rows)) told.add(personId)
  }
  if (told.size > 0) await sendSignal(context.db, { what: 'notification', people: [...told], data: {} })
}

type Untold = NewsFact & { readonly sequence: number }

function overtakes(later: Untold, fact: Untold): boolean {
  return (
    fact.kind.endsWith('.state') && later.kind === fact.kind && later.occurredAt.getTime() === fact.occurredAt.getTime()
  )
}

/** Facts that nobody has looked at yet; from now on they count as told. */
async function takeUntold(
  { db, now }: Context,
  subjectId: string,
  sources: readonly NewsSource[],
): Promise<readonly Untold[]> {
  const kinds = [...new Set(sources.flatMap(({ facts }) => facts))]
  const since = new Date(now.getTime() - NEWS_FOR_MS)
  const { rows } = await sql<Untold>`
    with untold as (
      insert into notified_fact (fact_id, at)
      select id, ${now} from history
      where subject_id = ${subjectId} and kind = any(${kinds}) and occurred_at > ${since} and recorded_at > ${since}
        -- What came from another system was told there; alarms have keys of their own.
        and import_id is null and (source_key is null or kind like 'clock.%')
      on conflict do nothing returning fact_id
    )
    select id, subject_type, subject_id, customer_id, kind, facts, visibility, actor_id, occurred_at, sequence
    from history where subject_id = ${subjectId} and occurred_at > ${since} and id in (select fact_id from untold)
    order by occurred_at, sequence, id`.execute(db)
  return rows
}

interface Row extends Insertable<DB['notification']> {
  readonly pushes: boolean
}

/** What is written down for somebody; null when they do not want to hear of it in any way. */
function rowFor(
  fact: NewsFact,
  receiver: Receiver,
  { kind, now }: { readonly kind: NotificationKind; readonly now: Date },
): Row | null {
  const { shown, mail, push } = receiver.ways(kind)
  // What is said to whoever reported it goes to them by the mailbox that the report came to.
  const byMail = receiver.takesMail && !(receiver.isCustomers && kind === 'answered')
  const mailAt = byMail ? mailDueAt(receiver.rhythm, mail, now.getTime()) : null
  const pushes = push && receiver.pushable
  if (!shown && mailAt === null && !pushes) return null
  return {
    id: newId(now.getTime()),
    personId: receiver.id,
    kind,
    factId: fact.id,
    factAt: fact.occurredAt,
    subjectType: fact.subjectType,
    subjectId: fact.subjectId,
    customerId: fact.customerId,
    createdAt: now,
    shown,
    mailDueAt: mailAt === null ? null : new Date(mailAt),
    mailAs: mailAt === null || mail === 'never' ? null : mail,
    pushes,
  }
}

/** @returns whom something new is listed for. */
async function write({ db, enqueue }: Context, rows: readonly Row[]): Promise<readonly string[]> {
  if (rows.length === 0) return []
  const written = await db
    .insertInto('notification')
    .values(rows.map(({ pushes: _pushes, ...row }) => row))
    .onConflict((conflict) => conflict.columns(['factId', 'personId']).doNothing())
    .returning(['id', 'personId', 'shown'])
    .execute()
  const pushed = new Set(rows.filter(({ pushes }) => pushes).map(({ id }) => id))
  for (const { id } of written) if (pushed.has(id)) await enqueue(pushNotification, { notification: id })
  return written.filter(({ shown }) => shown).map(({ personId }) => personId)
}

const KEPT_DAYS = 90

/** Removes notifications that are three months old, and the marks of facts that are no news any more. */
export async function forget({ db, now }: { readonly db: Db; readonly now: Date }): Promise<void> {
  const before = (days: number) => new Date(now.getTime() - days * 86_400_000)
  await db.deleteFrom('notification').where('createdAt', '<', before(KEPT_DAYS)).execute()
  await db.deleteFrom('notifiedFact').where('at', '<', before(8)).execute()
}
