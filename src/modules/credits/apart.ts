import { type Asker, barredFromCharges, barredFromContracting, type Reason, require } from '#core/may.ts'
import { requireContract } from '#modules/contracts'
import type { Context } from '#platform/context.ts'
import type { Given } from '#platform/http.ts'
import type { calculateCredit as calculating, Credit, NewSimulation, Outlook, Simulation } from './api.ts'
import { calculateCredit, readCredit } from './credits.ts'
import { readOutlook, simulate } from './simulate.ts'

/*
 * Credits follow from clocks and from hours up, which not everybody sees who settles money (decision 0119). So who may is
 * decided in the asker's own role, as is which contract is theirs, and the program reckons: for all of them the same.
 */

type Door = Pick<Given<typeof calculating>, 'inTransaction' | 'asProgram'>

/** Lets whoever asks in to a contract that is in their sight. */
async function letIn(
  { inTransaction }: Door,
  contractId: string,
  barred: (asker: Asker) => Reason | null,
): Promise<void> {
  await inTransaction('read only', async ({ db, actor }) => {
    require(barred(actor))
    await requireContract(db, contractId)
  })
}

export async function calculateApart(door: Door, contractId: string, month: string): Promise<Credit> {
  await letIn(door, contractId, barredFromContracting)
  const id = await door.asProgram(async (context: Context) => (await calculateCredit(context, contractId, month)).id)
  return door.inTransaction('read only', (context) => readCredit(context, id))
}

export async function simulateApart(
  door: Door,
  contractId: string,
  given: Parameters<typeof simulate>[2] & NewSimulation,
): Promise<Simulation> {
  await letIn(door, contractId, barredFromContracting)
  return door.asProgram((context) => simulate(context, contractId, given))
}

export async function outlookApart(door: Door, contractId: string): Promise<Outlook> {
  await letIn(door, contractId, barredFromCharges)
  return door.asProgram((context) => readOutlook(context, contractId))
}
