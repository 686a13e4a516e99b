import type { Db } from '#platform/context.ts'

/** What the provider is called here, once somebody said so. */
export async function organisationName(db: Db): Promise<string | null> {
  const row = await db.selectFrom('setting').select('value').where('name', '=', 'organisation').executeTakeFirst()
  return typeof row?.value === 'string' ? row.value : null
}
