import { newId } from '#core/id.ts'
import type { Context } from '#platform/context.ts'

/** Writes a friction point as it stands, seen some time ago: those of the sample company. */
export async function writeFriction(
  { db }: Context,
  given: {
    readonly customerId: string
    readonly siteId: string | null
    readonly ownerId: string | null
    readonly title: string
    readonly place: string
    readonly who: string
    readonly people: number
    readonly perWeek: number
    readonly minutes: number
    readonly workaround: string
    readonly state: string
    readonly foundBy: string
    readonly outcome: string | null
    readonly observedAt: Date
    readonly verifiedAt: Date | null
  },
): Promise<string> {
  const id = newId(given.observedAt.getTime())
  await db
    .insertInto('frictionPoint')
    .values({ id, ...given, updatedAt: given.verifiedAt ?? given.observedAt })
    .execute()
  return id
}
