import { Failure, notFound } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { sendingAddress } from '#modules/mail'
import type { Context } from '#platform/context.ts'
import type { Given } from '#platform/http.ts'
import type { addPushSubscription, NewSubscription, NotificationSettings, SettingsChange } from './api.ts'
import { type MailRhythm, notificationKinds, usualWays, type Ways } from './kind.ts'
import { pushKey } from './push.ts'
import { USUAL_ZONE } from './receivers.ts'
import { usualDigest } from './rhythm.ts'
import { personOfStopToken } from './stop-token.ts'

/** So many browsers one person has; more is a mistake of a program. */
const MOST_DEVICES = 20

/** How whoever asks wants to hear of things. Both doors: what is theirs in their role, whether a mailbox sends in the program's. */
type Door = Pick<Given<typeof addPushSubscription>, 'inTransaction' | 'asProgram'>

export async function readSettings({ inTransaction, asProgram }: Door): Promise<NotificationSettings> {
  const sends = await asProgram(async ({ db }) => (await sendingAddress(db)) !== null)
  const key = await pushKey()
  return inTransaction('read only', async ({ db, actor }) => {
    const { personId } = actor
    const person = await db
      .selectFrom('person')
      .select(['email', 'timeZone'])
      .where('id', '=', personId)
      .executeTakeFirst()
    const chosen = await db
      .selectFrom('notificationSetting')
      .select(['kind', 'shown', 'mail', 'push'])
      .where('personId', '=', personId)
      .execute()
    const rhythm = await db
      .selectFrom('notificationRhythm')
      .select(['digestAt', 'digestDay', 'quietFrom', 'quietTo', 'mailFailedAt'])
      .where('personId', '=', personId)
      .executeTakeFirst()
    const devices = await db
      .selectFrom('pushSubscription')
      .select(['id', 'device as name', 'createdAt'])
      .where('personId', '=', personId)
      .orderBy('createdAt')
      .execute()
    const { quietFrom = null, quietTo = null } = rhythm ?? {}
    return {
      kinds: notificationKinds.map((kind) => {
        const own = chosen.find((each) => each.kind === kind)
        const ways = own === undefined ? usualWays[kind] : { ...own, mail: own.mail as MailRhythm }
        return { ...ways, kind, usual: isSame(ways, usualWays[kind]) }
      }),
      digestAt: rhythm?.digestAt ?? usualDigest.digestAt,
      digestDay: rhythm?.digestDay ?? usualDigest.digestDay,
      quiet: quietFrom === null || quietTo === null ? null : { from: quietFrom, to: quietTo },
      zone: person?.timeZone ?? USUAL_ZONE,
      mail: { address: person?.email ?? null, sends, failedAt: rhythm?.mailFailedAt ?? null },
      push: { key, devices },
    }
  })
}

function isSame(one: Ways, other: Ways): boolean {
  return one.shown === other.shown && one.mail === other.mail && one.push === other.push
}

/** Changes what is given; a kind that is set to what is usual follows that from then on. */
export async function changeSettings(
  door: Door,
  { kinds = [], digestAt, digestDay, quiet, mailWorks }: SettingsChange,
): Promise<NotificationSettings> {
  await door.inTransaction('read write', async ({ db, actor }) => {
    const personId = actor.personId!
    for (const { kind, shown, mail, push } of kinds) {
      const ways = { shown, mail, push }
      if (isSame(ways, usualWays[kind])) {
        await db.deleteFrom('notificationSetting').where('personId', '=', personId).where('kind', '=', kind).execute()
        continue
      }
      await db
        .insertInto('notificationSetting')
        .values({ personId, kind, ...ways })
        .onConflict((conflict) => conflict.columns(['personId', 'kind']).doUpdateSet(ways))
        .execute()
    }
    const rhythm = {
      ...(digestAt !== undefined && { digestAt }),
      ...(digestDay !== undefined && { digestDay }),
      ...(quiet !== undefined && { quietFrom: quiet?.from ?? null, quietTo: quiet?.to ?? null }),
      ...(mailWorks && { mailFailedAt: null }),
    }
    if (Object.keys(rhythm).length === 0) return
    await db
      .insertInto('notificationRhythm')
      .values({ personId, ...rhythm })
      .onConflict((conflict) => conflict.column('personId').doUpdateSet(rhythm))
      .execute()
  })
  return readSettings(door)
}

/** Remembers a browser. One that somebody else used before belongs to whoever asks from now on. */
export async function addSubscription(
  { asProgram }: Door,
  { endpoint, keys }: NewSubscription,
  device: string,
): Promise<{ id: string }> {
  return asProgram(async ({ db, actor, now }) => {
    const personId = actor.personId!
    await db.deleteFrom('pushSubscription').where('endpoint', '=', endpoint).execute()
    const { count } = await db
      .selectFrom('pushSubscription')
      .select((of) => of.fn.countAll<number>().as('count'))
      .where('personId', '=', personId)
      .executeTakeFirstOrThrow()
    if (count >= MOST_DEVICES) throw new Failure('refused', 'push.too-many', { most: MOST_DEVICES })
    const id = newId(now.getTime())
    await db
      .insertInto('pushSubscription')
      .values({ id, personId, endpoint, ...keys, device: device.slice(0, 200), createdAt: now })
      .execute()
    return { id }
  })
}

/** Ends all mails of the person whose link it is; the same link twice is no mistake. */
export async function stopMails({ asProgram }: Door, token: string): Promise<{ email: string }> {
  const personId = await personOfStopToken(token)
  if (personId === null) throw new Failure('refused', 'notification.no-such-link')
  return asProgram(async ({ db }) => {
    const person = await db.selectFrom('person').select('email').where('id', '=', personId).executeTakeFirst()
    if (person === undefined) throw new Failure('refused', 'notification.no-such-link')
    const chosen = await db
      .selectFrom('notificationSetting')
      .select(['kind', 'shown', 'push'])
      .where('personId', '=', personId)
      .execute()
    for (const kind of notificationKinds) {
      const { shown, push } = chosen.find((each) => each.kind === kind) ?? usualWays[kind]
      await db
        .insertInto('notificationSetting')
        .values({ personId, kind, shown, push, mail: 'never' })
        .onConflict((conflict) => conflict.columns(['personId', 'kind']).doUpdateSet({ mail: 'never' }))
        .execute()
    }
    await db
      .updateTable('notification')
      .set({ mailDueAt: null })
      .where('personId', '=', personId)
      .where('mailDueAt', 'is not', null)
      .execute()
    return { email: masked(person.email ?? '') }
  })
}

/** Enough to know one's own address by. */
function masked(email: string): string {
  const at = email.lastIndexOf('@')
  return at < 1 ? '' : `${email[0]}…${email.slice(at)}`
}

/** Nothing more goes to an address that takes none, until its owner says that it does. */
export async function markUndeliverable({ db, now }: Context, personId: string): Promise<void> {
  await db
    .insertInto('notificationRhythm')
    .values({ personId, mailFailedAt: now })
    .onConflict((conflict) => conflict.column('personId').doUpdateSet({ mailFailedAt: now }))
    .execute()
}

/** Leaves one of the caller's own browsers alone. */
export async function removeSubscription({ db, actor }: Context, id: string): Promise<void> {
  const { numDeletedRows: removed } = await db
    .deleteFrom('pushSubscription')
    .where('id', '=', id)
    .where('personId', '=', actor.personId)
    .executeTakeFirst()
  if (removed === 0n) throw notFound('push.not-found')
}
