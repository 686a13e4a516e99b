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
