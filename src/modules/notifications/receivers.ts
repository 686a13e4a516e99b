import type { Context } from '#platform/context.ts'
import { type MailRhythm, type NotificationKind, usualWays, type Ways } from './kind.ts'
import { type Rhythm, usualDigest } from './rhythm.ts'

/** The zone of whoever has chosen none. */
export const USUAL_ZONE = 'Europe/Berlin'

/** Somebody who signs in here, and how they want to hear of things. */
export interface Receiver {
  readonly id: string
  readonly name: string
  readonly email: string | null
  readonly language: string
  /** One of a customer's people. */
  readonly isCustomers: boolean
  readonly ways: (kind: NotificationKind) => Ways
  readonly rhythm: Rhythm
  /** Whether a mail can reach them. */
  readonly takesMail: boolean
  readonly mailFailedAt: Date | null
  /** Whether they let us reach a browser. */
  readonly pushable: boolean
}

/** Those of these people who can sign in. In a transaction of the program. */
export async function receiversOf({ db }: Context, personIds: readonly string[]): Promise<readonly Receiver[]> {
  if (personIds.length === 0) return []
  const rows = await db
    .selectFrom('person')
    .innerJoin('account', 'account.personId', 'person.id')
    .leftJoin('notificationRhythm as rhythm', 'rhythm.personId', 'person.id')
    .select([
      'person.id',
      'person.name',
      'person.email',
      'person.language',
      'person.timeZone',
      'person.customerId',
      'rhythm.digestAt',
      'rhythm.digestDay',
      'rhythm.quietFrom',
      'rhythm.quietTo',
      'rhythm.mailFailedAt',
    ])
    .where('person.id', 'in', personIds)
    .where('account.disabledAt', 'is', null)
    .execute()
  const settings = await db
    .selectFrom('notificationSetting')
    .select(['personId', 'kind', 'shown', 'mail', 'push'])
    .where('personId', 'in', personIds)
    .execute()
  const reachable = await db
    .selectFrom('pushSubscription')
    .select('personId')
    .distinct()
    .where('personId', 'in', personIds)
    .execute()
  const chosen = new Map(settings.map(({ personId, kind, ...ways }) => [`${personId} ${kind}`, waysOf(ways)]))
  const pushable = new Set(reachable.map(({ personId }) => personId))
  return rows.map(({ id, name, email, language, timeZone, customerId, mailFailedAt, ...row }) => ({
    id,
    name,
    email,
    language,
    isCustomers: customerId !== null,
    ways: (kind) => chosen.get(`${id} ${kind}`) ?? usualWays[kind],
    rhythm: rhythmOf({ timeZone, ...row }),
    takesMail: email !== null && mailFailedAt === null,
    mailFailedAt,
    pushable: pushable.has(id),
  }))
}

function waysOf({
  shown,
  mail,
  push,
}: {
  readonly shown: boolean
  readonly mail: string
  readonly push: boolean
}): Ways {
  return { shown, mail: mail as MailRhythm, push }
}

export function rhythmOf({
  timeZone,
  digestAt,
  digestDay,
  quietFrom,
  quietTo,
}: {
  readonly timeZone: string | null
  readonly digestAt: number | null
  readonly digestDay: number | null
  readonly quietFrom: number | null
  readonly quietTo: number | null
}): Rhythm {
  return {
    zone: timeZone ?? USUAL_ZONE,
    digestAt: digestAt ?? usualDigest.digestAt,
    digestDay: digestDay ?? usualDigest.digestDay,
    quiet: quietFrom === null || quietTo === null ? null : { from: quietFrom, to: quietTo },
  }
}
