import { invalid } from '#core/failure.ts'
import type { CsvFile, CsvRow } from '#platform/files/csv.ts'
import type { Field } from './field.ts'
import type { KnownTable } from './known-table.ts'
import type { ImportMapping } from './mapping.ts'

/** Columns of the two exports, as {@link bare} writes their names. */
const ACTIVITY_TYPE = 'incidentactivitytype'
const OPEN_TIME = 'opentime'

interface Exports {
  readonly incidents: CsvFile
  readonly activities: CsvFile
}

/** Which of two exports has the incidents and which their activities. Fails unless there is one of each. */
export function exportsOf(files: readonly CsvFile[]): Exports {
  const has = (name: string) => (file: CsvFile) => file.header.some((column) => bare(column) === name)
  const activities = files.filter(has(ACTIVITY_TYPE))
  const incidents = files.filter((file) => has(OPEN_TIME)(file) && !has(ACTIVITY_TYPE)(file))
  if (files.length !== 2 || activities.length !== 1 || incidents.length !== 1) {
    throw invalid('import.two-exports', {
      missing: activities.length !== 1 ? 'activities' : incidents.length !== 1 ? 'incidents' : 'none',
    })
  }
  return { incidents: incidents[0]!, activities: activities[0]! }
}

/**
 * The export of incidents and that of their activities as one table: a row for each activity, and for the opening, the last
 * reopening and the closing of each incident, which its own columns tell to the second.
 */
export function serviceManagerTable({ incidents, activities }: Exports): KnownTable {
  const names = (file: CsvFile) => new Map(file.header.map((name) => [bare(name), name]))
  const [ofActivities, ofIncidents] = [names(activities), names(incidents)]
  const required = (from: ReadonlyMap<string, string>, ...wanted: readonly string[]) => {
    const found = wanted.find((name) => from.has(name))
    if (found === undefined) throw invalid('import.no-such-column', { field: wanted[0], column: wanted[0] })
    return from.get(found)!
  }
  const number = required(ofActivities, 'incidentid')
  const moment = required(ofActivities, 'datestamp', 'datastamp')
  const type = required(ofActivities, ACTIVITY_TYPE)
  const event = required(ofActivities, 'incidentactivitynumber')
  const ownNumber = required(ofIncidents, 'incidentid')
  // What both have is the activity's; the incident's own comes with its opening.
  const header = [...new Set([...activities.header, ...incidents.header.filter((name) => name !== ownNumber)])]
  const at = new Map(header.map((name, index) => [name, index]))
  const places = (file: CsvFile) => file.header.map((name) => at.get(name === ownNumber ? number : name)!)
  const own = {
    places: places(incidents),
    index: (name: string) => incidents.header.indexOf(ofIncidents.get(name) ?? ''),
  }
  const times = [
    ['Opened', own.index(OPEN_TIME)],
    ['Reopened', own.index('reopentime')],
    ['Closed', own.index('closetime')],
  ] as const

  function row({ line }: CsvRow, values: Readonly<Record<string, string>>): CsvRow {
    const fields = Array.from({ length: header.length }, () => '')
    for (const [name, value] of Object.entries(values)) fields[at.get(name)!] = value
    return { line, fields }
  }
  function spread(read: CsvRow, into: readonly number[], width: number): CsvRow {
    if (read.flaw !== undefined) return { ...read, width }
    const fields = Array.from({ length: header.length }, () => '')
    for (const [index, place] of into.entries()) fields[place] = read.fields[index] ?? ''
    return { line: read.line, fields }
  }
  function* rowsOfIncident(read: CsvRow): Generator<CsvRow> {
    if (read.flaw !== undefined) {
      yield { ...read, width: incidents.header.length }
      return
    }
    const id = read.fields[incidents.header.indexOf(ownNumber)]!
    for (const [what, index] of times) {
      const time = read.fields[index]?.trim() ?? ''
      if (what !== 'Opened' && (index === -1 || time === '')) continue
      const said = { [number]: id, [moment]: time, [type]: what, [event]: what === 'Opened' ? what : `${what} ${time}` }
      if (what !== 'Opened') yield row(read, said)
      else {
        const whole = spread(read, own.places, incidents.header.length)
        yield { ...whole, fields: whole.fields.map((field, place) => said[header[place]!] ?? field) }
      }
    }
  }
  async function* rows(): AsyncGenerator<CsvRow> {
    const [some, others] = [incidents.rows[Symbol.asyncIterator](), activities.rows[Symbol.asyncIterator]()]
    const into = places(activities)
    // In turns, so that the first rows have something of both.
    let [incident, activity] = [await some.next(), await others.next()]
    while (!incident.done || !activity.done) {
      if (!incident.done) {
        yield* rowsOfIncident(incident.value)
        incident = await some.next()
      }
      if (!activity.done) {
        yield spread(activity.value, into, activities.header.length)
        activity = await others.next()
      }
    }
  }

  const columns: ImportMapping['columns'] = {
    number,
    updatedAt: moment,
    sequence: event,
    event,
    activity: type,
    state: type,
  }
  const take = (field: Field, ...wanted: readonly string[]) => {
    const found = wanted.find((name) => ofActivities.has(name) || ofIncidents.has(name))
    if (found !== undefined) columns[field] = ofActivities.get(found) ?? ofIncidents.get(found)!
  }
  take('openedAt', OPEN_TIME)
  take('resolvedAt', 'resolvedtime')
  take('closedAt', 'closetime')
  take('team', 'assignmentgroup')
  take('impact', 'impact')
  take('urgency', 'urgency')
  take('priority', 'priority')
  take('category', 'category')
  take('subcategory', 'cinameaff')
  take('service', 'servicecomponentwbsaff', 'servicecompwbsaff')
  take('resolution', 'closurecode')
  const csv: CsvFile = {
    delimiter: activities.delimiter,
    header,
    encoding: activities.encoding,
    damaged: () => incidents.damaged() || activities.damaged(),
    rows: rows(),
  }
  // Its ratings go from 1 to 5.
  return { csv, columns, levels: { '1': 'high', '2': 'high', '3': 'medium', '4': 'low', '5': 'low' } }
}

/** `Incident ID`, `incident_id` → `incidentid`. */
function bare(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
}
