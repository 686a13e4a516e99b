import { Readable } from 'node:stream'
import { csvLine } from '#platform/files/table.ts'
import type { FileReply } from '#platform/http.ts'
import type { Context } from '#platform/context.ts'
import type { AuditExport } from './api.ts'
import { entriesAfter } from './queries.ts'

/** Read at once, each page in a transaction of its own: whoever downloads slowly holds nothing. */
const PAGE = 1000

/** Heads are names of fields: programs read this more often than people. */
const HEAD = ['number', 'at', 'actorId', 'actor', 'action', 'subjectType', 'subjectId'] as const
const MORE = ['customerId', 'customer', 'requestId', 'facts', 'hash', 'id'] as const

/** The audit as CSV, the oldest first. */
export function exportEntries(
  filter: AuditExport,
  whole: boolean,
  asProgram: <Result>(work: (context: Context) => Promise<Result>) => Promise<Result>,
): FileReply {
  async function* lines(): AsyncGenerator<string> {
    yield csvLine([...HEAD, ...MORE])
    let after: readonly [string, string] | null = null
    do {
      const { items, last }: Awaited<ReturnType<typeof entriesAfter>> = await asProgram((context) =>
        entriesAfter(context, filter, { whole, after, limit: PAGE }),
      )
      for (const { number, at, actor, action, subjectType, subjectId, customer, requestId, facts, hash, id } of items) {
        const first = [number, at.toISOString(), actor?.id ?? null, actor?.name ?? null, action, subjectType, subjectId]
        const others = [customer?.id ?? null, customer?.name ?? null, requestId, JSON.stringify(facts), hash, id]
        yield csvLine([...first, ...others])
      }
      after = items.length < PAGE ? null : last
    } while (after !== null)
  }
  return { file: Readable.from(lines()), type: 'text/csv; charset=utf-8', name: 'audit.csv' }
}
