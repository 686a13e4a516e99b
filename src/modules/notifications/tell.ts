import { sql } from 'kysely'
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
  for (const fact of facts) {
    const concerned = new Map<string, NotificationKind[]>()
    for (const source of sources) {
      if (!source.facts.includes(fact.kind)) continue
      for (const { personId, kind } of await source.concerns(context, fact)) {
        if (personId === fact.actorId || !isNotificationKind(kind)) continue
        concerned.set(personId, [...(concerned.get(personId) ?? []), kind])
      }
    }
    for (const receiver of await receiversOf(context, [...concerned.keys()])) {
      if (fact.visibility === 'internal' && receiver.isCustomers) continue
      const act = `${receiver.id} ${fact.kind} ${fact.occurredAt.getTime()}`
      if (acts.has(act)) continue
      acts.add(act)
      const written = await write(context, fact, receiver, leading(concerned.get(receiver.id) ?? []))
      if (written) told.add(receiver.id)
    }
  }
  if (told.size > 0) await sendSignal(context.db, { what: 'notification', people: [...told], data: {} })
}

type Untold = NewsFact & { readonly sequence: number }

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

/** @returns whether it is new. */
async function write(context: Context, fact: NewsFact, receiver: Receiver, kind: NotificationKind): Promise<boolean> {
  const { db, now } = context
  const { shown, mail, push } = receiver.ways(kind)
  // What is said to whoever reported it goes to them by the mailbox that the report came to.
  const byMail = receiver.takesMail && !(receiver.isCustomers && kind === 'answered')
  const mailAt = byMail ? mailDueAt(receiver.rhythm, mail, now.getTime()) : null
  const pushes = push && receiver.pushable
  if (!shown && mailAt === null && !pushes) return false
  const id = newId(now.getTime())
  const { numInsertedOrUpdatedRows: written = 0n } = await db
    .insertInto('notification')
    .values({
      id,
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
    })
    .onConflict((conflict) => conflict.columns(['factId', 'personId']).doNothing())
    .executeTakeFirst()
  if (written === 0n) return false
  if (pushes) await context.enqueue(pushNotification, { notification: id })
  return shown
}

const KEPT_DAYS = 90

/** Removes notifications that are three months old, and the marks of facts that are no news any more. */
export async function forget({ db, now }: { readonly db: Db; readonly now: Date }): Promise<void> {
  const before = (days: number) => new Date(now.getTime() - days * 86_400_000)
  await db.deleteFrom('notification').where('createdAt', '<', before(KEPT_DAYS)).execute()
  await db.deleteFrom('notifiedFact').where('at', '<', before(8)).execute()
}
