import { z } from 'zod'
import { newId } from '#core/id.ts'
import type { Context, Db } from '#platform/context.ts'
import { job } from '#platform/job.ts'
import type { JobWorld } from '#platform/worker.ts'
import { linkEntries } from './link.ts'
import { verifyChain } from './verify.ts'

/** The whole chain is compared with the audit. */
export const checkChainJob = job('audit.check', z.object({ check: z.uuid().optional().describe('Begun already') }))

/** Asks for a check; it is seen to go on from now. */
export async function askForCheck({ db, now, enqueue }: Context): Promise<void> {
  await enqueue(checkChainJob, { check: await beginCheck(db, now) })
}

async function beginCheck(db: Db, now: Date): Promise<string> {
  const id = newId(now.getTime())
  await db.insertInto('auditCheck').values({ id, beganAt: now }).execute()
  return id
}

/** Compares the chain with the audit and keeps what was found; what is wrong goes to the log, too. */
export async function checkChain(world: JobWorld, begun?: string): Promise<void> {
  const { db, now, log } = world
  await linkEntries(world)
  const id = begun ?? (await beginCheck(db, now()))
  const { entries, head, faults, faultCount } = await verifyChain(db)
  await db
    .updateTable('auditCheck')
    .set({
      endedAt: now(),
      through: head?.number ?? 0,
      hash: head?.hash ?? null,
      entries,
      faults: JSON.stringify(faults),
      faultCount,
    })
    .where('id', '=', id)
    .execute()
  const found = { entries, number: head?.number ?? 0, hash: head?.hash.toString('hex') ?? null, faults: faultCount }
  if (faultCount === 0) log.info(found, 'audit chain holds')
  else log.error(found, 'audit chain is broken')
}
