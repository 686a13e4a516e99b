import type { Context } from '#platform/context.ts'
import type { Given } from '#platform/http.ts'
import type { orderItem } from './api.ts'

/**
 * Both sides of a write: first what somebody may see and do, in their own role; then the writing, in the program's, at most
 * once. Customers' people write nothing by themselves, and what follows from a decision is often not in sight of whoever
 * made it.
 */
export type Door = Pick<Given<typeof orderItem>, 'inTransaction' | 'asProgram'>

/** Decides in the asker's own role, writes in the program's, and reads what became of it in the asker's again. */
export async function through<Meant, Result>(
  { inTransaction, asProgram }: Door,
  decide: (context: Context) => Promise<Meant>,
  write: (context: Context, meant: Meant) => Promise<string>,
  read: (context: Context, id: string) => Promise<Result>,
): Promise<Result> {
  const meant = await inTransaction('read only', decide)
  const id = await asProgram((context) => write(context, meant))
  return inTransaction('read only', (context) => read(context, id))
}
