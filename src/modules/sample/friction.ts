import { frictionPointsOf } from '#sample/friction.ts'
import type { SampleCompany } from '#sample/company.ts'
import { writeFriction } from '#modules/friction'
import { writeSaidDone } from '#modules/feedback'
import type { Context } from '#platform/context.ts'
import { sampleColleague } from './colleague.ts'

const DAY_MS = 86_400_000

/** Writes what keeps people from their work, and what they were told came of it. */
export async function writeSampleFriction(context: Context, company: SampleCompany): Promise<void> {
  const { now, db } = context
  const colleagueId = await sampleColleague(db)
  for (const { id: customerId, key, language } of company.customers) {
    const site = await db
      .selectFrom('site')
      .select('id')
      .where('customerId', '=', customerId)
      .orderBy('name')
      .limit(1)
      .executeTakeFirst()
    for (const { daysAgo, did, title, ...point } of frictionPointsOf(key, language)) {
      const observedAt = new Date(now.getTime() - daysAgo * DAY_MS)
      const of = { customerId, siteId: site?.id ?? null }
      const verifiedAt = did === null ? null : new Date(observedAt.getTime() + 30 * DAY_MS)
      const id = await writeFriction(context, {
        ...point,
        ...of,
        title,
        observedAt,
        outcome: did,
        verifiedAt,
        ownerId: point.state === 'observed' ? null : colleagueId,
      })
      if (did !== null && verifiedAt !== null) {
        await writeSaidDone(context, { ...of, said: title, did, frictionId: id, at: verifiedAt })
      }
    }
  }
}
