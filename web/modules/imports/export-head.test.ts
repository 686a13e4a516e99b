import { expect, test } from 'vitest'
import { sourceOf } from './export-head.ts'

const ours = 'number,incident_state,sys_updated_on,opened_at\nINC1,New,2026-01-01,2026-01-01\n'
const others = 'Ticket ID;Subject;Created\n1;Mail;2026-01-01\n'
const blobOf = (bytes: Uint8Array | string) => new Blob([typeof bytes === 'string' ? bytes : new Uint8Array(bytes)])

test('an export of ServiceNow is known by its columns, under their names and their labels', async () => {
  expect(await sourceOf(blobOf(ours))).toBe('servicenow')
  expect(await sourceOf(blobOf('Number,Short description,Caller,Assignment group\n'))).toBe('servicenow')
  expect(await sourceOf(blobOf('Nummer;Kurzbeschreibung;Zuweisungsgruppe\n'))).toBe('servicenow')
})

test('what is not, is another CSV; so is what only mentions ServiceNow in its rows', async () => {
  expect(await sourceOf(blobOf(others))).toBe('csv')
  expect(await sourceOf(blobOf(`${others}2;the column sys_id is gone;2026\n`))).toBe('csv')
  expect(await sourceOf(blobOf(new Uint8Array([1, 2, 3])))).toBe('csv')
  expect(await sourceOf(blobOf(''))).toBe('csv')
})

async function packed(text: string, format: CompressionFormat): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream(format))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}

test('it is found inside .gz and .zip too, also when only the beginning is looked at', async () => {
  const many = ours + Array.from({ length: 100_000 }, (_, at) => `INC${at},New,${at * 7919},2026-01-01\n`).join('')
  expect(await sourceOf(new Blob([await packed(many, 'gzip')]))).toBe('servicenow')

  const name = new TextEncoder().encode('incident.csv')
  const header = new DataView(new ArrayBuffer(30))
  header.setUint32(0, 0x04034b50, true)
  header.setUint16(8, 8, true)
  header.setUint16(26, name.length, true)
  expect(await sourceOf(new Blob([header, name, await packed(many, 'deflate-raw')]))).toBe('servicenow')
})

test('both exports of HP Service Manager are known by their columns, also when each is alone in a .gz', async () => {
  const incidents = 'CI Name (aff),Incident ID,Status,Open Time,Close Time,Closure Code\nSUB1,IM1,Closed,…\n'
  const activities = 'incident_id,data_stamp,incident_activity_number,incident_activity_type,assignment_group\n'
  expect(await sourceOf(blobOf(incidents))).toBe('hp-service-manager')
  expect(await sourceOf(blobOf(activities))).toBe('hp-service-manager')
  expect(await sourceOf(new Blob([await packed(activities, 'gzip')]))).toBe('hp-service-manager')
  expect(await sourceOf(blobOf('id,open_time,closed\n1,the closure_code is gone,2\n'))).toBe('csv')
})

test('an event log is known by its first element, behind declaration and remarks, and not by a word in a table', async () => {
  const log = '<?xml version="1.0" encoding="UTF-8" ?>\n<!-- made by hand -->\n<!-- twice -->\n<log xes.version="1.0">'
  expect(await sourceOf(blobOf(log))).toBe('xes')
  expect(await sourceOf(blobOf(`\uFEFF${log}`))).toBe('xes')
  expect(await sourceOf(new Blob([await packed(log, 'gzip')]))).toBe('xes')
  expect(await sourceOf(blobOf('<logs><log/></logs>'))).toBe('csv')
  expect(await sourceOf(blobOf('number,<log>\n'))).toBe('csv')
})
