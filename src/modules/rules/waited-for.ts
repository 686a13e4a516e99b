import type { Db } from '#platform/context.ts'
import { triggerKinds, type TriggerKind } from './shape.ts'

/*
 * Which kinds of facts any rule waits for, as this process knows: so that a fact that none waits for costs nothing. Null
 * while that is not known; then all are.
 */
let waitedFor: ReadonlySet<string> | null = null
/** What was written just now may not be committed yet: so long nothing is concluded from not finding it. */
let unsureUntil = 0
const UNSURE_MS = 5000

export function isWaitedFor(kind: string): boolean {
  return waitedFor === null || waitedFor.has(kind)
}

/** A rule was made, changed or switched: until it is looked at again, everything is waited for. */
export function waitForAll(): void {
  waitedFor = null
  unsureUntil = performance.now() + UNSURE_MS
}

/** Looks at which kinds are waited for now. */
export async function lookWhatIsWaitedFor(db: Db): Promise<void> {
  if (performance.now() < unsureUntil) return
  const rows = await db
    .selectFrom('rule')
    .select('trigger')
    .distinct()
    .where('enabledSince', 'is not', null)
    .where('endedAt', 'is', null)
    .execute()
  waitedFor = new Set(rows.flatMap(({ trigger }) => [...triggerKinds[trigger as TriggerKind]]))
}
