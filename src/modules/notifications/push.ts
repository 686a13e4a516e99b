import { sql } from 'kysely'
import { actorsOf } from '#modules/people'
import { configurationOf } from '#platform/configuration.ts'
import { transaction } from '#platform/database.ts'
import { allowedNetworks, callOutside, CallRefused, NOT_OUTSIDE } from '#platform/outgoing-call.ts'
import { pushAuthorization, sealForBrowser, type Subscription, webPushKey } from '#platform/web-push.ts'
import type { JobWorld } from '#platform/worker.ts'
import type { Notification } from './api.ts'
import { newsIn, readNews } from './news.ts'
import { receiversOf } from './receivers.ts'
import { quietUntil } from './rhythm.ts'

/** After so long it is no news any more, and the push service may forget it. */
const NEWS_FOR_S = 12 * 3600

const TIMEOUT_MS = 10_000

/** By which a browser subscribes. */
export const pushKey = webPushKey

/**
 * Sends a notification to the browsers of the person it is for: not within their quiet hours, not when they have read it,
 * and not when they lost sight of what it tells. A browser that is gone is forgotten.
 */
export async function pushOut(world: JobWorld, id: string): Promise<void> {
  const meant = await world.inTransaction(async (context) => {
    const row = await context.db.selectFrom('notification').select('personId').where('id', '=', id).executeTakeFirst()
    if (row === undefined) return null
    const [receiver] = await receiversOf(context, [row.personId])
    const actor = (await actorsOf(context, [row.personId])).get(row.personId)
    if (receiver === undefined || actor === undefined) return null
    if (quietUntil(receiver.rhythm, context.now.getTime()) !== null) return null
    const subscriptions = await context.db
      .selectFrom('pushSubscription')
      .select(['id', 'endpoint', 'p256dh', 'auth'])
      .where('personId', '=', row.personId)
      .execute()
    return { actor, zone: receiver.rhythm.zone, subscriptions }
  })
  if (meant === null) return
  const { actor, zone, subscriptions } = meant
  const [row] = await transaction(world.db, actor, 'read only', (db) =>
    readNews(db, actor, { where: sql`n.id = ${id} and n.read_at is null`, limit: 1 }),
  )
  if (row === undefined) return
  const news = newsIn(row, actor, zone)
  const allowed = await allowedNetworks(world.db)
  let again = ''
  for (const subscription of subscriptions) {
    const status = await sendTo(world, subscription, { news, allowed })
    if (status === 'gone') {
      await world.inTransaction(({ db }) =>
        db.deleteFrom('pushSubscription').where('id', '=', subscription.id).execute(),
      )
    } else if (status !== 'sent') again = status
  }
  // Those that were reached show the same notification once, by its tag.
  if (again !== '') throw new Error(`A push service does not take messages now: ${again}`)
}

/** @returns `sent` also for what will never be taken, `gone` for a browser that is no more, else why to try again. */
async function sendTo(
  { now, log }: JobWorld,
  subscription: Subscription,
  { news, allowed }: { readonly news: Notification; readonly allowed: readonly string[] },
): Promise<string> {
  const { id, title, text, about, path } = news
  const { endpoint } = subscription
  const { url } = configurationOf(process.env)
  const message = JSON.stringify({ title, body: text || about, path, tag: id })
  try {
    const { status } = await callOutside({
      url: endpoint,
      method: 'POST',
      headers: {
        authorization: await pushAuthorization(endpoint, url, now()),
        'content-encoding': 'aes128gcm',
        'content-type': 'application/octet-stream',
        ttl: String(NEWS_FOR_S),
      },
      body: sealForBrowser(message, subscription),
      timeoutMs: TIMEOUT_MS,
      answerBytes: 0,
      allowed,
    })
    if (status === 404 || status === 410) return 'gone'
    if (status === 429 || status >= 500) return String(status)
    if (status >= 400) log.warn({ notification: id, status }, 'push not taken')
    return 'sent'
  } catch (error) {
    // What leads inside, or has a key that is none, never was a browser's.
    const { code } = error as { readonly code?: string }
    const inside = error instanceof CallRefused && NOT_OUTSIDE.has(error.problem)
    if (inside || code === 'ERR_CRYPTO_ECDH_INVALID_PUBLIC_KEY') return 'gone'
    return error instanceof CallRefused ? `${error.problem} ${error.message}` : String(error)
  }
}
