import type { CsvFile, CsvRow } from '#platform/files/csv.ts'
import type { TextFile } from '#platform/files/open-text.ts'
import { type Attributes, type LogEvent, readEventLog } from '#platform/files/xes.ts'
import type { ImportMapping } from './mapping.ts'
import type { KnownTable } from './known-table.ts'

/** From how many events the columns are found out. */
const SAMPLE_EVENTS = 2000
/** Holds attributes that none of the first events had. */
const OTHERS = 'other attributes'
/** Transitions of the standard life cycle that say nothing beside the activity. */
const PLAIN = new Set(['complete', ''])

/** An event log as a table: a row for each event, a column for each attribute. */
export async function readLogAsTable(file: TextFile): Promise<KnownTable> {
  const events = readEventLog(file)
  const first: LogEvent[] = []
  for (let next = await events.next(); !next.done; next = await events.next()) {
    first.push(next.value)
    if (first.length >= SAMPLE_EVENTS) break
  }
  const ofEvents = new Set(first.flatMap(({ event }) => [...event.keys()]))
  const ofTraces = new Set(first.flatMap(({ trace }) => [...trace.keys()]))
  const header = ['case', 'activity', ...ofEvents, ...[...ofTraces].map((key) => `case:${key}`), OTHERS]
  const csv: CsvFile = {
    delimiter: ',',
    header,
    encoding: () => 'utf-8',
    damaged: () => false,
    rows: rowsOf(first, events, { header, ofEvents, ofTraces }),
  }
  return { csv, ...readingOf(header, first) }
}

async function* rowsOf(
  first: readonly LogEvent[],
  rest: AsyncGenerator<LogEvent>,
  columns: {
    readonly header: readonly string[]
    readonly ofEvents: ReadonlySet<string>
    readonly ofTraces: ReadonlySet<string>
  },
): AsyncGenerator<CsvRow> {
  try {
    for (const event of first) yield rowOf(event, columns)
    for await (const event of rest) yield rowOf(event, columns)
  } finally {
    await rest.return(undefined)
  }
}

function rowOf(
  { line, trace, event }: LogEvent,
  { ofEvents, ofTraces }: { readonly ofEvents: ReadonlySet<string>; readonly ofTraces: ReadonlySet<string> },
): CsvRow {
  const others = [
    ...[...event].filter(([key]) => !ofEvents.has(key)),
    ...[...trace].filter(([key]) => !ofTraces.has(key)).map(([key, value]) => [`case:${key}`, value]),
  ]
  const fields = [
    trace.get('concept:name') ?? '',
    activityOf(event),
    ...[...ofEvents].map((key) => event.get(key) ?? ''),
    ...[...ofTraces].map((key) => trace.get(key) ?? ''),
    others.length === 0 ? '' : JSON.stringify(Object.fromEntries(others)),
  ]
  return { line, fields }
}

/** `Accepted/Wait - User`, or the activity alone where its transition is only that it was done. */
function activityOf(event: Attributes): string {
  const name = event.get('concept:name') ?? ''
  const transition = event.get('lifecycle:transition') ?? ''
  return PLAIN.has(transition.toLowerCase()) ? name : `${name}/${transition}`
}

/** Which columns mean what, unless somebody says otherwise. */
function readingOf(header: readonly string[], first: readonly LogEvent[]): Omit<KnownTable, 'csv'> {
  const columns: ImportMapping['columns'] = { number: 'case', state: 'activity', activity: 'activity' }
  const take = (field: keyof ImportMapping['columns'], ...names: readonly string[]) => {
    const name = names.find((each) => header.includes(each))
    if (name !== undefined) columns[field] = name
  }
  take('updatedAt', 'time:timestamp')
  // In Volvo's log of problems the columns of team and organisation are swapped against its log of incidents.
  const swapped =
    first.length > 0 && first.every(({ event }) => /^(Org line |Other$)/.test(event.get('org:group') ?? ''))
  take('team', ...(swapped ? ['organization involved', 'org:role'] : []), 'org:group', 'case:org:group')
  take('assignee', 'org:resource')
  take('impact', 'impact', 'case:impact')
  take('urgency', 'urgency', 'case:urgency')
  take('priority', 'priority', 'case:priority')
  take('service', 'product', 'service', 'case:product', 'case:service')
  take('category', 'category', 'case:category')
  take('title', 'case:title', 'case:description', 'title')
  return { columns, levels: { Major: 'high' } }
}
