import { Readable } from 'node:stream'
import { csvLine } from '#platform/files/table.ts'
import type { FileReply } from '#platform/http.ts'
import type { Context } from '#platform/context.ts'
import type { AuditEntry, AuditExport } from './api.ts'
import { entriesAfter } from './queries.ts'

/** Read at once, each page in a transaction of its own: whoever downloads slowly holds nothing. */
const PAGE = 1000

/** Heads are names of fields: programs read this more often than people. */
const HEAD = ['number', 'at', 'actorId', 'actor', 'action', 'subjectType', 'subjectId'] as const
const MORE = ['customerId', 'customer', 'requestId', 'facts', 'hash', 'id'] as const

/** The audit as CSV, the oldest first. */
export async function exportEntries(
  filter: AuditExport,
  whole: boolean,
  asProgram: <Result>(work: (context: Context) => Promise<Result>) => Promise<Result>,
): Promise<FileReply> {
  const pageAfter = (after: readonly [string, string] | null) =>
    asProgram((context) => entriesAfter(context, filter, { whole, after, limit: PAGE }))
  // Before the first byte, so that a filter that cannot be is answered as one.
  const first = await pageAfter(null)
  async function* lines(): AsyncGenerator<string> {
    yield csvLine([...HEAD, ...MORE])
    for (let page = first; ; page = await pageAfter(page.last)) {
      yield page.items.map(lineOf).join('')
      if (page.items.length < PAGE) return
    }
  }
  return { file: Readable.from(lines()), type: 'text/csv; charset=utf-8', name: 'audit.csv' }
}

function lineOf(entry: AuditEntry): string {
  const { number, at, actor, action, subjectType, subjectId, customer, requestId, facts, hash, id } = entry
  const first = [number, at.toISOString(), actor?.id ?? null, actor?.name ?? null, action, subjectType, subjectId]
  const others = [customer?.id ?? null, customer?.name ?? null, requestId, JSON.stringify(facts), hash, id]
  return csvLine([...first, ...others])
}
