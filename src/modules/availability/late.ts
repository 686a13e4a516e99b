import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { addDowntime, changeDowntime, excludeDowntime } from './actions-downtimes.ts'
import { addGap, addMaintenance, addPromise, cancelMaintenance } from './actions.ts'
import type { LateFact } from './api.ts'
import type { MonthGuard } from './months.ts'
import { getDowntime, getMaintenance } from './queries.ts'

/** Of whose service a fact is, and which stretch of time it says something about. */
export interface LateSubject {
  readonly customerId: string
  readonly serviceId: string
  readonly from: Date
  /** Null: until now. */
  readonly to: Date | null
}

/** Who answers for it: known once it was approved. */
export interface Answerable {
  readonly evidence: string
  /** Ids of people. */
  readonly requestedBy: string | null
  readonly approvedBy: string | null
}

/** Whether a fact can be written down, and what it is about; nothing is changed. Throws with a sentence when it cannot. */
export async function examineLateFact(context: Context, fact: LateFact, evidence: string): Promise<LateSubject> {
  const { db, actor } = context
  let from: Date | null = null
  let to: Date | null | undefined
  const collect: MonthGuard = async (_db, _customerId, begins, ends) => {
    from = from === null || begins < from ? begins : from
    to = to === null || ends === null ? null : to === undefined || ends > to ? ends : to
  }
  await sql`savepoint before_fact`.execute(db)
  try {
    const quiet: Context = { ...context, listeners: {}, enqueue: async () => undefined }
    const who = { evidence, requestedBy: actor.personId, approvedBy: null }
    const { customerId, serviceId } = await write(quiet, fact, who, collect)
    return { customerId, serviceId, from: from ?? context.now, to: to === undefined ? context.now : to }
  } finally {
    await sql`rollback to savepoint before_fact`.execute(db)
  }
}

/** Writes it down, also where its month is locked: what follows for what was told is the caller's. */
export async function makeLateFact(context: Context, fact: LateFact, who: Answerable): Promise<void> {
  await write(context, fact, who, async () => undefined)
}

function write(
  context: Context,
  fact: LateFact,
  who: Answerable,
  guard: MonthGuard,
): Promise<{ readonly customerId: string; readonly serviceId: string }> {
  switch (fact.of) {
    case 'downtime':
      return addDowntime(context, fact.downtime, guard)
    case 'downtime-changed':
      return changeLatest(context, fact, guard)
    case 'downtime-excluded':
      return excludeDowntime(context, fact.downtime, { ...who, reason: fact.reason }, guard)
    case 'maintenance':
      return addMaintenance(context, fact.maintenance, guard)
    case 'maintenance-cancelled':
      return cancelLatest(context, fact.maintenance, guard)
    case 'gap':
      return addGap(context, fact.gap, guard)
    case 'promise':
      break
  }
  return addPromise(context, fact.promise, guard)
}

async function changeLatest(
  context: Context,
  { downtime, facts }: Extract<LateFact, { readonly of: 'downtime-changed' }>,
  guard: MonthGuard,
) {
  const { version } = await getDowntime(context, downtime)
  return changeDowntime(context, downtime, version, facts, guard)
}

async function cancelLatest(context: Context, id: string, guard: MonthGuard) {
  const { version } = await getMaintenance(context.db, id)
  return cancelMaintenance(context, id, version, guard)
}
