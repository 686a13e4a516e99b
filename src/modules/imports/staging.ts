import { hash } from 'node:crypto'
import type { Readable } from 'node:stream'
import type { PoolClient } from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { copyInto, type CopyTarget, type CopyValue } from '#platform/copy.ts'
import type { TicketRow } from './row.ts'
import type { Ticket } from './ticket.ts'

/** The columns of the staging table, in the order of {@link valuesOf}; `line` is the last, for it is no part of a row's content. */
const columns = {
  key: 'text',
  at: 'bigint',
  sequence: 'integer',
  stamp: 'text',
  activity: 'text',
  own: 'text',
  state: 'text',
  priority: 'text',
  impact: 'text',
  urgency: 'text',
  title: 'text',
  description: 'text',
  resolution: 'text',
  category: 'text',
  channel: 'text',
  team: 'text',
  assignee: 'text',
  requester: 'text',
  site: 'text',
  service: 'text',
  reported_met: 'boolean',
  reopen_count: 'integer',
  hop_count: 'integer',
  opened_at: 'bigint',
  responded_at: 'bigint',
  resolved_at: 'bigint',
  closed_at: 'bigint',
  resolution_code: 'text',
  line: 'bigint',
} as const
const names = Object.keys(columns)
const definitions = Object.entries(columns).map(([name, type]) => `${name} ${type}`)

/** Rows of a file, put down so that they can be taken up by ticket, however they lie in the file. */
export interface Staging {
  readonly add: (row: TicketRow) => Promise<void> | void
  /** Says that there are no more. */
  readonly end: () => Promise<void>
  /** Tickets by their number's length and then its characters: 9 before 10. May be gone through again. */
  readonly tickets: () => AsyncGenerator<Ticket>
  readonly drop: () => Promise<void>
}

/** A ticket has no more rows than this: whatever the column holds, it is not the ticket's number. */
export const MOST_ROWS = 20_000

export class TooManyRows extends Error {
  readonly key: string

  constructor(key: string) {
    super(`More than ${MOST_ROWS} rows of one ticket`)
    this.key = key
  }
}

/** A staging table that lives as long as the connection, is nobody else's, and is written to no log of the database. */
export async function openStaging(client: PoolClient): Promise<Staging> {
  await client.query("set work_mem = '64MB'")
  await client.query('drop table if exists staged_row')
  await client.query(`create temp table staged_row (${definitions.join(', ')})`)
  const target: CopyTarget = copyInto(client, 'staged_row', columns)
  return {
    add: (row) => target.row(valuesOf(row)),
    end: async () => void (await target.end()),
    tickets: () => readTickets(client),
    drop: async () => {
      await client.query('drop table if exists staged_row')
      await client.query('reset work_mem')
    },
  }
}

async function* readTickets(client: PoolClient): AsyncGenerator<Ticket> {
  const stream = client.query(
    copyTo(
      `copy (select ${names.join(', ')} from staged_row
       order by length(key), key collate "C", at, sequence, line) to stdout`,
    ),
  )
  let rows: TicketRow[] = []
  let contents = ''
  try {
    for await (const line of linesOf(stream)) {
      const row = rowOf(line)
      if (rows.length > 0 && rows[0]!.key !== row.key) {
        yield { key: rows[0]!.key, rows, fingerprint: hash('sha1', contents, 'base64url') }
        rows = []
        contents = ''
      }
      rows.push(row)
      contents += line.slice(0, line.lastIndexOf('\t') + 1)
      if (rows.length > MOST_ROWS) throw new TooManyRows(row.key)
    }
    if (rows.length > 0) yield { key: rows[0]!.key, rows, fingerprint: hash('sha1', contents, 'base64url') }
  } finally {
    // Whoever stops in between leaves a connection that is good for nothing until the database has sent the rest.
    if (!stream.readableEnded) await drained(stream)
  }
}

async function drained(stream: Readable): Promise<void> {
  stream.on('error', () => undefined)
  stream.resume()
  await new Promise<void>((resolve) => {
    if (stream.destroyed || stream.readableEnded) resolve()
    stream.once('close', () => resolve())
    stream.once('end', () => resolve())
    stream.once('error', () => resolve())
  })
}

async function* linesOf(stream: Readable): AsyncGenerator<string> {
  let rest: Buffer = Buffer.alloc(0)
  // Whoever stops early leaves the stream to be drained.
  for await (const chunk of stream.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    const end = bytes.lastIndexOf(10)
    rest = bytes.subarray(end + 1)
    if (end === -1) continue
    yield* bytes.toString('utf8', 0, end).split('\n')
  }
}

function valuesOf(row: TicketRow): readonly CopyValue[] {
  return [
    row.key,
    row.at,
    row.sequence,
    row.stamp,
    row.activity,
    row.own,
    row.state,
    row.priority,
    row.impact,
    row.urgency,
    row.title,
    row.description,
    row.resolution,
    row.category,
    row.channel,
    row.team,
    row.assignee,
    row.requester,
    row.site,
    row.service,
    row.reportedMet,
    row.reopenCount,
    row.hopCount,
    row.openedAt,
    row.respondedAt,
    row.resolvedAt,
    row.closedAt,
    row.resolutionCode,
    row.line,
  ]
}

/** A row out of a line of `COPY`'s text format. */
function rowOf(line: string): TicketRow {
  const cells = line.split('\t')
  const text = (index: number): string | null => {
    const cell = cells[index]!
    if (cell === '\\N') return null
    return cell.includes('\\') ? cell.replaceAll(/\\(.)/g, unescaped) : cell
  }
  const number = (index: number): number | null => (cells[index] === '\\N' ? null : Number(cells[index]))
  return {
    key: text(0)!,
    at: number(1)!,
    sequence: number(2)!,
    stamp: text(3)!,
    activity: text(4),
    own: text(5),
    state: text(6),
    priority: text(7),
    impact: text(8),
    urgency: text(9),
    title: text(10),
    description: text(11),
    resolution: text(12),
    category: text(13),
    channel: text(14),
    team: text(15),
    assignee: text(16),
    requester: text(17),
    site: text(18),
    service: text(19),
    reportedMet: cells[20] === '\\N' ? null : cells[20] === 't',
    reopenCount: number(21),
    hopCount: number(22),
    openedAt: number(23),
    respondedAt: number(24),
    resolvedAt: number(25),
    closedAt: number(26),
    resolutionCode: text(27),
    line: number(28)!,
  }
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v' }

function unescaped(_: string, character: string): string {
  return escapes[character] ?? character
}
