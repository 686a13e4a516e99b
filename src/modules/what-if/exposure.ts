import { barredFromCharges, require } from '#core/may.ts'
import { contractsWithRegimes, type Exposure, exposureOf, type Shift } from '#modules/credits'
import type { Context } from '#platform/context.ts'
import type { Given } from '#platform/http.ts'
import type { getWhatIfCredits, WhatIfExposure } from './api.ts'
import { barredFromTrying } from './may.ts'
import { getWhatIf } from './queries.ts'

type Door = Pick<Given<typeof getWhatIfCredits>, 'inTransaction' | 'asProgram'>

/**
 * What the credits of the customer's contracts would have come to. Which contracts somebody sees is decided in their own
 * role; the program reckons, since a credit follows from all of a contract's results, also where somebody sees a part.
 */
export async function readExposure(
  { inTransaction, asProgram }: Door,
  id: string,
): Promise<{ known: boolean; items: WhatIfExposure[] }> {
  const asked = await inTransaction('read only', async (context) => {
    require(barredFromTrying(context.actor))
    require(barredFromCharges(context.actor))
    const { customer, from, to } = await getWhatIf(context, id)
    const shifts = await shiftsOf(context, id)
    return { from, to, shifts, contracts: await contractsWithRegimes(context.db, customer.id) }
  })
  const { shifts, contracts, from, to } = asked
  if (shifts === null) return { known: false, items: [] }
  const items: WhatIfExposure[] = []
  // The day after the last is no day of the period.
  const months = { from: from.slice(0, 7), to: new Date(Date.parse(to) - 86_400_000).toISOString().slice(0, 7) }
  for (const contract of contracts) {
    const exposure = await asProgram((context) => exposureOf(context, contract, { ...months, shifts }))
    if (exposure.months.length > 0) items.push(exposureView(exposure))
  }
  return { known: true, items }
}

async function shiftsOf({ db }: Context, id: string): Promise<readonly Shift[] | null> {
  const { shifts, state } = await db
    .selectFrom('whatIf')
    .select(['shifts', 'state'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return state === 'done' ? (shifts as readonly Shift[] | null) : null
}

function exposureView({ contract, currency, months, levels }: Exposure): WhatIfExposure {
  const judged = ({ outcome, ratio }: Exposure['levels'][number]['before']) => ({
    outcome,
    numerator: ratio?.numerator ?? null,
    denominator: ratio?.denominator ?? null,
  })
  return {
    contract: { ...contract },
    currency,
    beforeMinor: months.reduce((sum, { beforeMinor }) => sum + beforeMinor, 0),
    afterMinor: months.reduce((sum, { afterMinor }) => sum + afterMinor, 0),
    months: months.map((each) => ({ ...each })),
    levels: levels.map(({ before, after, ...level }) => ({ ...level, before: judged(before), after: judged(after) })),
  }
}
