import type { Db } from '#platform/context.ts'

/** The first of the sample's own people: who looks after what belongs to nobody in particular. Null before there is one. */
export async function sampleColleague(db: Db): Promise<string | null> {
  const person = await db
    .selectFrom('person')
    .select('id')
    .where('customerId', 'is', null)
    .where('sourceKey', 'is not', null)
    .orderBy('sourceKey')
    .limit(1)
    .executeTakeFirst()
  return person?.id ?? null
}
