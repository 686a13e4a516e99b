import { barredFromContracting, barredFromEverybodysMoney, require } from '#core/may.ts'
import type { Context, Db } from '#platform/context.ts'
import { audit } from '#platform/history.ts'

/** What money that is asked for is called where nobody said otherwise. */
const USUAL = 'MPAR'

export async function readWord(db: Db): Promise<string> {
  const row = await db.selectFrom('budgetWord').select('appropriation').executeTakeFirst()
  return row?.appropriation ?? USUAL
}

/** The same, for those who see such money. */
export async function tellWord({ db, actor }: Context): Promise<{ appropriation: string }> {
  if (actor.access !== 'auditor') require(barredFromContracting(actor))
  return { appropriation: await readWord(db) }
}

export async function writeWord(context: Context, appropriation: string): Promise<{ appropriation: string }> {
  require(barredFromEverybodysMoney(context.actor))
  await context.db
    .insertInto('budgetWord')
    .values({ appropriation })
    .onConflict((conflict) => conflict.column('onlyRow').doUpdateSet({ appropriation }))
    .execute()
  await audit(context, { action: 'budget-word.said', facts: { appropriation } })
  return { appropriation }
}
