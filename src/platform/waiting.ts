import { type RawBuilder, sql } from 'kysely'
import type { Context } from '#platform/context.ts'

/** What is looked at: everything that the asker sees, or what is of one customer. */
export interface WaitingScope {
  readonly customerId: string | undefined
}

/**
 * What of a module's records waits for whoever asks, with the moment and the reason: a line of their day each. At most a few
 * of each kind, the worst first. A module that has some exports one of these, `src/app.ts` gives all of them to `today`.
 */
export type WaitsFor<Item> = (context: Context, scope: WaitingScope) => Promise<readonly Item[]>

/** Rows of that customer, by their column; of all, where none is named. */
export function ofCustomer({ customerId }: WaitingScope, column: string): RawBuilder<boolean> {
  return customerId === undefined ? sql<boolean>`true` : sql<boolean>`${sql.ref(column)} = ${customerId}::uuid`
}
