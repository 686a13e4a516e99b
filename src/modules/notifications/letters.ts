import { sql } from 'kysely'
import { languageOf } from '#core/text.ts'
import { writeLetter } from '#modules/mail'
import { actorsOf } from '#modules/people'
import { configurationOf } from '#platform/configuration.ts'
import { transaction } from '#platform/database.ts'
import type { JobWorld, Loop } from '#platform/worker.ts'
import type { Notification } from './api.ts'
import { letterPage } from './letter-page.ts'
import { newsIn, readNews } from './news.ts'
import { type Receiver, receiversOf } from './receivers.ts'
import { stopTokenOf } from './stop-token.ts'
import { sayOfNews } from './text.ts'

/** After so long it is looked again for a mailbox that sends. */
const WITHOUT_MAILBOX_MS = 3_600_000

/** A digest says so many one by one. */
const ONE_BY_ONE = 30

/** Writes what is due by mail. */
export const notificationLetters: Loop = {
  name: 'notifications.mail',
  run: async (world) => {
    while (!world.signal.aborted && (await writeDueLetter(world)));
    const row = await world.db
      .selectFrom('notification')
      .select('mailDueAt')
      .where('mailDueAt', 'is not', null)
      .orderBy('mailDueAt')
      .limit(1)
      .executeTakeFirst()
    return row?.mailDueAt ?? null
  },
}

/**
 * Writes one person's letter, of all that is due for them: as their own rights show it now, without what they have read
 * meanwhile. Nothing is written when nothing is left.
 *
 * @returns whether anything was due.
 */
export async function writeDueLetter(world: JobWorld): Promise<boolean> {
  return world.inTransaction(async (context) => {
    const { db, now } = context
    const next = await db
      .selectFrom('notification')
      .select('personId')
      .where('mailDueAt', '<=', now)
      .orderBy('mailDueAt')
      .limit(1)
      .forUpdate()
      .skipLocked()
      .executeTakeFirst()
    if (next === undefined) return false
    const { personId } = next
    const due = await db
      .updateTable('notification')
      .set({ mailDueAt: null })
      .where('personId', '=', personId)
      .where('mailDueAt', '<=', now)
      .returning(['id', 'mailAs'])
      .execute()
    const [receiver] = await receiversOf(context, [personId])
    const actor = (await actorsOf(context, [personId])).get(personId)
    if (receiver === undefined || actor === undefined || !receiver.takesMail) return true
    const ids = due.map(({ id }) => id)
    const rows = await transaction(world.db, actor, 'read only', (own) =>
      readNews(own, actor, { where: sql`n.id = any(${ids}::uuid[]) and n.read_at is null`, limit: ids.length }),
    )
    if (rows.length === 0) return true
    const shown = rows.slice(0, ONE_BY_ONE)
    const rhythms = new Set(due.map(({ mailAs }) => mailAs))
    const letter = letterOf(
      receiver,
      shown.map((row) => newsIn(row, actor, receiver.rhythm.zone)),
      {
        count: rows.length,
        rhythm: rhythms.size === 1 ? ([...rhythms][0] ?? 'now') : 'now',
        token: await stopTokenOf(personId),
      },
    )
    const isWritten = await writeLetter(context, {
      person: { id: personId, name: receiver.name, email: receiver.email! },
      facts: shown.map(({ factId }) => factId),
      ...letter,
    })
    if (isWritten) return true
    // No mailbox sends just now: what is to be told waits for one.
    await db
      .updateTable('notification')
      .set({ mailDueAt: new Date(now.getTime() + WITHOUT_MAILBOX_MS) })
      .where(
        'id',
        'in',
        rows.map(({ id }) => id),
      )
      .execute()
    return true
  })
}

/** Tells anew what stood in a letter that was not sent, of what its reader has not read meanwhile. */
export async function writeAnew(
  world: JobWorld,
  { person, facts }: { readonly person: string; readonly facts: readonly string[] },
): Promise<void> {
  await world.inTransaction(async ({ db, now }) => {
    await db
      .updateTable('notification')
      .set({ mailDueAt: now })
      .where('personId', '=', person)
      .where('factId', 'in', facts)
      .where('readAt', 'is', null)
      .execute()
  })
  while (!world.signal.aborted && (await writeDueLetter(world)));
}

interface Told {
  /** Of all, also those that are not said one by one. */
  readonly count: number
  readonly rhythm: string
  readonly token: string
}

function letterOf(
  { name, language: spoken, rhythm: { zone } }: Receiver,
  news: readonly Notification[],
  { count, rhythm, token }: Told,
): { subject: string; text: string; html: string; unsubscribe: string } {
  const language = languageOf(spoken)
  const { url } = configurationOf(process.env)
  const unsubscribe = `${url}/unsubscribe#${token}`
  const [first] = news
  const alone = count === 1 && first !== undefined
  const parts = news.map(({ title, about, text, path }) =>
    [title, about, text, sayOfNews(language, 'mail.open', { link: `${url}${path}` })]
      .filter((line) => line !== '')
      .join('\n'),
  )
  const left = count - news.length
  return {
    subject: alone
      ? sayOfNews(language, 'mail.subject.one', { title: [first.title, first.about].filter(Boolean).join(' – ') })
      : sayOfNews(language, 'mail.subject.digest', { rhythm, count }),
    text: [
      sayOfNews(language, 'mail.greeting', { name }),
      ...parts,
      ...(left > 0 ? [sayOfNews(language, 'mail.more', { count: left, link: `${url}/notifications` })] : []),
      `--\n${sayOfNews(language, 'mail.foot', { settings: `${url}/notifications/settings`, stop: unsubscribe })}`,
    ].join('\n\n'),
    html: letterPage({ language, zone, name, news, left, url, unsubscribe }),
    unsubscribe,
  }
}
