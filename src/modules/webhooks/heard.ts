import type { Db } from '#platform/context.ts'
import { toldKinds, type WebhookKind } from './kind.ts'

/*
 * Which kinds of facts any webhook asks for, as this process knows: so that a fact that nobody asks for costs nothing. Null
 * while that is not known; then all are.
 */
let heard: ReadonlySet<string> | null = null
/** What was set up just now may not be committed yet: so long nothing is concluded from not finding it. */
let unsureUntil = 0
const UNSURE_MS = 5000

export function isHeard(kind: string): boolean {
  return heard === null || heard.has(kind)
}

/** Something was set up otherwise: until it is looked at again, everything is heard. */
export function hearAll(): void {
  heard = null
  unsureUntil = performance.now() + UNSURE_MS
}

/** Looks at which kinds are asked for now. */
export async function lookWhoHears(db: Db): Promise<void> {
  if (performance.now() < unsureUntil) return
  const rows = await db.selectFrom('webhook').select('kinds').where('pausedAt', 'is', null).execute()
  heard = new Set(rows.flatMap(({ kinds }) => kinds.map((kind) => toldKinds[kind as WebhookKind])))
}
